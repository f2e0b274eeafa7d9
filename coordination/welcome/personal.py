"""What coming in left about one person: told to them, and forgotten with their account."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal import (
    PersonalData,
    addresses_of,
    register_personal,
    verified_addresses_of,
)
from coordination.welcome.enums import RequestKind
from coordination.welcome.models import Invitation, Request


def _requests_of(user: User, addresses: set[str]) -> QuerySet[Request]:
    return Request.objects.filter(Q(user=user) | Q(email__in=addresses))


def _invitations_of(user: User, addresses: set[str]) -> QuerySet[Invitation]:
    return Invitation.objects.filter(Q(accepted_by=user) | Q(address__in=addresses))


def requests(user: User) -> Iterator[dict]:
    """With the answer, not with who gave it."""
    mine = _requests_of(user, verified_addresses_of(user)).select_related("organisation")
    for request in mine.order_by("created_at", "pk"):
        chosen = request.organisation.name if request.organisation else ""
        yield {
            "at": request.created_at,
            "reference": request.reference,
            "name": f"{request.first_name} {request.last_name}".strip(),
            "email": request.email,
            "function": request.function,
            "organisation": chosen or request.organisation_name,
            "why": request.why,
            "state": request.get_state_display(),
            "answered_at": request.closed_at,
            "answer": request.answer,
        }


def answers(user: User) -> Iterator[dict]:
    """One's own answers, without whom they went to."""
    for request in Request.objects.filter(answered_by=user).order_by("closed_at", "pk"):
        yield {
            "at": request.closed_at,
            "reference": request.reference,
            "state": request.get_state_display(),
            "answer": request.answer,
        }


def invitations(user: User) -> Iterator[dict]:
    """Those one received, not who invited."""
    mine = _invitations_of(user, verified_addresses_of(user)).select_related("organisation")
    for invitation in mine.order_by("created_at", "pk"):
        yield {
            "at": invitation.created_at,
            "organisation": invitation.organisation.name if invitation.organisation else "",
            "function": invitation.function,
            "state": invitation.get_state_display(),
            "answered_at": invitation.closed_at,
        }


def invitations_sent(user: User) -> Iterator[dict]:
    """One's own words, without the addresses of those invited."""
    sent = Invitation.objects.filter(invited_by=user).select_related("organisation")
    for invitation in sent.order_by("created_at", "pk"):
        yield {
            "at": invitation.created_at,
            "organisation": invitation.organisation.name if invitation.organisation else "",
            "word": invitation.word,
            "state": invitation.get_state_display(),
        }


def forget_requests(user: User) -> None:
    """What an organisation asked stays with what it accepted, without the person."""
    mine = _requests_of(user, addresses_of(user))
    mine.filter(kind=RequestKind.PERSON).delete()
    mine.update(first_name="", last_name="", function="", email="", why="", user=None)


def forget_invitations(user: User) -> None:
    _invitations_of(user, addresses_of(user)).delete()


def register_all() -> None:
    for data in OWN:
        register_personal(data)


AT, STATE, ORGANISATION = _("Quand"), _("État"), _("Organisme")
OWN = [
    PersonalData(
        key="network_requests",
        label=_("Mes demandes pour entrer dans le réseau"),
        fields={
            "at": AT,
            "reference": _("Référence"),
            "name": _("Nom"),
            "email": _("Adresse électronique"),
            "function": _("Fonction"),
            "organisation": ORGANISATION,
            "why": _("Mon message"),
            "state": STATE,
            "answered_at": _("Répondu le"),
            "answer": _("Réponse de la coordination"),
        },
        collect=requests,
        covers=("welcome.Request.user",),
        forget=forget_requests,
    ),
    PersonalData(
        key="network_answers",
        label=_("Mes réponses à des demandes d’entrée"),
        fields={"at": AT, "reference": _("Référence"), "state": STATE, "answer": _("Réponse")},
        collect=answers,
        covers=("welcome.Request.answered_by",),
    ),
    PersonalData(
        key="invitations",
        label=_("Les invitations que j’ai reçues"),
        fields={
            "at": AT,
            "organisation": ORGANISATION,
            "function": _("Fonction"),
            "state": STATE,
            "answered_at": _("Répondu le"),
        },
        collect=invitations,
        covers=("welcome.Invitation.accepted_by",),
        forget=forget_invitations,
    ),
    PersonalData(
        key="invitations_sent",
        label=_("Les invitations que j’ai envoyées"),
        fields={
            "at": AT,
            "organisation": ORGANISATION,
            "word": _("Mon mot"),
            "state": STATE,
        },
        collect=invitations_sent,
        covers=("welcome.Invitation.invited_by",),
    ),
]
