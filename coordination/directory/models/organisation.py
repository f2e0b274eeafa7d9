from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coordination.directory.enums import KIND_ICONS, Kind
from coordination.directory.models.territory import Territory
from coordination.directory.models.theme import Theme
from core.models import Bilingual, HasAudience, VisibleQuerySet
from core.text import fold, query_words


class OrganisationQuerySet(VisibleQuerySet):
    def matching(self, text: str) -> "OrganisationQuerySet":
        """Those whose name, acronym or description holds every word, accents ignored."""
        found = self
        for word in query_words(text):
            found = found.filter(search_text__contains=word)
        return found

    def within(self, territory: Territory) -> "OrganisationQuerySet":
        """Those of a territory or of one below it, or active there."""
        return self.filter(
            models.Q(territory__path__startswith=territory.path)
            | models.Exists(
                Organisation.also_active.through.objects.filter(
                    organisation_id=models.OuterRef("pk"),
                    territory__path__startswith=territory.path,
                )
            )
        )


class Organisation(Bilingual, HasAudience):
    """An association, a public service, a network: somebody who helps. Empty fields are « to be
    completed », never guessed."""

    bilingual = ("summary",)

    slug = models.SlugField(_("adresse"), max_length=120, unique=True)
    name = models.CharField(_("nom"), max_length=200, unique=True)
    acronym = models.CharField(_("sigle"), max_length=30, blank=True, default="")
    kind = models.CharField(_("famille"), max_length=20, choices=Kind.choices)
    kind_label = models.CharField(
        _("comment l’organisme se nomme"),
        max_length=80,
        blank=True,
        default="",
        help_text=_("Son propre mot : « maison médicale », « CASG »…"),
    )
    summary_fr = models.TextField(_("en une phrase, en français"), blank=True, default="")
    summary_nl = models.TextField(_("en une phrase, en néerlandais"), blank=True, default="")
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="organisations", verbose_name=_("thèmes")
    )
    territory = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("commune ou quartier"),
    )
    also_active = models.ManyToManyField(
        Territory, blank=True, related_name="+", verbose_name=_("actif aussi à")
    )
    area = models.CharField(_("zone d’action"), max_length=80, blank=True, default="")
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("fait partie de"),
    )
    address = models.CharField(_("adresse postale"), max_length=200, blank=True, default="")
    phone = models.CharField(_("téléphone"), max_length=40, blank=True, default="")
    website = models.URLField(
        _("site web"), blank=True, default="", validators=[URLValidator(["http", "https"])]
    )
    hours = models.CharField(_("heures d’ouverture"), max_length=300, blank=True, default="")
    services_text = models.TextField(
        _("services"), blank=True, default="", help_text=_("Un service par ligne.")
    )
    note = models.TextField(_("à savoir"), blank=True, default="")
    status = models.CharField(_("situation"), max_length=120, blank=True, default="")
    search_text = models.TextField(editable=False, default="")
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisme")
        verbose_name_plural = _("organismes")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")),
                name="directory_organisation_not_own_parent",
                violation_error_message=_("Un organisme ne peut pas faire partie de lui-même."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.search_text = self.words()
        super().save(*args, **kwargs)

    def words(self) -> str:
        """What the text filter looks in, folded."""
        return fold(
            " ".join(
                (
                    self.name,
                    self.acronym,
                    self.kind_label,
                    self.get_kind_display(),
                    self.summary_fr,
                    self.summary_nl,
                    self.services_text,
                )
            )
        )

    @property
    def url(self) -> str:
        return reverse("directory:organisation_detail", args=[self.slug])

    @property
    def tel(self) -> str:
        return "".join(c for c in self.phone if c.isdigit() or c == "+")

    @property
    def icon(self) -> str:
        return KIND_ICONS.get(self.kind, "building-2")

    @property
    def services(self) -> list[str]:
        return [line.strip() for line in self.services_text.splitlines() if line.strip()]

    @property
    def themes_list(self) -> list[Theme]:
        return list(self.themes.all())
