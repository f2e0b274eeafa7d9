"""What belonging to a group gives."""

from collections.abc import Iterable, Iterator

from core.models import PageAudience
from core.tokens import TokenKind
from core.visibility import reach_of
from groupes.enums import GroupRole
from groupes.models import GroupMembership, GroupPage, WorkingGroup

PREFIX = "group:"
PILOT = "pilot:"


def group_token(group: WorkingGroup) -> str:
    return f"{PREFIX}{group.pk}"


def pilot_token(group: WorkingGroup) -> str:
    return f"{PILOT}{group.pk}"


def tokens_held(user) -> Iterator[str]:
    """`group:12` for each group of this person today, `pilot:12` where they pilot it."""
    memberships = GroupMembership.objects.live().filter(user=user)
    for group_id, role in memberships.values_list("group_id", "role"):
        yield f"{PREFIX}{group_id}"
        if role == GroupRole.PILOT:
            yield f"{PILOT}{group_id}"


def _labels(ids: Iterable[int]) -> dict[int, str]:
    return {group.pk: group.name for group in WorkingGroup.objects.filter(pk__in=ids)}


def _threads(ids: Iterable[int]) -> dict[int, str]:
    return dict(WorkingGroup.objects.filter(pk__in=ids).values_list("pk", "thread"))


def _choices(user) -> list[tuple[str, str]]:
    """The groups this person belongs to; all of them for those who oversee the network."""
    reach = reach_of(user)
    groups = WorkingGroup.objects.all()
    if not reach.networks:
        groups = groups.filter(
            pk__in=[int(t.removeprefix(PREFIX)) for t in reach.tokens if t.startswith(PREFIX)]
        )
    return [(group_token(group), f"{group.kind_label} : {group.name}") for group in groups]


def _uploads(user) -> list[str]:
    """A pilot's file is for the group until the pilot says otherwise."""
    reach = reach_of(user)
    if reach.networks:
        return []
    return [PREFIX + t.removeprefix(PILOT) for t in reach.tokens if t.startswith(PILOT)]


def _ceiling(pk: int) -> frozenset[str]:
    """What belongs to a group is never wider than the group's own page; without a page, its own."""
    page = GroupPage.objects.filter(group=pk).first()
    return PageAudience.objects.tokens_of(page) if page else frozenset({f"{PREFIX}{pk}"})


def _owner_of(collection) -> str:
    pk = WorkingGroup.objects.filter(collection=collection).values_list("pk", flat=True).first()
    return f"{PREFIX}{pk}" if pk else ""


GROUP_TOKENS = TokenKind(
    prefix=PREFIX,
    icon="lock",
    labels=_labels,
    choices=_choices,
    uploads=_uploads,
    threads=_threads,
    ceiling=_ceiling,
    owner_of=_owner_of,
)
