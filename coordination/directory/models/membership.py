from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.membership import PersonMembershipQuerySet
from coordination.directory.enums import OrganisationRole
from coordination.directory.models.organisation import Organisation
from core.models import Membership


class OrganisationMembershipQuerySet(PersonMembershipQuerySet):
    def representing(self) -> "OrganisationMembershipQuerySet":
        """The places of those who represent an organisation today."""
        return self.live().filter(role=OrganisationRole.REPRESENTATIVE)

    def speaking(self) -> "OrganisationMembershipQuerySet":
        """Those of them who can sign in."""
        return self.representing().who_can_sign_in()


class OrganisationMembership(Membership):
    """A person works for an organisation, or speaks for it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="organisation_memberships",
        verbose_name=_("personne"),
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisme")
    )
    role = models.CharField(
        _("rôle"),
        max_length=20,
        choices=OrganisationRole.choices,
        default=OrganisationRole.WORKER,
    )

    objects = OrganisationMembershipQuerySet.as_manager()

    class Meta(Membership.Meta):
        verbose_name = _("appartenance à un organisme")
        verbose_name_plural = _("appartenances à un organisme")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"
