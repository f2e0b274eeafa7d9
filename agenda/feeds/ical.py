"""The agenda in the words of calendar programs: RFC 5545.

Written by hand: a library's objects cost more than the whole feed. What is written is read back
by two independent readers in the tests.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

CONTENT_TYPE = "text/calendar; charset=utf-8"
MAX_LINE = 75  # octets, 3.1
ZONE = "Europe/Brussels"
# The rules in force since 1996, which hold for all that is older too: nobody subscribes to 1995.
VTIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Brussels
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


@dataclass(frozen=True)
class Span:
    """From one local day and hour to another. Without hours: whole days, both included."""

    day: dt.date
    end_day: dt.date
    start_time: dt.time | None
    end_time: dt.time | None


@dataclass(frozen=True)
class Entry:
    """One VEVENT: a single date, a series, or one date of a series that changed (`instead_of`
    says which)."""

    uid: str
    span: Span
    summary: str
    stamp: dt.datetime
    sequence: int
    description: str = ""
    categories: tuple[str, ...] = ()
    is_cancelled: bool = False
    rule: str = ""
    days_out: tuple[dt.date, ...] = field(default=())
    instead_of: Span | None = None


def write_calendar(name: str, events: Iterable[str]) -> str:
    """A whole calendar, of what `write_event` gave."""
    head = (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Maillage//Agenda//FR"),
        *("CALSCALE:GREGORIAN", "METHOD:PUBLISH"),
        *(f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}", f"X-WR-TIMEZONE:{ZONE}"),
        *("REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H"),
        *VTIMEZONE.splitlines(),
    )
    return "".join((_joined(head), *events, _joined(["END:VCALENDAR"])))


def write_event(entry: Entry) -> str:
    """An entry, without what `with_address` adds."""
    return _joined(_lines(entry))


def with_address(events: str, location: str, url: str) -> str:
    """What `write_event` gave, once or several times, with the same place and page on each."""
    lines = [f"LOCATION:{_text(location)}"] if location else []
    # With the end of the line before: no text of anybody stands at the beginning of a line.
    added = _joined([*lines, f"URL:{url}"])
    return events.replace("\r\nEND:VEVENT\r\n", f"\r\n{added}END:VEVENT\r\n")


def _joined(lines: Iterable[str]) -> str:
    """Lines folded and ended as the standard says."""
    return "".join([f"{_folded(line)}\r\n" for line in lines])


def _lines(entry: Entry) -> Iterator[str]:
    span = entry.span
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    stamp = f"{entry.stamp.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{entry.sequence}"
    if entry.instead_of:
        yield _moment("RECURRENCE-ID", entry.instead_of.day, entry.instead_of.start_time)
    yield _moment("DTSTART", span.day, span.start_time)
    if span.start_time is None:
        yield _moment("DTEND", span.end_day + dt.timedelta(days=1), None)
    elif span.end_time is not None:
        yield _moment("DTEND", span.end_day, span.end_time)
    if entry.rule:
        yield f"RRULE:{entry.rule}"
    for day in entry.days_out:
        yield _moment("EXDATE", day, span.start_time)
    yield f"SUMMARY:{_text(entry.summary)}"
    yield f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}"
    if entry.description:
        yield f"DESCRIPTION:{_text(entry.description)}"
    if entry.categories:
        yield "CATEGORIES:" + ",".join(_text(category) for category in entry.categories)
    yield "END:VEVENT"


def _moment(name: str, day: dt.date, time: dt.time | None) -> str:
    """A property that holds a local moment, or a whole day."""
    if time is None:
        return f"{name};VALUE=DATE:{day.year:04}{day.month:02}{day.day:02}"
    return (
        f"{name};TZID={ZONE}:{day.year:04}{day.month:02}{day.day:02}"
        f"T{time.hour:02}{time.minute:02}{time.second:02}"
    )


def _text(text: str) -> str:
    """A text value, 3.3.11, without the control characters that it may not hold."""
    return CONTROL.sub("", text.translate(ESCAPES))


def _folded(line: str) -> str:
    """A line cut into pieces of at most `MAX_LINE` octets, never within a character."""
    if len(line) <= MAX_LINE and line.isascii():
        return line
    pieces, piece, size = [], [], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > MAX_LINE:
            pieces.append("".join(piece))
            piece, size = [], 1  # the space that begins the next line
        piece.append(character)
        size += octets
    pieces.append("".join(piece))
    return "\r\n ".join(pieces)
