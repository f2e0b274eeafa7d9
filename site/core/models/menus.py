"""The menus of a network, the foot of its pages and its urgent notice: edited by people, in both
languages, in the settings of the admin."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Page

from core.models.bilingual import Bilingual
from core.navigation import part_choices

address_validator = RegexValidator(
    r"^(/[^\s/\\][^\s\\]*|/|https://[^\s\\]+)$",
    gettext_lazy("Une adresse commence par « https:// », ou par « / » sur ce site."),
)


class Column(models.IntegerChoices):
    FIRST = 1, gettext_lazy("première colonne")
    SECOND = 2, gettext_lazy("deuxième colonne")
    THIRD = 3, gettext_lazy("troisième colonne")


def column_title(label) -> models.CharField:
    return models.CharField(label, max_length=40, blank=True, default="")


@register_setting(icon="list-ul", order=110)
class Menus(Bilingual, BaseSiteSetting, ClusterableModel):
    """The main menu and the three columns at the foot of every page of a network."""

    bilingual = ("first_title", "second_title", "third_title")

    first_title_fr = column_title(gettext_lazy("en français"))
    first_title_nl = column_title(gettext_lazy("en néerlandais"))
    second_title_fr = column_title(gettext_lazy("en français"))
    second_title_nl = column_title(gettext_lazy("en néerlandais"))
    third_title_fr = column_title(gettext_lazy("en français"))
    third_title_nl = column_title(gettext_lazy("en néerlandais"))
    # Parts of the portal that these menus have been offered: one that people took out stays out.
    offered = models.JSONField(default=list, editable=False)

    panels = [
        InlinePanel(
            "main_entries",
            heading=gettext_lazy("Menu principal"),
            label=gettext_lazy("Entrée"),
            help_text=gettext_lazy(
                "Cinq ou six mots au plus. Une page que quelqu’un ne peut pas voir n’est pas "
                "montrée à cette personne."
            ),
            max_num=8,
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("first_title_fr"), FieldPanel("first_title_nl")],
                    heading=gettext_lazy("Première colonne"),
                ),
                FieldRowPanel(
                    [FieldPanel("second_title_fr"), FieldPanel("second_title_nl")],
                    heading=gettext_lazy("Deuxième colonne"),
                ),
                FieldRowPanel(
                    [FieldPanel("third_title_fr"), FieldPanel("third_title_nl")],
                    heading=gettext_lazy("Troisième colonne"),
                ),
            ],
            heading=gettext_lazy("Pied de page : titres"),
        ),
        InlinePanel(
            "footer_entries",
            heading=gettext_lazy("Pied de page : liens"),
            label=gettext_lazy("Lien"),
            max_num=24,
        ),
    ]

    class Meta:
        verbose_name = gettext_lazy("menus et pied de page")

    def __str__(self) -> str:
        return str(self.site)


class MenuEntry(Bilingual, Orderable):
    """One link: to a page, to a part of the portal, or to an address."""

    bilingual = ("label",)

    page = models.ForeignKey(
        Page,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("une page"),
    )
    part = models.CharField(
        gettext_lazy("ou une partie du portail"),
        max_length=80,
        blank=True,
        default="",
        choices=part_choices,
    )
    address = models.CharField(
        gettext_lazy("ou une adresse"),
        max_length=500,
        blank=True,
        default="",
        validators=[address_validator],
    )
    label_fr = models.CharField(
        gettext_lazy("mots en français"),
        max_length=40,
        blank=True,
        default="",
        help_text=gettext_lazy("Vide : le titre de la page, ou le nom de la partie."),
    )
    label_nl = models.CharField(
        gettext_lazy("mots en néerlandais"), max_length=40, blank=True, default=""
    )

    panels = [
        FieldPanel("page"),
        FieldRowPanel([FieldPanel("part"), FieldPanel("address")]),
        FieldRowPanel([FieldPanel("label_fr"), FieldPanel("label_nl")]),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.label or self.part or self.address or str(self.page or "")

    def clean(self) -> None:
        super().clean()
        targets = [bool(self.page_id), bool(self.part), bool(self.address)]
        if sum(targets) != 1:
            raise ValidationError(_("Choisissez une page, une partie ou une adresse : une seule."))
        if self.address and not (self.label_fr and self.label_nl):
            raise ValidationError(_("Une adresse a besoin de mots en français et en néerlandais."))


class MainEntry(MenuEntry):
    menus = ParentalKey(Menus, on_delete=models.CASCADE, related_name="main_entries")

    class Meta(MenuEntry.Meta):
        verbose_name = gettext_lazy("entrée du menu")


class FooterEntry(MenuEntry):
    menus = ParentalKey(Menus, on_delete=models.CASCADE, related_name="footer_entries")
    column = models.PositiveSmallIntegerField(
        gettext_lazy("colonne"), choices=Column, default=Column.FIRST
    )

    panels = [FieldPanel("column"), *MenuEntry.panels]

    class Meta(MenuEntry.Meta):
        verbose_name = gettext_lazy("lien du pied de page")


class Tone(models.TextChoices):
    INFO = "info", gettext_lazy("à savoir")
    ATTENTION = "attention", gettext_lazy("attention")
    ALERT = "alert", gettext_lazy("urgence")


@register_setting(icon="warning", order=120)
class UrgentNotice(Bilingual, BaseSiteSetting):
    """A few words on top of every page of a network, until a day and an hour: heat, cold, a desk
    that closes."""

    bilingual = ("title", "text")

    title_fr = models.CharField(
        gettext_lazy("titre court, en français"), max_length=80, blank=True, default=""
    )
    title_nl = models.CharField(
        gettext_lazy("titre court, en néerlandais"), max_length=80, blank=True, default=""
    )
    text_fr = models.CharField(
        gettext_lazy("la phrase, en français"), max_length=300, blank=True, default=""
    )
    text_nl = models.CharField(
        gettext_lazy("la phrase, en néerlandais"), max_length=300, blank=True, default=""
    )
    tone = models.CharField(
        gettext_lazy("gravité"), max_length=10, choices=Tone, default=Tone.ATTENTION
    )
    phone = models.CharField(
        gettext_lazy("numéro à appeler"),
        max_length=30,
        blank=True,
        default="",
        validators=[
            RegexValidator(
                r"^[0-9+ ./()-]{3,30}$",
                gettext_lazy("Écrivez un numéro de téléphone, comme 02 123 45 67."),
            )
        ],
    )
    page = models.ForeignKey(
        Page,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("page qui en dit plus"),
    )
    starts_at = models.DateTimeField(
        gettext_lazy("à partir de"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Vide : tout de suite."),
    )
    ends_at = models.DateTimeField(
        gettext_lazy("jusqu’à"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Après, l’avis disparaît tout seul."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("title_fr"), FieldPanel("title_nl")]),
                FieldRowPanel([FieldPanel("text_fr"), FieldPanel("text_nl")]),
            ],
            heading=gettext_lazy("Ce que l’avis dit"),
            help_text=gettext_lazy("Sans texte, il n’y a pas d’avis."),
        ),
        "tone",
        FieldRowPanel([FieldPanel("phone"), FieldPanel("page")]),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]

    class Meta:
        verbose_name = gettext_lazy("avis urgent")

    def __str__(self) -> str:
        return self.title or str(self.site)

    def clean(self) -> None:
        super().clean()
        if self.text_fr or self.text_nl or self.title_fr or self.title_nl:
            if not (self.text_fr and self.text_nl):
                raise ValidationError(_("Un avis se dit en français et en néerlandais."))
            if not self.ends_at:
                raise ValidationError({"ends_at": _("Dites jusqu’à quand l’avis reste affiché.")})
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("La fin vient après le début.")})

    def is_on(self) -> bool:
        """Whether the notice is shown at this moment."""
        now = timezone.now()
        started = self.starts_at is None or self.starts_at <= now
        return bool(self.text) and started and (self.ends_at is None or now < self.ends_at)
