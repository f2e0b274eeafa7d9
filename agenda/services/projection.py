"""What is published, written into the calendar: dates, and what django-scheduler holds of them.

The dates of an event are made anew from its timings, the closed days and the changes of single
dates; rows that stay the same keep their key. Every date given one by one is a row, and so is every
date that comes back, up to `HORIZON`: any period is one indexed query whatever the rules are. A
nightly job moves the horizon on. Of what comes back without end, or for longer than `WHOLE`, dates
older than `PAST` are no longer kept.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from schedule.models import Calendar, Occurrence, Rule
from schedule.models import Event as ScheduledEvent
from wagtail.models import Site

from agenda.closures import closed_for
from agenda.enums import DateState, Frequency
from agenda.facets import facets_of
from agenda.models import DateChange, Event, EventDate, Projection, Timing
from agenda.period import month_period
from agenda.recurrence import (
    EARLIEST,
    LATEST,
    Recurrence,
    days_between,
    last_day,
    rule_parts,
    without_end,
)
from core.memory import forget

PAST = dt.timedelta(days=3 * 366)
WHOLE = dt.timedelta(days=6 * 366)
HORIZON = dt.timedelta(days=548)  # a year and a half
RENEW_BELOW = dt.timedelta(days=HORIZON.days - 7)

BRUSSELS = ZoneInfo(settings.TIME_ZONE)
MAX_TITLE = 255  # of django-scheduler


@dataclass(frozen=True)
class Planned:
    """One date as it has to be: what a row of `EventDate` holds, without its keys."""

    original_day: dt.date
    day: dt.date
    end_day: dt.date
    start_time: dt.time | None
    end_time: dt.time | None
    day_is_known: bool
    state: str
    change: DateChange | None
    is_new: bool  # takes the place of the date of the same original day

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        """Beginning and end as moments; whole days where no hour is known."""
        if self.start_time is None:
            start = at_local(self.day, dt.time())
            return start, at_local(self.end_day + dt.timedelta(days=1), dt.time())
        start = at_local(self.day, self.start_time)
        end = at_local(self.end_day, self.end_time) if self.end_time else start
        return start, max(start, end)


def at_local(day: dt.date, time: dt.time) -> dt.datetime:
    """A local day and hour as a moment in UTC: an hour that does not exist in spring is the one
    an hour later, an hour that comes twice in autumn the first."""
    return dt.datetime.combine(day, time, BRUSSELS).astimezone(dt.UTC)


@transaction.atomic
def project(event: Event) -> int:
    """Write the dates of an event as it is published today; gives how many there are. An event
    that is not published has none."""
    Event.objects.select_for_update().get(pk=event.pk)
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
        set_rule(projection, timing, planned)
        projection.save(update_fields=["first_day", "rule", "days_out"])
        number += len(planned)
    Event.objects.filter(pk=event.pk).update(projected_until=today + HORIZON)
    describe(event)
    return number


def describe(event: Event) -> None:
    """Write down again what an event is found by."""
    Event.objects.filter(pk=event.pk).update(facets=facets_of(event), search_text=event.words())
    forget()


def window_of(timing: Timing, today: dt.date) -> tuple[dt.date, dt.date]:
    """Between which days the dates of a timing are rows. A date given one by one is one however
    old or far: there are few of them, and the archive of a network begins with them."""
    if not timing.comes_back:
        return EARLIEST, LATEST
    first, last = timing.first, last_day(timing.recurrence)
    is_short = last is not None and last - first <= WHOLE
    return EARLIEST if is_short else max(first, today - PAST), today + HORIZON


def plan(
    timing: Timing, changes: dict[tuple, DateChange], start: dt.date, end: dt.date
) -> Iterator[Planned]:
    """The dates of one timing within a window, in order; a moved date is followed by its new
    one."""
    recurrence = timing.recurrence
    for day in days_between(recurrence, start, end, closed_for(timing)):
        change = changes.get((timing.uid, day))
        is_changed = change is not None and change.state == DateState.CHANGED
        yield Planned(
            original_day=day,
            day=day,
            end_day=_last_day_of(timing, day),
            start_time=change.new_start_time if is_changed else timing.start_time,
            end_time=change.new_end_time if is_changed else timing.end_time,
            day_is_known=timing.frequency != Frequency.MONTH,
            state=change.state if change else DateState.PLANNED,
            change=change,
            is_new=False,
        )
        if change is not None and change.state == DateState.MOVED:
            has_hours = change.new_start_time is not None
            yield Planned(
                original_day=day,
                day=change.new_day,
                end_day=change.new_day + timing.length,
                start_time=change.new_start_time if has_hours else timing.start_time,
                end_time=change.new_end_time if has_hours else timing.end_time,
                day_is_known=True,
                state=DateState.PLANNED,
                change=change,
                is_new=True,
            )


def _last_day_of(timing: Timing, day: dt.date) -> dt.date:
    """Where a date that begins on this day ends; of which only the month is known, with the month:
    until then it is still to come."""
    if timing.frequency == Frequency.MONTH:
        return month_period(day).last
    return day + timing.length


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


def set_rule(projection: Projection, timing: Timing, planned: list[Planned]) -> None:
    """What a calendar program needs to find the same days: the rule from the first date that is
    kept, and the days it leaves out. A rule that leaves days out ends with the last date we know:
    which days come after that, nobody can say yet."""
    recurrence = timing.recurrence
    rule, out = "", []
    held = [date.original_day for date in planned if not date.is_new]
    if recurrence.comes_back and held:
        known = set(held)
        regular = days_between(without_end(recurrence), held[0], held[-1])
        out = [day for day in regular if day not in known]
        parts = rule_parts(recurrence)
        leaves_out = timing.skip_school or timing.skip_public
        if recurrence.last or recurrence.count or leaves_out:
            until = at_local(held[-1], timing.start_time or dt.time())
            parts["UNTIL"] = (
                until.strftime("%Y%m%dT%H%M%SZ") if timing.start_time else f"{held[-1]:%Y%m%d}"
            )
        rule = ";".join(f"{name}={value}" for name, value in parts.items())
    projection.first_day = held[0] if held else None
    projection.rule, projection.days_out = rule, ",".join(day.isoformat() for day in out)


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


PLANNED_FIELDS = ("day", "end_day", "start_time", "end_time", "day_is_known", "state")
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
