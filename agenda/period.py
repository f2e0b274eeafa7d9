"""The stretch of days that a visit to the agenda is about."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from agenda.closures import school_holidays
from agenda.enums import SchoolCalendar
from agenda.recurrence import EARLIEST, LATEST

MAX_DAYS = 400  # a longer period is cut
LIST_DAYS = 30  # how far a list looks when nobody says
SHORTCUTS = ("aujourdhui", "demain", "week-end", "vacances")


@dataclass(frozen=True)
class Period:
    """From one day to another, both included."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        assert self.first <= self.last

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    @property
    def bounds(self) -> tuple[dt.date, dt.date]:
        return self.first, self.last

    @property
    def days(self) -> list[dt.date]:
        number = (self.last - self.first).days + 1
        return [self.first + dt.timedelta(days=index) for index in range(number)]


def day_period(day: dt.date) -> Period:
    return Period(day, day)


def week_period(day: dt.date) -> Period:
    """The week of a day, from Monday to Sunday."""
    monday = day - dt.timedelta(days=day.weekday())
    return Period(monday, monday + dt.timedelta(days=6))


def month_period(day: dt.date) -> Period:
    first = day.replace(day=1)
    following = (first + dt.timedelta(days=31)).replace(day=1)
    return Period(first, following - dt.timedelta(days=1))


def parse_day(text: str) -> dt.date | None:
    """A day of an address or a field, « 2026-03-04 »; None when it is none, or out of limits."""
    try:
        day = dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and EARLIEST <= day <= LATEST else None


def parse_week(text: str) -> dt.date | None:
    """The Monday of « 2026-W10 »; None when it is no week, or out of limits."""
    year, _w, week = text.partition("-W")
    if not (year.isascii() and year.isdigit() and week.isascii() and week.isdigit()):
        return None
    try:
        return parse_day(dt.date.fromisocalendar(int(year), int(week), 1).isoformat())
    except ValueError:
        return None


def parse_month(text: str) -> dt.date | None:
    """The first day of « 2026-03 »; None when it is no month, or out of limits."""
    return parse_day(f"{text}-01") if len(text) == 7 else None


def _period_of(parse, period) -> Callable[[str], Period | None]:
    def read(text: str) -> Period | None:
        day = parse(text)
        return period(day) if day else None

    return read


# What an address may name, and how it says which one.
PARSERS = {
    "day": _period_of(parse_day, day_period),
    "week": _period_of(parse_week, week_period),
    "month": _period_of(parse_month, month_period),
}


def shortcut_period(name: str, today: dt.date) -> Period | None:
    """What « ce week-end » and the others mean today; None for a name that means nothing, and for
    holidays that nobody knows of."""
    if name == "aujourdhui":
        return day_period(today)
    if name == "demain":
        return day_period(today + dt.timedelta(days=1))
    if name == "week-end":
        sunday = week_period(today).last
        return Period(max(today, sunday - dt.timedelta(days=1)), sunday)
    if name == "vacances":
        ahead = sorted(
            period
            for calendar in SchoolCalendar.values
            for period in school_holidays()[calendar]
            if period[1] >= today
        )
        return Period(max(today, ahead[0][0]), ahead[0][1]) if ahead else None
    return None


def asked_period(params, today: dt.date | None = None) -> tuple[Period, str]:
    """The period that a query string asks for with `du`, `au` or `quand`, and a plain sentence
    when something in it was not understood or was cut (else empty).

    Nothing asked: the `LIST_DAYS` that begin today. Only `du`: as long from there. Only `au`: from
    today, or as long before when that is over.
    """
    today = today or timezone.localdate()
    length = dt.timedelta(days=LIST_DAYS)
    default = Period(today, today + length)
    if shortcut := params.get("quand", ""):
        period = shortcut_period(shortcut, today)
        return (period, "") if period else (default, _("Cette période n’est pas connue."))
    said = {name: params.get(name, "").strip() for name in ("du", "au")}
    first, last = (parse_day(said[name]) for name in ("du", "au"))
    if (said["du"] and not first) or (said["au"] and not last):
        return default, _(
            "Une date n’a pas été comprise. Écrivez-la ainsi : 2026-03-04, entre 1990 et 2099."
        )
    if first is None and last is None:
        return default, ""
    if first is None:
        first = today if last >= today else last - length
    if last is None:
        last = min(first + length, LATEST)
    if last < first:
        return Period(last, first), _("La fin venait avant le début : nous les avons échangés.")
    if (last - first).days >= MAX_DAYS:
        cut = Period(first, first + dt.timedelta(days=MAX_DAYS - 1))
        return cut, _("Une période compte au plus %(number)d jours : la suite a été laissée.") % {
            "number": MAX_DAYS
        }
    return Period(first, last), ""
