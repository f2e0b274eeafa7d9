"""When the activities of the data take place: what it says of days and hours, and nothing more."""

import datetime as dt
import uuid

from agenda.enums import Frequency, SkipSchool
from agenda.models import Timing
from home.demonstration.source import NETWORK_FILE, read

NAMESPACE = uuid.UUID("0f5be0c1-6f6c-4a0e-9d3e-3f7f5c0b4b57")
WITHOUT_SCHOOL = "hors vacances scolaires"
WITHOUT_PUBLIC = "jours fériés"


def timings_of(row: dict, words: dict, until: dt.date | None) -> list[Timing]:
    """The timings of an activity of the data; none when it says neither a weekday nor a date.

    `words` is its row of agenda.json. What has no end of its own ends with its place, `until`.
    """
    said = row["recurrence"]
    hours = {"start_time": _time(said["start"]), "end_time": _time(said["end"])}
    seasons = said.get("seasons") or _seasons_of(words.get("seasons_of"))
    if seasons:
        return [
            _weekly(said["weekdays_iso"], _day(season["start"]), _day(season["end"]), hours)
            for season in seasons
        ]
    if dates := said.get("dates"):
        return [Timing(first=_day(day), **hours) for day in dates]
    if sessions := row.get("sessions"):
        held = [session for session in sessions if session.get("status") != "pas de sortie"]
        return [Timing(frequency=Frequency.MONTH, first=_day(session["month"])) for session in held]
    first = _day(words.get("first") or said.get("since") or row.get("opened"))
    last = _day(words["last"]) if "last" in words else until
    skipped = {
        "skip_school": SkipSchool.FRENCH if _is_without_school(row["id"]) else SkipSchool.NO,
        "skip_public": WITHOUT_PUBLIC in said.get("period", ""),
    }
    if slots := said.get("slots"):
        return [_weekly(days, first, last, at | skipped) for days, at in _by_hours(slots)]
    if said["weekdays_iso"]:
        return [_weekly(said["weekdays_iso"], first, last, hours | skipped)]
    return []


def timing_of_date(row: dict, month: str | None) -> Timing:
    """The one timing of a single event or meeting. `month` stands for a date that cannot be."""
    if month or row.get("date_precision") == "mois":
        return Timing(frequency=Frequency.MONTH, first=_day(month or row["date"]))
    first = _day(row["date"])
    last = _day(row.get("end_date") or row["date"])
    return Timing(
        first=first,
        more_days=(last - first).days,
        start_time=_time(row.get("start")),
        end_time=_time(row.get("end")),
    )


def named(timings: list[Timing], slug: str) -> list[Timing]:
    """The same timings under names that do not change from one loading to the next."""
    for order, timing in enumerate(timings):
        key = f"{slug}/{timing.frequency}/{timing.first}/{timing.start_time}"
        timing.uid, timing.sort_order = uuid.uuid5(NAMESPACE, key), order
    return timings


def has_no_end(timing: Timing) -> bool:
    return timing.comes_back and timing.last is None


def _weekly(weekdays: list[int], first: dt.date, last: dt.date | None, more: dict) -> Timing:
    """Every week; it begins on the first of its weekdays, as calendar programs want it."""
    while first.isoweekday() not in weekdays:
        first += dt.timedelta(days=1)
    return Timing(
        frequency=Frequency.WEEKS,
        first=first,
        last=last,
        weekdays=",".join(str(number) for number in sorted(weekdays)),
        **more,
    )


def _by_hours(slots: list[dict]) -> list[tuple[list[int], dict]]:
    """Weekdays that share their hours, together."""
    days: dict[tuple, list[int]] = {}
    for slot in slots:
        days.setdefault((slot["start"], slot["end"]), []).append(slot["weekday_iso"])
    return [
        (weekdays, {"start_time": _time(start), "end_time": _time(end)})
        for (start, end), weekdays in days.items()
    ]


def _seasons_of(activity: str | None) -> list[dict]:
    rows = read(NETWORK_FILE)["recurring_activities"]
    return next((row["recurrence"]["seasons"] for row in rows if row["id"] == activity), [])


def _is_without_school(activity: str) -> bool:
    periods = read(NETWORK_FILE)["school_periods"]
    return any(
        activity in period["activities"]
        for period in periods
        if period.get("name") == WITHOUT_SCHOOL
    )


def _day(text: str) -> dt.date:
    """A day of the data; the first of the month or of the year where it says no more."""
    return dt.date.fromisoformat((text + "-01-01")[:10])


def _time(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None
