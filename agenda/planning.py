"""Which dates a timing has, and what became of each: what the calendar holds once it is written.

Nothing is written here. Every date given one by one is held, and so is every date that comes back,
up to `HORIZON`. Of what comes back without end, or for longer than `WHOLE`, dates older than `PAST`
are no longer held.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.conf import settings

from agenda.closures import closed_for
from agenda.enums import DateState, Frequency
from agenda.models import DateChange, Timing
from agenda.period import month_period
from agenda.recurrence import EARLIEST, LATEST, days_between, last_day

PAST = dt.timedelta(days=3 * 366)
WHOLE = dt.timedelta(days=6 * 366)
HORIZON = dt.timedelta(days=548)  # a year and a half

BRUSSELS = ZoneInfo(settings.TIME_ZONE)

# What of a date is a field of `EventDate` as it is.
PLANNED_FIELDS = ("day", "end_day", "start_time", "end_time", "day_is_known", "state")


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
        usual = _usual(timing, day)
        if change is None:
            yield usual
        elif change.new_day is None:
            yield replace(usual, state=change.state, change=change, **_hours(timing, day, change))
        else:
            yield replace(usual, state=DateState.MOVED, change=change)
            new = replace(
                usual,
                day=change.new_day,
                end_day=change.new_day + timing.length,
                day_is_known=True,
                state=change.state if change.state != DateState.MOVED else DateState.PLANNED,
                change=change,
                is_new=True,
            )
            yield replace(new, **_hours(timing, change.new_day, change))


def _usual(timing: Timing, day: dt.date) -> Planned:
    """One date as its timing says. Of which only the month is known, it ends with the month: until
    then it is still to come."""
    is_known = timing.frequency != Frequency.MONTH
    return Planned(
        original_day=day,
        day=day,
        end_day=day + timing.length if is_known else month_period(day).last,
        start_time=timing.start_time,
        end_time=timing.end_time,
        day_is_known=is_known,
        state=DateState.PLANNED,
        change=None,
        is_new=False,
    )


def _hours(timing: Timing, day: dt.date, change: DateChange) -> dict:
    """The hours that were decided for a date that begins on this day, and where they end; nothing
    when its usual ones hold. What usually ends after midnight, and no longer does, ends a day
    earlier."""
    start, end = change.new_start_time, change.new_end_time
    if start is None and change.state != DateState.CHANGED:
        return {}
    more_days = timing.more_days
    if more_days and _passes_midnight(timing.start_time, timing.end_time):
        more_days -= not _passes_midnight(start, end)
    return {
        "start_time": start,
        "end_time": end,
        "end_day": day + dt.timedelta(days=more_days),
    }


def _passes_midnight(start: dt.time | None, end: dt.time | None) -> bool:
    return start is not None and end is not None and end < start
