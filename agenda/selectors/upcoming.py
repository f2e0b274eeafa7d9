"""What comes next: for the home of a network, the page of a group, that of an organisation."""

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from agenda.models import EventDate, Organising
from agenda.models.dates import EventDateQuerySet
from agenda.selectors.rows import DateRow, rows_of, with_related
from coordination.directory.models import Organisation
from core.frame import site_of
from core.upcoming import Upcoming
from groupes.models import GroupPage

SHOWN = 5
FEATURED, MAX_FEATURED_DATES = 2, 200


def next_dates(site, user, *, limit: int = SHOWN, only: Q | None = None) -> list[DateRow]:
    """The next dates of a network within reach, what is over today left out: two queries."""
    dates = _coming(site, user)
    if only is not None:
        dates = dates.filter(only)
    return rows_of(with_related(dates.in_order())[:limit], user)


def first_dates(site, user, *, limit: int) -> list[DateRow]:
    """For the home of a network: the next date of what is « à la une », `FEATURED` at most, then
    the next dates of the others. Three queries."""
    coming = _coming(site, user)
    of_today = Q(event__featured_until__gte=timezone.localdate())
    featured = {}
    for date in with_related(coming.filter(of_today).in_order())[:MAX_FEATURED_DATES]:
        featured.setdefault(date.event_id, date)
    chosen = list(featured.values())[:FEATURED]
    others = coming.exclude(event__in=[date.event_id for date in chosen])
    dates = [*chosen, *with_related(others.in_order())[: limit - len(chosen)]]
    return rows_of(dates, user)


def _coming(site, user) -> EventDateQuerySet:
    now = timezone.localtime()
    today, time = now.date(), now.time()
    later = Q(day__gt=today) | Q(start_time=None) | Q(start_time__gte=time)
    later |= Q(end_time__gte=time) | Q(end_day__gt=today)
    return EventDate.objects.visible_to(user).filter(
        later, event__site=site, day__gte=today, day_is_known=True
    )


def dates_of_group(page: GroupPage, request: HttpRequest) -> Upcoming:
    """The next dates of a group that this visitor may see."""
    return _upcoming(request, Q(event__group=page.group_id), f"groupe={page.group.slug}")


def dates_of_organisation(organisation: Organisation, request: HttpRequest) -> Upcoming:
    """The next dates that an organisation organises, alone or with others."""
    events = Organising.objects.filter(organisation=organisation).order_by().values("event")
    return _upcoming(request, Q(event__in=events), f"organisme={organisation.slug}")


def _upcoming(request: HttpRequest, only: Q, query: str) -> Upcoming:
    rows = next_dates(site_of(request), request.user, only=only)
    return Upcoming(rows=rows, url=f"{reverse('agenda:list')}?{query}")
