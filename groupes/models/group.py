from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Site

from coordination.directory.models import Organisation, Theme
from core.models import Bilingual
from core.text import fold, query_words
from groupes.enums import BodyKind, Joining, Thread

MAX_CHARTER = 4000  # characters


class WorkingGroupQuerySet(models.QuerySet):
    def matching(self, text: str) -> "WorkingGroupQuerySet":
        """Those whose names hold every word, accents ignored."""
        found = self
        for word in query_words(text):
            found = found.filter(search_text__contains=word)
        return found


class WorkingGroup(Bilingual, models.Model):
    """A body of the network: working group, assembly, committee. Its pages present it; this says
    who it is."""

    bilingual = ("name", "charter")

    site = models.ForeignKey(
        Site, models.PROTECT, related_name="working_groups", verbose_name=_("réseau")
    )
    slug = models.SlugField(
        _("adresse"), unique=True, help_text=_("La même dans toutes les langues.")
    )
    kind = models.CharField(
        _("sorte"), max_length=20, choices=BodyKind.choices, default=BodyKind.WORKING_GROUP
    )
    name_fr = models.CharField(_("nom en français"), max_length=80)
    name_nl = models.CharField(_("nom en néerlandais"), max_length=80, blank=True, default="")
    thread = models.CharField(
        _("couleur et motif"), max_length=20, choices=Thread.choices, default=Thread.CANARD
    )
    icon = models.CharField(_("pictogramme"), max_length=40, default="users")
    theme = models.ForeignKey(
        Theme,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name=_("thème"),
    )
    joining = models.CharField(
        _("comment on y participe"),
        max_length=20,
        choices=Joining.choices,
        default=Joining.REQUEST,
    )
    charter_fr = models.TextField(
        _("charte en français"),
        max_length=MAX_CHARTER,
        validators=[MaxLengthValidator(MAX_CHARTER)],
        blank=True,
        default="",
        help_text=_("Les règles de travail que chaque personne accepte en rejoignant le groupe."),
    )
    charter_nl = models.TextField(
        _("charte en néerlandais"),
        max_length=MAX_CHARTER,
        validators=[MaxLengthValidator(MAX_CHARTER)],
        blank=True,
        default="",
    )
    charter_version = models.PositiveSmallIntegerField(
        _("version de la charte"), default=0, editable=False
    )
    search_text = models.TextField(editable=False, default="")
    collection = models.OneToOneField(
        Collection,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="working_group",
        verbose_name=_("fichiers"),
    )

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("groupe")
        verbose_name_plural = _("groupes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """A charter whose words change is a new version; 0 is no charter yet."""
        self.search_text = fold(f"{self.name_fr} {self.name_nl}")
        charter = (self.charter_fr, self.charter_nl)
        kept = WorkingGroup.objects.filter(pk=self.pk).values_list("charter_fr", "charter_nl")
        if charter != (kept.first() or ("", "")):
            self.charter_version += 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "charter_version"}
        super().save(*args, **kwargs)

    @property
    def has_charter(self) -> bool:
        return bool(self.charter.strip())

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()


class GroupContact(Bilingual, models.Model):
    """Whom to write to about what, by function: people change, functions stay."""

    bilingual = ("function",)

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="contacts")
    function_fr = models.CharField(_("fonction en français"), max_length=120)
    function_nl = models.CharField(
        _("fonction en néerlandais"), max_length=120, blank=True, default=""
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisme"),
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("titulaire"),
        help_text=_("Qui exerce cette fonction aujourd’hui. N’est pas montré au public."),
    )
    email = models.EmailField(_("adresse électronique"), blank=True, default="")
    phone = models.CharField(_("téléphone"), max_length=40, blank=True, default="")

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.function


class Mandate(Bilingual, models.Model):
    """A body is appointed for some years, by another one (requirement R005)."""

    bilingual = ("appointed_by",)

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="mandates")
    start = models.DateField(_("depuis le"))
    end = models.DateField(_("jusqu’au"))
    appointed_by_fr = models.CharField(
        _("désigné par, en français"), max_length=160, blank=True, default=""
    )
    appointed_by_nl = models.CharField(
        _("désigné par, en néerlandais"), max_length=160, blank=True, default=""
    )
    renewable = models.BooleanField(_("renouvelable"), default=True)

    class Meta:
        verbose_name = _("mandat")
        verbose_name_plural = _("mandats")
        ordering = ["-start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="groupes_mandate_dates",
                violation_error_message=_("La fin ne peut pas précéder le début."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.start}"

    @property
    def is_over(self) -> bool:
        return self.end <= timezone.localdate()
