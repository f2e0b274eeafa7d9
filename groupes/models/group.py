from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Site

from coordination.directory.models import Organisation, Theme
from core.models import Bilingual
from groupes.enums import BodyKind, Thread


class WorkingGroup(Bilingual, models.Model):
    """A body of the network: working group, assembly, committee. Its pages present it; this says
    who it is."""

    bilingual = ("name",)

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
    collection = models.OneToOneField(
        Collection,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="working_group",
        verbose_name=_("fichiers"),
    )

    class Meta:
        verbose_name = _("groupe")
        verbose_name_plural = _("groupes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

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
