"""What of the agenda is somebody's own."""

from django.db.models import Q

from agenda.models import EventDate
from agenda.models.dates import EventDateQuerySet
from core.visibility import reach_of
from groupes.models import WorkingGroup


def _held(user, prefix: str) -> list[int]:
    """Primary keys of the tokens of one kind that somebody holds today."""
    held = reach_of(user).tokens
    return [int(token.removeprefix(prefix)) for token in held if token.startswith(prefix)]


def own_groups(user) -> list[WorkingGroup]:
    """The groups that somebody takes part in today."""
    return list(WorkingGroup.objects.filter(pk__in=_held(user, "group:")).order_by("pk"))


def own_dates(user, group: WorkingGroup | None = None) -> EventDateQuerySet:
    """The dates of one group; without one, those of all of somebody's groups and organisations."""
    visible = EventDate.objects.visible_to(user)
    if group is not None:
        return visible.filter(event__group=group)
    mine = Q(event__group__in=_held(user, "group:"))
    mine |= Q(
        pk__in=visible.filter(event__organisings__organisation__in=_held(user, "org:"))
        .order_by()
        .values("pk")
    )
    return visible.filter(mine)
