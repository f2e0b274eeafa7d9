"""What is published, written into the calendar: dates, and what django-scheduler holds of them.

The dates of an event are made anew from its timings, the closed days and the changes of single
dates; rows that stay the same keep their key. Each date of `agenda.planning` is a row: any period
is one indexed query whatever the rules are. A nightly job moves the horizon on. What calendar
programs read of a series is written down too: a whole feed is these texts, one after the other.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from schedule.models import Calendar, Occurrence, Rule
from schedule.models import Event as ScheduledEvent
from wagtail.models import Site

from agenda.closures import closed_for
from agenda.enums import DateState, Frequency
from agenda.facets import facets_of
from agenda.feeds.entries import series_text
from agenda.models import DateChange, Event, EventDate, Projection, Timing
from agenda.planning import HORIZON, PLANNED_FIELDS, Planned, at_local, plan, window_of
from agenda.recurrence import Recurrence, last_day, rule_parts
from core.memory import forget

RENEW_BELOW = dt.timedelta(days=HORIZON.days - 7)
MAX_TITLE = 255  # of django-scheduler


@transaction.atomic
def project(event: Event) -> int:
    """Write the dates of an event as it is published today; gives how many there are. An event
    that is not published has none."""
    # As it is stored: what was just counted or decided is in no object that came along.
    event = Event.objects.select_for_update().get(pk=event.pk)
    timings = list(event.timings.all()) if event.live else []
    left = event.projections.exclude(timing_uid__in=[timing.uid for timing in timings])
    ScheduledEvent.objects.filter(projection__in=left).delete()
    left.delete()
    changes: dict[tuple, DateChange] = {
        (change.timing_uid, change.original_day): change for change in event.date_changes.all()
    }
    today = timezone.localdate()
    number = 0
    for timing in timings:
        planned = list(plan(timing, changes, *window_of(timing, today)))
        projection = _scheduled(event, timing)
        _write(projection, event.title[:MAX_TITLE], planned)
        write_entries(projection, timing, planned)
        projection.save(update_fields=["last_day", "entries_fr", "entries_nl"])
        number += len(planned)
    Event.objects.filter(pk=event.pk).update(projected_until=today + HORIZON)
    describe(event)
    return number


def describe(event: Event) -> None:
    """Write down again what an event is found by."""
    Event.objects.filter(pk=event.pk).update(facets=facets_of(event), search_text=event.words())
    forget()


PREFIX = "agenda-"


def calendar_of(site: Site) -> Calendar:
    """The calendar of a network in django-scheduler."""
    calendar, _made = Calendar.objects.get_or_create(
        slug=f"{PREFIX}{site.pk}", defaults={"name": site.site_name or site.hostname}
    )
    return calendar


def _scheduled(event: Event, timing: Timing) -> Projection:
    """The projection of a timing, with its event and rule in django-scheduler up to date."""
    projection, _made = Projection.objects.get_or_create(event=event, timing_uid=timing.uid)
    if timing.frequency == Frequency.MONTH:
        return projection
    recurrence = timing.recurrence
    rule = rule_for(recurrence)
    first = recurrence.first
    start, end = Planned(
        original_day=first,
        day=first,
        end_day=first + timing.length,
        start_time=timing.start_time,
        end_time=timing.end_time,
        day_is_known=True,
        state=DateState.PLANNED,
        change=None,
        is_new=False,
    ).moments
    last = last_day(recurrence, closed_for(timing)) if rule else None
    values = {
        "title": event.title[:MAX_TITLE],
        "start": start,
        "end": end,
        "rule": rule,
        # The scheduler's end leaves out the day that begins there.
        "end_recurring_period": last and at_local(last + dt.timedelta(days=1), dt.time()),
        "calendar": calendar_of(event.site),
    }
    if projection.scheduled_id is None:
        projection.scheduled = ScheduledEvent.objects.create(**values)
        projection.save(update_fields=["scheduled"])
    else:
        ScheduledEvent.objects.filter(pk=projection.scheduled_id).update(**values)
    return projection


def rule_for(recurrence: Recurrence) -> Rule | None:
    """The rule of django-scheduler for what comes back, one row for all that come back alike."""
    if not recurrence.comes_back:
        return None
    parts = rule_parts(recurrence)
    frequency = parts.pop("FREQ")
    rule, _made = Rule.objects.get_or_create(
        frequency=frequency,
        params=_scheduler_params(recurrence, parts),
        defaults={"name": frequency, "description": ""},
    )
    return rule


def _scheduler_params(recurrence: Recurrence, parts: dict[str, str]) -> str:
    """A rule in django-scheduler's own words, of the few that it understands."""
    params = {"interval": str(recurrence.interval)}
    if recurrence.weekdays:
        params["byweekday"] = parts["BYDAY"]
    if recurrence.frequency == Frequency.MONTHS:
        # It knows no « 1TU »: the first Tuesday is the first of all Tuesdays.
        params["byweekday"] = ",".join(
            code.lstrip("-0123456789") for code in parts["BYDAY"].split(",")
        )
        params["bysetpos"] = str(recurrence.nth)
    return ";".join(f"{name}:{value}" for name, value in params.items())


def write_entries(projection: Projection, timing: Timing, planned: list[Planned]) -> None:
    """Put on a projection what calendar programs read of it, in both languages."""
    for language in ("fr", "nl"):
        with override(language):
            text = series_text(timing, planned)
        setattr(projection, f"entries_{language}", text)
    projection.last_day = max((date.end_day for date in planned), default=None) if text else None


def _write(projection: Projection, title: str, planned: list[Planned]) -> None:
    """Make the rows of one timing what they have to be, and touch no other."""
    rows = {
        (row.original_day, row.instead_of_id is not None): row
        for row in projection.dates.select_related("occurrence")
    }
    wanted = {(date.original_day, date.is_new): date for date in planned}
    gone = [row for key, row in rows.items() if key not in wanted]
    Occurrence.objects.filter(
        pk__in=[
            row.occurrence_id
            for key, row in rows.items()
            if row.occurrence_id and (key not in wanted or not wanted[key].day_is_known)
        ]
    ).delete()
    EventDate.objects.filter(pk__in=[row.pk for row in gone]).delete()
    _save(Occurrence, _occurrences(projection, title, wanted, rows), OCCURRENCE_FIELDS)
    # A date stands before the one that takes its place.
    for is_new in (False, True):
        some = {key: date for key, date in wanted.items() if date.is_new is is_new}
        _save(EventDate, _dates(projection, some, rows), DATE_FIELDS)


def _occurrences(projection: Projection, title: str, wanted: dict, rows: dict) -> list:
    """The occurrences that are new or changed, each set on its row."""
    changed = []
    for key, date in wanted.items():
        row = rows.setdefault(
            key,
            EventDate(event_id=projection.event_id, projection=projection, original_day=key[0]),
        )
        if not date.day_is_known:
            row.occurrence = None
            continue
        start, end = date.moments
        first_start, first_end = wanted[key[0], False].moments
        occurrence = row.occurrence or Occurrence(event_id=projection.scheduled_id)
        values = {
            "title": title,
            "start": start,
            "end": end,
            "original_start": first_start,
            "original_end": first_end,
            "cancelled": date.state in (DateState.CANCELLED, DateState.MOVED),
        }
        if _set(occurrence, values) or occurrence.pk is None:
            changed.append(occurrence)
        row.occurrence = occurrence
    return changed


def _dates(projection: Projection, wanted: dict, rows: dict) -> list[EventDate]:
    """The dates that are new or changed."""
    changed = []
    for key, date in wanted.items():
        row = rows[key]
        values = {name: getattr(date, name) for name in PLANNED_FIELDS}
        values["change_id"] = date.change and date.change.pk
        values["occurrence_id"] = row.occurrence and row.occurrence.pk
        values["instead_of_id"] = rows[key[0], False].pk if date.is_new else None
        if _set(row, values) or row.pk is None:
            changed.append(row)
    return changed


DATE_FIELDS = (*PLANNED_FIELDS, "change", "occurrence", "instead_of")
OCCURRENCE_FIELDS = ("title", "start", "end", "original_start", "original_end", "cancelled")
BATCH = 500


def _set(row, values: dict) -> bool:
    """Put values on a row; gives whether anything is different now."""
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    return before != values


def _save(model, rows: list, fields: tuple[str, ...]) -> None:
    # Sorted out first: a row that was just made has its key, and nothing left to write.
    new = [row for row in rows if row.pk is None]
    known = [row for row in rows if row.pk is not None]
    model.objects.bulk_create(new, batch_size=BATCH)
    model.objects.bulk_update(known, fields, batch_size=BATCH)
