"""Who invites, and who answers those who ask."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from coordination.directory.models import Organisation
from coordination.directory.permissions import spoken_for
from coordination.welcome.models import Invitation, Request
from core.visibility import reach_of


def can_manage(user) -> bool:
    """Whoever oversees a network, or represents an organisation, has the screen of invitations."""
    return bool(reach_of(user).networks or spoken_for(user))


def can_oversee(user, site: Site) -> bool:
    """Whoever answers requests to this network, and invites for any organisation."""
    return site.pk in reach_of(user).networks


def can_invite(user, site: Site, organisation: Organisation | None) -> bool:
    """Those who oversee the network, for any active organisation or none; representatives, for
    their own."""
    if organisation is not None and organisation.archived_at is not None:
        return False
    speaks = organisation is not None and organisation.pk in spoken_for(user)
    return can_oversee(user, site) or speaks


def can_manage_invitation(user, invitation: Invitation) -> bool:
    return can_oversee(user, invitation.site) or invitation.organisation_id in spoken_for(user)


def can_answer_request(user, asked: Request) -> bool:
    return can_oversee(user, asked.site)


def is_open(invitation: Invitation) -> bool:
    """Whether an invitation may still be accepted: it waits, and whoever made it could still make
    it today. That of a former member is worth nothing, until somebody invites again."""
    inviter = invitation.invited_by
    return invitation.is_waiting and can_invite(inviter, invitation.site, invitation.organisation)


def organisations_for(user, site: Site) -> QuerySet[Organisation]:
    """The organisations into which this person may invite."""
    active = Organisation.objects.filter(archived_at=None)
    if can_oversee(user, site):
        return active.order_by("name")
    return active.filter(pk__in=spoken_for(user)).order_by("name")


def team_link(user, organisation: Organisation) -> dict | None:
    """« Inviter une personne », on the page of an organisation's team."""
    if organisation.pk not in spoken_for(user) and not reach_of(user).networks:
        return None
    return {
        "label": _("Inviter une personne"),
        "url": reverse("welcome:invite") + f"?organisme={organisation.slug}",
        "icon": "mail",
    }
