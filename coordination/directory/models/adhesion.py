from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from coordination.directory.enums import AdhesionStatus
from coordination.directory.models.organisation import Organisation
from core.models import Membership


class Adhesion(Membership):
    """An organisation belongs to a network, with a status and the charter it accepted
    (requirements R003, R004)."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="adhesions", verbose_name=_("organisme")
    )
    site = models.ForeignKey(
        Site, models.CASCADE, related_name="adhesions", verbose_name=_("réseau")
    )
    status = models.CharField(
        _("qualité"),
        max_length=20,
        choices=AdhesionStatus.choices,
        default=AdhesionStatus.ADHERENT,
        help_text=_("Les membres effectifs votent à l’assemblée générale."),
    )
    charter_accepted_on = models.DateField(_("charte acceptée le"), null=True, blank=True)
    charter_version = models.CharField(
        _("version de la charte"), max_length=40, blank=True, default=""
    )

    class Meta(Membership.Meta):
        verbose_name = _("adhésion d’un organisme")
        verbose_name_plural = _("adhésions des organismes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.get_status_display()}"
