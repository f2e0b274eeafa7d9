from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from accounts.enums import Office
from core.models import Membership
from core.models.dated import MembershipQuerySet


class PersonMembershipQuerySet(MembershipQuerySet):
    """Memberships of people: of a network, an organisation, a group."""

    def people(self) -> models.QuerySet:
        """Those whose memberships these are."""
        return get_user_model().objects.filter(pk__in=self.values("user"))

    def who_can_sign_in(self) -> "PersonMembershipQuerySet":
        """Those of people whose account opens, and who are still of a network."""
        return self.filter(
            user__is_active=True, user__in=NetworkMembership.objects.live().values("user")
        )


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

    objects = PersonMembershipQuerySet.as_manager()

    class Meta(Membership.Meta):
        verbose_name = _("adhésion au réseau")
        verbose_name_plural = _("adhésions au réseau")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_office_display()}"
