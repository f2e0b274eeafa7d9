"""Which days are closed: school holidays, which the coordination keeps, and public holidays."""

import datetime as dt
from functools import lru_cache

import holidays

from agenda.enums import SchoolCalendar, SkipSchool
from agenda.models import SchoolHoliday, Timing
from agenda.recurrence import IsClosed, nothing_closed
from core.memory import remember

SATURDAY = 5  # as `date.weekday()` counts
Period = tuple[dt.date, dt.date]


def closed_for(timing: Timing) -> IsClosed:
    """Tells of any day whether this timing leaves it out."""
    if not timing.skip_school and not timing.skip_public:
        return nothing_closed
    calendars = {
        SkipSchool.NO: (),
        SkipSchool.BOTH: SchoolCalendar.values,
    }.get(timing.skip_school, (timing.skip_school,))
    periods = [period for calendar in calendars for period in school_holidays()[calendar]]

    def is_closed(day: dt.date) -> bool:
        if timing.skip_public and is_public_holiday(day):
            return True
        return any(first <= day <= last for first, last in periods)

    return is_closed


def school_holidays() -> dict[str, list[Period]]:
    """The periods of each school calendar, the weekends around them included: no school then."""
    return remember(("school holidays",), _read_school_holidays)


def _read_school_holidays() -> dict[str, list[Period]]:
    found: dict[str, list[Period]] = {calendar: [] for calendar in SchoolCalendar.values}
    for calendar, first, last in SchoolHoliday.objects.values_list("calendar", "first", "last"):
        found[calendar].append((_weekend_before(first), _weekend_after(last)))
    return found


def _weekend_before(day: dt.date) -> dt.date:
    """The Saturday before a Monday; any other day itself."""
    return day - dt.timedelta(days=2) if day.weekday() == 0 else day


def _weekend_after(day: dt.date) -> dt.date:
    """The Sunday after a Friday or Saturday; any other day itself."""
    return day + dt.timedelta(days=max(0, 6 - day.weekday()) if day.weekday() >= 4 else 0)


def known_until(skip: str) -> dt.date | None:
    """The last day for which these school holidays are known; None when nothing is left out, or
    nothing is known."""
    if not skip:
        return None
    calendars = SchoolCalendar.values if skip == SkipSchool.BOTH else (skip,)
    ends = [max((last for _first, last in school_holidays()[c]), default=None) for c in calendars]
    return None if None in ends else min(ends)


@lru_cache(maxsize=200)
def public_holidays(year: int) -> frozenset[dt.date]:
    """The legal public holidays of Belgium in one year (law of 4 January 1974)."""
    return frozenset(holidays.country_holidays("BE", years=year))


def is_public_holiday(day: dt.date) -> bool:
    return day in public_holidays(day.year)
