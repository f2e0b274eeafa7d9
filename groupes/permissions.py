"""What belonging to a group gives: tokens, and who may do what there.

A predicate answers for a group whose page the person sees: views look for the page first.
"""

from collections.abc import Iterable, Iterator

from core.models import PageAudience
from core.tokens import TokenKind
from core.visibility import MEMBER, reach_of
from groupes.enums import GroupRole, Joining
from groupes.models import GroupMembership, GroupPage, JoinRequest, SharedItem, WorkingGroup

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
    return [(group_token(group), group.name) for group in groups]


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


def is_in_group(user, group: WorkingGroup) -> bool:
    return group_token(group) in reach_of(user).tokens


def can_pilot_group(user, group: WorkingGroup) -> bool:
    """Pilots of the group, and those who oversee its network."""
    reach = reach_of(user)
    return group.site_id in reach.networks or pilot_token(group) in reach.tokens


def can_see_space(user, group: WorkingGroup) -> bool:
    return is_in_group(user, group) or can_pilot_group(user, group)


def can_see_joining(user) -> bool:
    """Whoever is a member of the network may read how one takes part."""
    return MEMBER in reach_of(user).tokens


def can_join_group(user, group: WorkingGroup) -> bool:
    """Members of the network who are not in the group, unless one is appointed there."""
    return (
        can_see_joining(user)
        and not is_in_group(user, group)
        and group.joining != Joining.APPOINTED
    )


def can_leave_group(user, group: WorkingGroup) -> bool:
    return is_in_group(user, group)


def can_withdraw_request(user, request: JoinRequest) -> bool:
    return request.is_pending and request.user_id == user.pk and can_see_joining(user)


def can_answer_request(user, request: JoinRequest) -> bool:
    return request.is_pending and can_pilot_group(user, request.group)


def can_share_item(user, group: WorkingGroup) -> bool:
    return can_see_space(user, group)


def can_see_item(user, item: SharedItem) -> bool:
    """The item's audience; once withdrawn, its author (still in the group) and the pilots."""
    if item.is_withdrawn:
        return can_own_item(user, item)
    return reach_of(user).opens(item.audience.tokens)


def can_own_item(user, item: SharedItem) -> bool:
    """Its author, as long as they are in the group, and the pilots."""
    is_author = item.author_id is not None and item.author_id == user.pk
    return can_pilot_group(user, item.group) or (is_author and is_in_group(user, item.group))


def can_edit_item(user, item: SharedItem) -> bool:
    return not item.is_withdrawn and can_own_item(user, item)


def can_withdraw_item(user, item: SharedItem) -> bool:
    return can_edit_item(user, item)


def can_decide_item(user, item: SharedItem) -> bool:
    return item.is_pending and can_pilot_group(user, item.group)


def can_pin_item(user, item: SharedItem) -> bool:
    return not item.is_withdrawn and can_pilot_group(user, item.group)
