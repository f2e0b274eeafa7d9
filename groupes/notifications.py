"""What people are told about groups. A group whose page a person does not see is told of to
nobody; see `groupes.selectors.groups.known_groups`."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import When
from accounts.models import User
from accounts.notifications import Kind, Told
from core.journal import last_entries
from core.visibility import MEMBER, reach_of
from groupes import permissions
from groupes.enums import RequestState
from groupes.models import GroupMembership, JoinRequest, Mandate, SharedItem, WorkingGroup
from groupes.selectors.groups import known_groups
from groupes.selectors.space import function_of
from groupes.selectors.todo import due_pages


def pilots(group: WorkingGroup) -> QuerySet[User]:
    """Those who pilot a group today."""
    return GroupMembership.objects.piloting().filter(group=group).people()


def people(group: WorkingGroup) -> QuerySet[User]:
    """Those who take part in a group today."""
    return GroupMembership.objects.live().filter(group=group).people()


def due_group_pages() -> Iterable[tuple[int, int]]:
    """Who is asked whether which page still holds: the pilots of groups with pages that nobody
    has confirmed for a year."""
    piloting = GroupMembership.objects.piloting()
    piloted: dict[int, list[int]] = {}
    for user, group in piloting.values_list("user", "group"):
        piloted.setdefault(group, []).append(user)
    for due in due_pages(piloted):
        for user in piloted[due.group.pk]:
            yield user, due.page.pk


def _tell_requests(user: User, ids: Sequence[int]) -> dict[int, Told]:
    known = known_groups(user)
    requests = JoinRequest.objects.filter(pk__in=ids).select_related("group", "user")
    words = {
        RequestState.PENDING: _("Une demande de participation attend votre réponse"),
        RequestState.ACCEPTED: _("Une personne a rejoint le groupe"),
    }
    return {
        request.pk: Told(
            title=words[request.state],
            url=reverse("groupes:request", args=[request.group.slug, request.pk]),
            detail=f"{function_of(request.user)}, {request.group.name}",
            icon="users-round",
            thread=request.group.thread,
        )
        for request in requests
        if request.group_id in known
        and request.state in words
        and permissions.can_pilot_group(user, request.group)
    }


def _tell_answers(user: User, ids: Sequence[int]) -> dict[int, Told]:
    known = known_groups(user)
    requests = JoinRequest.objects.filter(pk__in=ids, user=user).select_related("group")
    words = {
        RequestState.ACCEPTED: _("Votre demande de participation est acceptée"),
        RequestState.REFUSED: _("Votre demande de participation a reçu une réponse"),
    }
    return {
        request.pk: Told(
            title=words[request.state],
            url=reverse("groupes:join", args=[request.group.slug]),
            detail=request.group.name,
            icon="badge-check" if request.state == RequestState.ACCEPTED else "info",
            thread=request.group.thread,
        )
        for request in requests
        if request.group_id in known and request.state in words
    }


def _items(user: User, ids: Sequence[int]) -> list[SharedItem]:
    """Those of these items that this person still finds in a group of theirs."""
    known = known_groups(user)
    items = SharedItem.objects.filter(pk__in=ids).select_related("group", "audience")
    return [
        item
        for item in items
        if item.group_id in known and permissions.can_see_item(user, item) and not item.is_withdrawn
    ]


def _told_item(item: SharedItem, title: str, icon: str) -> Told:
    return Told(
        title=title,
        url=item.url,
        detail=f"{item.title}, {item.group.name}",
        icon=icon,
        thread=item.group.thread,
    )


def _tell_shared(user: User, ids: Sequence[int]) -> dict[int, Told]:
    return {
        item.pk: _told_item(item, _("Une info est partagée dans votre groupe"), "messages-square")
        for item in _items(user, ids)
        if permissions.can_see_space(user, item.group)
    }


def _tell_to_accept(user: User, ids: Sequence[int]) -> dict[int, Told]:
    return {
        item.pk: _told_item(item, _("Une info attend votre accord pour être publique"), "hourglass")
        for item in _items(user, ids)
        if permissions.can_decide_item(user, item)
    }


def _tell_decided(user: User, ids: Sequence[int]) -> dict[int, Told]:
    return {
        item.pk: _told_item(item, _("Votre info a reçu une réponse"), "circle-check")
        for item in _items(user, ids)
        if permissions.can_own_item(user, item) and not item.is_pending
    }


def _tell_mandates(user: User, ids: Sequence[int]) -> dict[int, Told]:
    known = known_groups(user)
    mandates = Mandate.objects.filter(pk__in=ids, end__gt=timezone.localdate())
    return {
        mandate.pk: Told(
            title=_("Un mandat prend fin dans les six mois"),
            url=reverse("groupes:todo", args=[mandate.group.slug]),
            detail=mandate.group.name,
            icon="calendar-clock",
            thread=mandate.group.thread,
        )
        for mandate in mandates.select_related("group")
        if mandate.group_id in known and permissions.can_pilot_group(user, mandate.group)
    }


def _tell_due(user: User, ids: Sequence[int]) -> dict[int, Told]:
    mine = [pk for pk in known_groups(user) if f"{permissions.PILOT}{pk}" in _tokens(user)]
    return {
        due.page.pk: Told(
            title=_("Une page n’a pas été relue depuis un an"),
            url=reverse("groupes:todo", args=[due.group.slug]),
            detail=f"{due.page.title}, {due.group.name}",
            icon="file-text",
            thread=due.group.thread,
            since=timezone.localdate(due.since),
        )
        for due in due_pages(mine)
        if due.page.pk in set(ids)
    }


def _tell_unpiloted(user: User, ids: Sequence[int]) -> dict[int, Told]:
    """Groups whose last pilot left, with the word they wrote, until somebody pilots again."""
    piloted = GroupMembership.objects.piloting().who_can_sign_in().filter(group__in=ids)
    groups = WorkingGroup.objects.filter(pk__in=ids, site__in=reach_of(user).networks)
    left = last_entries("groupes.unpiloted", ids)
    return {
        group.pk: Told(
            title=_("Personne ne pilote plus le groupe %(name)s") % {"name": group.name},
            url=reverse("groupes:space", args=[group.slug]),
            detail=left[group.pk].data.get("word", ""),
            icon="users-round",
            thread=group.thread,
            since=timezone.localdate(left[group.pk].timestamp),
        )
        for group in groups.exclude(pk__in=piloted.values("group"))
        if group.pk in left
    }


def _oversees(user) -> bool:
    return bool(reach_of(user).networks)


def _tokens(user) -> frozenset[str]:
    return reach_of(user).tokens


def _pilots_something(user) -> bool:
    return any(token.startswith(permissions.PILOT) for token in _tokens(user))


def _takes_part(user) -> bool:
    return any(token.startswith(permissions.PREFIX) for token in _tokens(user))


def _watches_mandates(user) -> bool:
    return _pilots_something(user) or bool(reach_of(user).networks)


def _is_member(user) -> bool:
    return MEMBER in _tokens(user)


REQUEST = Kind(
    key="groupes.request",
    label=gettext_lazy("Quelqu’un demande à participer à mon groupe, ou le rejoint"),
    why=gettext_lazy("parce que vous pilotez ce groupe"),
    tell=_tell_requests,
    concerns=_pilots_something,
)
ANSWER = Kind(
    key="groupes.answer",
    label=gettext_lazy("Une réponse à ma demande de participer à un groupe"),
    why=gettext_lazy("parce que vous avez demandé à participer"),
    tell=_tell_answers,
    concerns=_is_member,
)
SHARED = Kind(
    key="groupes.shared",
    label=gettext_lazy("Une info est partagée dans mon groupe"),
    why=gettext_lazy("parce que vous participez à ce groupe"),
    tell=_tell_shared,
    default=When.WEEKLY,
    concerns=_takes_part,
)
TO_ACCEPT = Kind(
    key="groupes.to_accept",
    label=gettext_lazy("Une info de mon groupe attend mon accord pour être publique"),
    why=gettext_lazy("parce que vous pilotez ce groupe"),
    tell=_tell_to_accept,
    concerns=_pilots_something,
)
DECIDED = Kind(
    key="groupes.decided",
    label=gettext_lazy("Une réponse à une info que j’ai partagée"),
    why=gettext_lazy("parce que vous avez partagé cette info"),
    tell=_tell_decided,
    concerns=_takes_part,
)
MANDATE = Kind(
    key="groupes.mandate",
    label=gettext_lazy("Un mandat prend bientôt fin"),
    why=gettext_lazy("parce que vous veillez sur ce groupe"),
    tell=_tell_mandates,
    concerns=_watches_mandates,
)
DUE = Kind(
    key="groupes.due",
    label=gettext_lazy("Une page de mon groupe est à relire, une fois par mois"),
    why=gettext_lazy("parce que vous pilotez ce groupe"),
    tell=_tell_due,
    concerns=_pilots_something,
)
UNPILOTED = Kind(
    key="groupes.unpiloted",
    label=gettext_lazy("Un groupe n’a plus de pilote"),
    why=gettext_lazy("parce que vous coordonnez le réseau"),
    tell=_tell_unpiloted,
    concerns=_oversees,
)
KINDS = (REQUEST, ANSWER, SHARED, TO_ACCEPT, DECIDED, MANDATE, DUE, UNPILOTED)
