"""What the agenda costs, beside django-scheduler's own way over the same calendar, in one run.

Five thousand series, of which 30 % come back. Nothing is remembered from one measure to the next:
each call asks for another month, so that counts are made anew.
"""

import datetime as dt
import gc
import random
import statistics
import time
from collections.abc import Callable, Iterator

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest, QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from schedule.feeds import CalendarICalendar
from schedule.models import Calendar, Occurrence
from schedule.models import Event as ScheduledEvent
from schedule.periods import Month
from wagtail.models import Site

from agenda.enums import EventKind, Frequency, Target
from agenda.facets import facets_of
from agenda.models import Event, EventDate, Projection, Timing
from agenda.planning import BRUSSELS, PLANNED_FIELDS, plan, window_of
from agenda.search import AgendaSearch
from agenda.services.projection import calendar_of, rule_for, write_entries
from core.memory import forget

SERIES, COMING_BACK = 5_000, 0.3
DAYS_AROUND = 365
TARGETS = {"month": 30.0, "list": 40.0, "json": 40.0, "ics": 8.0}
QUERIES = 8
GROWTH = 1.10  # with twice as many series outside of what is shown
FAST_304 = 2.0  # milliseconds beyond a bare view
ROUNDS = 12  # months: each is asked for again in the second pass


def results() -> Iterator[dict]:
    """The same visits to our agenda and to django-scheduler's calendar."""
    site = Site.objects.get(is_default_site=True)
    build(site, SERIES, around=timezone.localdate(), seed=1)
    calendar = calendar_of(site)
    client = Client()
    peers = {
        "month": best(lambda: scheduler_month(calendar), 1),
        "list": best(lambda: scheduler_list(calendar), 1),
        "ics": best(lambda: CalendarICalendar()(HttpRequest(), calendar.pk), 1),
    }
    peers["json"] = peers["list"]
    ours = {name: best(visit, ROUNDS) for name, visit in visits(client).items()}
    for name, label in (
        ("month", "agenda, mois"),
        ("list", "agenda, liste"),
        ("json", "agenda, JSON"),
        ("ics", "agenda, ICS entier"),
    ):
        yield faster(label, ours[name], peers[name], TARGETS[name])
    yield bounded("requêtes, agenda, une période", len(queries_of_a_period(site)), QUERIES)
    # Ten years from now: nothing of it is in any period that is shown.
    build(site, SERIES, around=timezone.localdate() + dt.timedelta(days=3650), seed=2)
    for name in ("month", "list"):
        after = best(visits(client)[name], ROUNDS)
        yield {
            **times(f"{name}, deux fois plus de séries ailleurs", after, ours[name]),
            "peer_name": "avant",
            "target": GROWTH,
            "holds": after / ours[name] <= GROWTH,
        }
    yield not_modified(client)


def build(site: Site, number: int, *, around: dt.date, seed: int) -> None:
    """Published events with their dates, written in bulk."""
    chance = random.Random(seed)
    events, timings = [], []
    for index in range(number):
        events.append(
            Event(
                site=site,
                slug=f"mesure-{seed}-{index}",
                title_fr=f"Activité {index}",
                live=True,
                kind=chance.choice(EventKind.values),
                targets=chance.sample(Target.values, 2),
                price=chance.choice(["", "free", "fixed"]),
                languages=["fr"],
                projected_until=timezone.localdate(),
            )
        )
        comes_back = index < number * COMING_BACK
        days = sorted(chance.sample("1234567", chance.choice([1, 2])))
        timings.append(
            Timing(
                frequency=Frequency.WEEKS if comes_back else Frequency.ONCE,
                first=around + dt.timedelta(days=chance.randint(-DAYS_AROUND, DAYS_AROUND)),
                weekdays=",".join(days) if comes_back else "",
                start_time=dt.time(chance.randint(8, 19)),
                end_time=dt.time(20),
            )
        )
    Event.objects.bulk_create(events, batch_size=200)
    for event, timing in zip(events, timings, strict=True):
        event.facets, event.search_text, timing.event = facets_of(event), event.words(), event
    Event.objects.bulk_update(events, ["facets", "search_text"], batch_size=200)
    Timing.objects.bulk_create(timings, batch_size=500)
    write_dates(site, timings)
    forget()


def write_dates(site: Site, timings: list[Timing]) -> None:
    """The projection of many timings at once."""
    calendar, today = calendar_of(site), timezone.localdate()
    planned = [list(plan(timing, {}, *window_of(timing, today))) for timing in timings]
    scheduled = ScheduledEvent.objects.bulk_create(
        [
            ScheduledEvent(
                title=timing.event.title_fr,
                start=dt.datetime.combine(timing.first, timing.start_time, BRUSSELS),
                end=dt.datetime.combine(timing.first, timing.end_time, BRUSSELS),
                rule=rule_for(timing.recurrence),
                calendar=calendar,
            )
            for timing in timings
        ],
        batch_size=500,
    )
    projections = [
        Projection(event=timing.event, timing_uid=timing.uid, scheduled=event)
        for timing, event in zip(timings, scheduled, strict=True)
    ]
    for projection, timing, dates in zip(projections, timings, planned, strict=True):
        write_entries(projection, timing, dates)
    Projection.objects.bulk_create(projections, batch_size=500)
    occurrences, rows = [], []
    for projection, dates in zip(projections, planned, strict=True):
        for date in dates:
            start, end = date.moments
            occurrence = Occurrence(
                event_id=projection.scheduled_id,
                title=projection.event.title_fr,
                start=start,
                end=end,
                original_start=start,
                original_end=end,
            )
            occurrences.append(occurrence)
            rows.append(
                EventDate(
                    event=projection.event,
                    projection=projection,
                    occurrence=occurrence,
                    original_day=date.original_day,
                    **{name: getattr(date, name) for name in PLANNED_FIELDS},
                )
            )
    Occurrence.objects.bulk_create(occurrences, batch_size=500)
    for row in rows:
        row.occurrence_id = row.occurrence.pk
    EventDate.objects.bulk_create(rows, batch_size=500)


def visits(client: Client) -> dict[str, Callable[[], None]]:
    """One call of each of our views, of another month each time."""
    months = [timezone.localdate().replace(day=1)]
    while len(months) < ROUNDS:
        months.append((months[-1] + dt.timedelta(days=31)).replace(day=1))
    turn = iter(range(10_000))

    def month() -> dt.date:
        return months[next(turn) % len(months)]

    def get(address: str) -> None:
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"

    def as_list() -> None:
        first = month()
        get(f"{reverse('agenda:list')}?du={first}&au={first + dt.timedelta(days=27)}")

    def as_json() -> None:
        get(reverse("agenda:month_json", args=[f"{month():%Y-%m}"]))

    return {
        "month": lambda: get(reverse("agenda:month", args=[f"{month():%Y-%m}"])),
        "list": as_list,
        "json": as_json,
        "ics": lambda: get(reverse("agenda_ics")),
    }


def scheduler_month(calendar: Calendar) -> None:
    """What its month view does with a calendar, before any template."""
    month = Month(calendar.events.all(), timezone.now(), tzinfo=BRUSSELS)
    for week in month.get_weeks():
        for day in week.get_days():
            list(day.get_occurrence_partials())


def scheduler_list(calendar: Calendar) -> None:
    """What its JSON does: the occurrences of each event within a month."""
    start = timezone.now()
    end = start + dt.timedelta(days=30)
    for event in calendar.events.all():
        event.get_occurrences(start, end)


def best(call: Callable[[], None], rounds: int) -> float:
    """Milliseconds of CPU, the median of several calls after one to warm up. Each is done twice
    and the lesser of both kept: what the machine does besides is no measure. For one: once.

    Without Python's tidying up, as `timeit` does: it costs more once much has been built."""
    gc.collect()
    gc.disable()
    try:
        if rounds == 1:
            return _spent(call)
        call()
        first, second = ([_spent(call) for _round in range(rounds)] for _pass in range(2))
        return statistics.median(map(min, first, second))
    finally:
        gc.enable()


def _spent(call: Callable[[], None]) -> float:
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000


def queries_of_a_period(site: Site) -> list[str]:
    """The queries of a period and of the counts of its filters, beside what the frame reads."""
    AgendaSearch(QueryDict(), AnonymousUser(), site).known  # noqa: B018 - read once per change
    queries = []

    def note(execute, sql, params, many, context):
        queries.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        search = AgendaSearch(QueryDict("prix=free&du=2027-01-01"), AnonymousUser(), site)
        list(search.dates[:30])
        list(search.running)
        search.facets, search.total, search.days_around  # noqa: B018
    return queries


def not_modified(client: Client) -> dict:
    """An answer 304 beside the plainest view there is."""
    address = reverse("agenda_ics")
    etag = client.get(address)["ETag"]
    asked = {"If-None-Match": etag}
    assert client.get(address, headers=asked).status_code == 304
    mine = best(lambda: client.get(address, headers=asked), 200)
    plain = best(lambda: client.get("/robots.txt"), 200)
    row = times("agenda, ICS, 304", mine, plain)
    return row | {
        "peer_name": "robots.txt",
        "target": round((plain + FAST_304) / plain, 2),
        "holds": mine - plain <= FAST_304,
    }


def times(name: str, mine: float, peer: float) -> dict:
    return {
        "name": name,
        "ours": round(mine, 1),
        "peer": round(peer, 1),
        "ratio": round(mine / peer, 2),
        "better": "lower",
        "unit": "ms CPU",
    }


def faster(name: str, mine: float, peer: float, target: float) -> dict:
    return {
        "name": name,
        "ours": round(mine, 1),
        "peer": round(peer, 1),
        "peer_name": "django-scheduler",
        "ratio": round(peer / mine, 1),
        "target": target,
        "better": "higher",
        "unit": "ms CPU",
        "holds": peer / mine >= target,
    }


def bounded(name: str, number: int, most: int) -> dict:
    return {
        "name": name,
        "ours": number,
        "peer": most,
        "peer_name": "le plafond",
        "ratio": round(number / most, 2),
        "target": 1.0,
        "better": "lower",
        "unit": "requêtes",
        "holds": number <= most,
    }
