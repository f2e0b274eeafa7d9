"""What comes next: for the home of a network, the page of a group, that of an organisation."""

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from agenda.models import EventDate, Organising
from agenda.models.dates import EventDateQuerySet
from agenda.search import running_at
from agenda.selectors.rows import DateRow, rows_of, with_related
from coordination.directory.models import Organisation
from core.frame import site_of
from core.upcoming import Upcoming
from groupes.models import GroupPage

SHOWN = 5
FEATURED, MAX_FEATURED_DATES = 2, 200
RUNNING = 2  # what began before today leaves room to what comes


def next_dates(site, user, *, limit: int = SHOWN, only: Q | None = None) -> list[DateRow]:
    """The next dates of a network within reach, what is over today left out, after what has been
    going on for some days: three queries."""
    coming = _coming(site, user)
    if only is not None:
        coming = coming.filter(only)
    return rows_of(_first(coming, limit), user)


def first_dates(site, user, *, limit: int) -> list[DateRow]:
    """For the home of a network: the next date of what is « à la une », `FEATURED` at most, then
    the next dates of the others. Four queries."""
    coming = _coming(site, user)
    of_today = Q(event__featured_until__gte=timezone.localdate())
    featured = {}
    for date in with_related(coming.filter(of_today).in_order())[:MAX_FEATURED_DATES]:
        featured.setdefault(date.event_id, date)
    chosen = list(featured.values())[:FEATURED]
    others = coming.exclude(event__in=[date.event_id for date in chosen])
    return rows_of([*chosen, *_first(others, limit - len(chosen))], user)


def _first(coming: EventDateQuerySet, limit: int) -> list[EventDate]:
    """What is going on, `RUNNING` at most and what ends first, then what comes."""
    today = timezone.localdate()
    going_on = with_related(coming.filter(day__lt=today)).order_by("end_day", "pk")[:RUNNING]
    dates = list(going_on)[:limit]
    return [*dates, *with_related(coming.filter(day__gte=today).in_order())[: limit - len(dates)]]


def _coming(site, user) -> EventDateQuerySet:
    """What is not over yet."""
    now = timezone.localtime()
    today, time = now.date(), now.time()
    ahead = Q(end_day__gt=today) | Q(end_time__gte=time)
    # Without an end, it is there until it has begun; without hours, all day.
    ahead |= Q(end_time=None) & (Q(start_time=None) | Q(start_time__gte=time) | Q(day__lt=today))
    found = EventDate.objects.visible_to(user).filter(event__site=site, day_is_known=True)
    return found.filter(Q(day__gte=today) | running_at(today)).filter(ahead)


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
