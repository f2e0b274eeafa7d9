"""What of the agenda is somebody's own."""

from django.db.models import Q

from agenda.models import EventDate
from agenda.models.dates import EventDateQuerySet
from agenda.permissions import GROUP, ORGANISATION, held
from groupes.models import WorkingGroup


def own_groups(user) -> list[WorkingGroup]:
    """The groups that somebody takes part in today."""
    return list(WorkingGroup.objects.filter(pk__in=held(user, GROUP)).order_by("pk"))


def own_dates(user, group: WorkingGroup | None = None) -> EventDateQuerySet:
    """The dates of one group; without one, those of all of somebody's groups and organisations."""
    visible = EventDate.objects.visible_to(user)
    if group is not None:
        return visible.filter(event__group=group)
    mine = Q(event__group__in=held(user, GROUP))
    mine |= Q(
        pk__in=visible.filter(event__organisings__organisation__in=held(user, ORGANISATION))
        .order_by()
        .values("pk")
    )
    return visible.filter(mine)
