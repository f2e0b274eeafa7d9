"""Which days a timing falls on: the closed list of recurrences that people speak, in local days.

Nothing here knows the database. Days are counted, never moments: hours are put on them in the
network's time zone afterwards (`agenda.services.projection`), so that 18:00 stays 18:00 when the
clocks change.
"""

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from dateutil import rrule

from agenda.enums import Frequency

# Limits: what a form accepts, and what is ever expanded.
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2099, 12, 31)
MAX_INTERVAL = 52
MAX_COUNT = 730
MAX_DATES = 2500  # of one timing within one window: daily for more than six years
NTHS = (1, 2, 3, 4, -1)
LOOK_BACK = dt.timedelta(days=60)  # times the interval: where the last day is looked for first
WEEKDAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)
WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

IsClosed = Callable[[dt.date], bool]


@dataclass(frozen=True)
class Recurrence:
    """How a timing comes back, from `first` on.

    `last` is the last possible day, included; `count` the number of days that take place, closed
    ones not counted. `weekdays` are ISO numbers (1 is Monday) and `nth` is 1 to 4, or -1 for the
    last of the month. `first` itself is a day only when it fits.
    """

    frequency: str
    first: dt.date
    last: dt.date | None = None
    count: int | None = None
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int = 1

    @property
    def comes_back(self) -> bool:
        return self.frequency not in (Frequency.ONCE, Frequency.MONTH)


def nothing_closed(_day: dt.date) -> bool:
    return False


def days_between(
    recurrence: Recurrence,
    start: dt.date,
    end: dt.date,
    is_closed: IsClosed = nothing_closed,
) -> list[dt.date]:
    """The days from `start` to `end`, both included, on which it takes place. At most
    `MAX_DATES`, the first ones."""
    if not recurrence.comes_back:
        return [recurrence.first] if start <= recurrence.first <= end else []
    return list(islice(days_from(recurrence, start, is_closed, end), MAX_DATES))


def days_from(
    recurrence: Recurrence, start: dt.date, is_closed: IsClosed, end: dt.date = LATEST
) -> Iterator[dt.date]:
    """The same, one after the other, for what comes back."""
    days = held_days(_from(recurrence, start), end, is_closed)
    return (day for day in days if day >= start)


def held_days(recurrence: Recurrence, end: dt.date, is_closed: IsClosed) -> Iterator[dt.date]:
    """Every day up to `end` on which it takes place, from the first one."""
    open_days = (day for day in regular_days(recurrence, end) if not is_closed(day))
    return islice(open_days, recurrence.count)


def regular_days(recurrence: Recurrence, end: dt.date) -> Iterator[dt.date]:
    """Every day of the rule up to `end`, closed ones too, `count` left aside."""
    last = min(filter(None, (recurrence.last, end, LATEST)))
    if last < recurrence.first:
        return iter(())
    return (moment.date() for moment in _rule(recurrence, last))


def first_day(recurrence: Recurrence) -> dt.date | None:
    """The first day of the rule, closed or not: `first`, or the next one that fits."""
    if not recurrence.comes_back:
        return recurrence.first
    return next(regular_days(recurrence, LATEST), None)


def last_day(recurrence: Recurrence, is_closed: IsClosed = nothing_closed) -> dt.date | None:
    """The last day on which it takes place; None when it has no end, or no day at all."""
    if not recurrence.comes_back:
        return recurrence.first
    if recurrence.last is None and recurrence.count is None:
        return None
    if recurrence.count is None:
        late = recurrence.last - LOOK_BACK * max(1, recurrence.interval)
        days = deque(held_days(_from(recurrence, late), LATEST, is_closed), maxlen=1)
        if days:
            return days[0]
    days = deque(held_days(recurrence, LATEST, is_closed), maxlen=1)
    return days[0] if days else None


def _from(recurrence: Recurrence, day: dt.date) -> Recurrence:
    """The same days from `day` on, begun as near to it as the rule allows: an activity that is
    thirty years old costs no more than a new one. What is counted is counted from its beginning.
    """
    step = {Frequency.DAYS: 1, Frequency.WEEKS: 7}.get(Frequency(recurrence.frequency), 0)
    if not step or recurrence.count is not None or day <= recurrence.first:
        return recurrence
    step *= max(1, recurrence.interval)
    rounds = (day - recurrence.first).days // step
    # The week that the rule begins in counts whole: the day of the week stays the same.
    return replace(recurrence, first=recurrence.first + dt.timedelta(days=rounds * step))


def _rule(recurrence: Recurrence, last: dt.date) -> rrule.rrule:
    weekdays = [WEEKDAYS[number - 1] for number in recurrence.weekdays]
    if recurrence.frequency == Frequency.MONTHS:
        weekdays = [weekday(recurrence.nth) for weekday in weekdays]
    frequencies = {
        Frequency.DAYS: rrule.DAILY,
        Frequency.WEEKS: rrule.WEEKLY,
        Frequency.MONTHS: rrule.MONTHLY,
        Frequency.YEARS: rrule.YEARLY,
    }
    return rrule.rrule(
        frequencies[Frequency(recurrence.frequency)],
        dtstart=dt.datetime.combine(recurrence.first, dt.time()),
        interval=max(1, recurrence.interval),  # dateutil never ends on 0
        byweekday=weekdays or None,
        wkst=rrule.MO,
        until=dt.datetime.combine(last, dt.time()),
    )


def rule_parts(recurrence: Recurrence) -> dict[str, str]:
    """The same rule in the words of RFC 5545 (`FREQ`, `INTERVAL`, `BYDAY`), without its end."""
    codes = [WEEKDAY_CODES[number - 1] for number in recurrence.weekdays]
    if recurrence.frequency == Frequency.MONTHS:
        codes = [f"{recurrence.nth}{code}" for code in codes]
    names = {
        Frequency.DAYS: "DAILY",
        Frequency.WEEKS: "WEEKLY",
        Frequency.MONTHS: "MONTHLY",
        Frequency.YEARS: "YEARLY",
    }
    parts = {"FREQ": names[Frequency(recurrence.frequency)]}
    if recurrence.interval > 1:
        parts["INTERVAL"] = str(recurrence.interval)
    if codes:
        parts["BYDAY"] = ",".join(codes)
    if recurrence.frequency == Frequency.WEEKS:
        parts["WKST"] = "MO"
    return parts


def without_end(recurrence: Recurrence) -> Recurrence:
    return replace(recurrence, last=None, count=None)
