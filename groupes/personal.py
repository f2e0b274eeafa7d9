"""What the groups hold about one person: told to them, and forgotten with their account."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal import PersonalData, addresses_of, register_namer, register_personal
from groupes.enums import RequestState
from groupes.models import GroupContact, GroupMembership, JoinRequest, SharedItem, WorkingGroup
from groupes.selectors.groups import known_groups


def names(user: User, ids) -> dict[int, str]:
    wanted = set(ids)
    return {pk: page.group.name for pk, page in known_groups(user).items() if pk in wanted}


def memberships(user: User) -> Iterator[dict]:
    for membership in GroupMembership.objects.filter(user=user).select_related("group"):
        yield {
            "group": membership.group.name,
            "role": membership.get_role_display(),
            "start": membership.start,
            "end": membership.end,
            "charter": membership.charter_accepted_on,
        }


def contacts(user: User) -> Iterator[dict]:
    for contact in GroupContact.objects.filter(holder=user).select_related("group"):
        yield {
            "group": contact.group.name,
            "function": contact.function,
            "phone": contact.phone,
            "email": contact.email,
        }


def requests(user: User) -> Iterator[dict]:
    """With the answer, not with who gave it."""
    mine = JoinRequest.objects.filter(user=user).select_related("group", "organisation")
    for request in mine:
        yield {
            "at": request.created_at,
            "group": request.group.name,
            "organisation": request.organisation.name if request.organisation else "",
            "message": request.message,
            "state": request.get_state_display(),
            "answered_at": request.answered_at,
            "answer": request.answer,
        }


def request_answers(user: User) -> Iterator[dict]:
    """One's own answers, without the words or the name of whoever had asked."""
    mine = JoinRequest.objects.filter(answered_by=user).select_related("group")
    for request in mine.order_by("answered_at", "pk"):
        yield {
            "at": request.answered_at,
            "group": request.group.name,
            "state": request.get_state_display(),
            "answer": request.answer,
        }


def items(user: User) -> Iterator[dict]:
    mine = SharedItem.objects.filter(author=user).select_related("group", "document")
    for item in mine.order_by("created_at", "pk"):
        yield {
            "at": item.created_at,
            "group": item.group.name,
            "title": item.title,
            "text": item.text,
            "link": item.link,
            "file": item.document.filename if item.document else "",
            "state": item.get_state_display(),
            "edited_at": item.edited_at,
            "answer": item.answer,
        }


def decisions(user: User) -> Iterator[dict]:
    mine = SharedItem.objects.filter(decided_by=user).select_related("group")
    for item in mine.order_by("decided_at", "pk"):
        yield {
            "at": item.decided_at,
            "group": item.group.name,
            "state": item.get_state_display(),
            "answer": item.answer,
        }


def forget_memberships(user: User) -> None:
    GroupMembership.objects.filter(user=user).close()


def forget_contacts(user: User) -> None:
    """The function stays, the person leaves it, and their own address with them."""
    addresses = addresses_of(user)
    theirs = Q(holder=user)
    for address in addresses:
        theirs |= Q(holder=None, email__iexact=address)
    for contact in GroupContact.objects.filter(theirs):
        contact.holder = None
        if contact.email.lower() in addresses:
            contact.email = ""
        contact.save(update_fields=["holder", "email"])


def forget_requests(user: User) -> None:
    """What waits is withdrawn; the words exchanged serve nobody any more."""
    mine = JoinRequest.objects.filter(user=user)
    mine.pending().update(state=RequestState.WITHDRAWN)
    mine.update(message="", answer="")


def register_all() -> None:
    register_namer(WorkingGroup, names)
    for data in OWN:
        register_personal(data)


GROUP = _("Groupe")
OWN = [
    PersonalData(
        key="groups",
        label=_("Mes groupes"),
        fields={
            "group": GROUP,
            "role": _("Rôle"),
            "start": _("Depuis le"),
            "end": _("Jusqu’au"),
            "charter": _("Charte acceptée le"),
        },
        collect=memberships,
        covers=("groupes.GroupMembership.user",),
        forget=forget_memberships,
    ),
    PersonalData(
        key="group_contacts",
        label=_("Les contacts de groupes que je tiens"),
        fields={
            "group": GROUP,
            "function": _("Fonction"),
            "phone": _("Téléphone"),
            "email": _("Adresse électronique"),
        },
        collect=contacts,
        covers=("groupes.GroupContact.holder",),
        forget=forget_contacts,
    ),
    PersonalData(
        key="join_requests",
        label=_("Mes demandes de participation"),
        fields={
            "at": _("Quand"),
            "group": GROUP,
            "organisation": _("Aussi au nom de"),
            "message": _("Mon message"),
            "state": _("État"),
            "answered_at": _("Répondu le"),
            "answer": _("Réponse de la personne pilote"),
        },
        collect=requests,
        covers=("groupes.JoinRequest.user",),
        forget=forget_requests,
    ),
    PersonalData(
        key="join_answers",
        label=_("Mes réponses à des demandes de participation"),
        fields={
            "at": _("Quand"),
            "group": GROUP,
            "state": _("État"),
            "answer": _("Réponse"),
        },
        collect=request_answers,
        covers=("groupes.JoinRequest.answered_by",),
    ),
    PersonalData(
        key="shared_items",
        label=_("Les infos que j’ai partagées"),
        fields={
            "at": _("Quand"),
            "group": GROUP,
            "title": _("Titre"),
            "text": _("Texte"),
            "link": _("Lien"),
            "file": _("Fichier"),
            "state": _("État"),
            "edited_at": _("Corrigée le"),
            "answer": _("Mot de la personne pilote"),
        },
        collect=items,
        covers=("groupes.SharedItem.author",),
    ),
    PersonalData(
        key="item_decisions",
        label=_("Mes décisions sur des infos"),
        fields={
            "at": _("Quand"),
            "group": GROUP,
            "state": _("État"),
            "answer": _("Réponse"),
        },
        collect=decisions,
        covers=("groupes.SharedItem.decided_by",),
    ),
]
