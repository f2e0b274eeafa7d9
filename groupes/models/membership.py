from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.membership import PersonMembershipQuerySet
from coordination.directory.models import Organisation
from core.models import Membership
from groupes.enums import GroupRole
from groupes.models.group import WorkingGroup


class GroupMembershipQuerySet(PersonMembershipQuerySet):
    def piloting(self) -> "GroupMembershipQuerySet":
        """The places of those who pilot a group today."""
        return self.live().filter(role=GroupRole.PILOT)


class GroupMembership(Membership):
    """A person takes part in a group, or pilots it. Rows are ended and never deleted: they are the
    group's history."""

    group = models.ForeignKey(
        WorkingGroup, models.CASCADE, related_name="memberships", verbose_name=_("groupe")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="group_memberships",
        verbose_name=_("personne"),
    )
    role = models.CharField(
        _("rôle"), max_length=20, choices=GroupRole.choices, default=GroupRole.MEMBER
    )
    charter_version = models.PositiveSmallIntegerField(
        _("version de la charte acceptée"), default=0, editable=False
    )
    charter_accepted_on = models.DateField(
        _("charte acceptée le"), null=True, blank=True, editable=False
    )

    objects = GroupMembershipQuerySet.as_manager()

    class Meta(Membership.Meta):
        verbose_name = _("participation à un groupe")
        verbose_name_plural = _("participations à un groupe")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user}, {self.group}"


class GroupOrganisation(Membership):
    """An organisation takes part in a group."""

    group = models.ForeignKey(
        WorkingGroup, models.CASCADE, related_name="organisations", verbose_name=_("groupe")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="participations",
        verbose_name=_("organisme"),
    )

    class Meta(Membership.Meta):
        verbose_name = _("organisme d’un groupe")
        verbose_name_plural = _("organismes d’un groupe")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.group}"
