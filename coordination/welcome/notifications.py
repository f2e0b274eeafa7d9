"""What coming in tells people."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.notifications import Kind, Told
from coordination.directory.permissions import spoken_for
from coordination.welcome.models import Invitation, Request
from coordination.welcome.permissions import can_manage
from coordination.welcome.services.invitations import ACCEPTED, UNANSWERED
from coordination.welcome.services.requests import FOR_MINE, WAITING
from core.visibility import reach_of


def _oversees(user: User) -> bool:
    return bool(reach_of(user).networks)


def _represents(user: User) -> bool:
    return bool(spoken_for(user))


def _tell_requests(user: User, ids: Sequence[int]) -> dict[int, Told]:
    """Requests that wait, for those who answer them."""
    requests = Request.objects.managed_by(user).waiting().filter(pk__in=ids)
    return {
        asked.pk: Told(
            title=_("Une demande attend votre réponse"),
            detail=f"{who(asked)}, {asked.reference}",
            url=asked.url,
            icon="user-round" if asked.is_person else "building-2",
            since=timezone.localdate(asked.confirmed_at),
        )
        for asked in requests.select_related("organisation")
    }


def who(asked: Request) -> str:
    """Who asks, by function and organisation, or the organisation itself."""
    if not asked.is_person:
        return asked.organisation_label
    return ", ".join(filter(None, (asked.function, asked.organisation_label)))


def _tell_requests_for_mine(user: User, ids: Sequence[int]) -> dict[int, Told]:
    """That somebody asks for one's organisation: the function, never the name, the coordination
    answers."""
    requests = Request.objects.current().waiting().filter(pk__in=ids)
    mine = requests.filter(organisation__in=spoken_for(user)).select_related("organisation")
    return {
        asked.pk: Told(
            title=_("Quelqu’un demande une place dans %(name)s")
            % {"name": asked.organisation.name},
            detail=_(
                "Fonction : %(function)s. La coordination répond ; dites-lui ce que vous savez."
            )
            % {"function": asked.function},
            url=reverse("directory:organisation_team", args=[asked.organisation.slug]),
            icon="user-round",
            since=timezone.localdate(asked.confirmed_at),
        )
        for asked in mine
    }


def _mine(user: User, ids: Sequence[int]):
    return (
        Invitation.objects.managed_by(user)
        .filter(pk__in=ids)
        .select_related("organisation", "accepted_by")
    )


def _tell_unanswered(user: User, ids: Sequence[int]) -> dict[int, Told]:
    return {
        invitation.pk: Told(
            title=_("Une invitation reste sans réponse"),
            detail=_address_and_place(invitation),
            url=invitation.url,
            icon="hourglass",
            since=timezone.localdate(invitation.asked_at),
        )
        for invitation in _mine(user, ids).waiting()
    }


def _tell_accepted(user: User, ids: Sequence[int]) -> dict[int, Told]:
    return {
        invitation.pk: Told(
            title=_("Une invitation est acceptée"),
            detail=_address_and_place(invitation),
            url=invitation.url,
            icon="badge-check",
            since=timezone.localdate(invitation.closed_at),
        )
        for invitation in _mine(user, ids).filter(state="accepted")
    }


def _address_and_place(invitation: Invitation) -> str:
    place = invitation.organisation.name if invitation.organisation_id else ""
    return ", ".join(filter(None, (invitation.address, place)))


KINDS = (
    Kind(
        key=WAITING,
        label=gettext_lazy("Une demande pour rejoindre le réseau"),
        why=gettext_lazy("parce que vous coordonnez le réseau"),
        tell=_tell_requests,
        concerns=_oversees,
    ),
    Kind(
        key=FOR_MINE,
        label=gettext_lazy("Quelqu’un demande une place dans mon organisme"),
        why=gettext_lazy("parce que vous représentez cet organisme"),
        tell=_tell_requests_for_mine,
        concerns=_represents,
    ),
    Kind(
        key=UNANSWERED,
        label=gettext_lazy("Une invitation reste sans réponse"),
        why=gettext_lazy("parce que vous avez invité cette personne"),
        tell=_tell_unanswered,
        concerns=can_manage,
    ),
    Kind(
        key=ACCEPTED,
        label=gettext_lazy("Une invitation est acceptée"),
        why=gettext_lazy("parce que vous avez invité cette personne"),
        tell=_tell_accepted,
        concerns=can_manage,
    ),
)
