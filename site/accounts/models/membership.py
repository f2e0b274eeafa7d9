from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from accounts.enums import Office
from core.models import Membership


class NetworkMembership(Membership):
    """A person belongs to a network, and may hold an office there.

    It is the door to everything else: without a live one, no other membership counts.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="network_memberships",
        verbose_name=_("personne"),
    )
    site = models.ForeignKey(
        Site, models.CASCADE, related_name="memberships", verbose_name=_("réseau")
    )
    office = models.CharField(
        _("charge"), max_length=20, choices=Office.choices, default=Office.NONE
    )

    class Meta(Membership.Meta):
        verbose_name = _("adhésion au réseau")
        verbose_name_plural = _("adhésions au réseau")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_office_display()}"
