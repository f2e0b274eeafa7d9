"""What of the agenda is somebody's own."""

from django.db.models import Q

from agenda.models import Organising, Projection
from agenda.models.dates import OfEventsQuerySet
from agenda.permissions import GROUP, ORGANISATION, held
from groupes.models import WorkingGroup


def own_groups(user) -> list[WorkingGroup]:
    """The groups that somebody takes part in today."""
    return list(WorkingGroup.objects.filter(pk__in=held(user, GROUP)).order_by("pk"))


def own_series(user, group: WorkingGroup | None = None) -> OfEventsQuerySet:
    """What calendar programs read of one group; without one, of all of somebody's groups and
    organisations."""
    visible = Projection.objects.visible_to(user)
    if group is not None:
        return visible.filter(event__group=group)
    organised = Organising.objects.filter(organisation__in=held(user, ORGANISATION))
    mine = Q(event__group__in=held(user, GROUP)) | Q(event__in=organised.values("event"))
    return visible.filter(mine)
