"""The words of RFC 5545, read back by another library."""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.feeds.ical import (
    MAX_LINE,
    Entry,
    Span,
    with_address,
    write_calendar,
    write_event,
)

BRUSSELS = ZoneInfo("Europe/Brussels")
STAMP = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
PAGE = "https://reseau.example/agenda/evenement/une-adresse-plus-longue-que-la-ligne-permise/"
DAYS = st.dates(dt.date(1996, 1, 1), dt.date(2099, 12, 1))
TIMES = st.times().map(lambda time: time.replace(microsecond=0))


@st.composite
def spans(draw) -> Span:
    day = draw(DAYS)
    end_day = day + dt.timedelta(days=draw(st.integers(0, 5)))
    start, end = draw(st.none() | TIMES), draw(st.none() | TIMES)
    return Span(day, end_day, start, end if start else None)


@st.composite
def entries(draw) -> tuple[Entry, str]:
    """An entry and where it takes place."""
    entry = Entry(
        uid=draw(st.uuids()).hex,
        span=draw(spans()),
        summary=draw(st.text(max_size=200) | st.just("END:VEVENT")),
        stamp=STAMP,
        sequence=draw(st.integers(0, 9)),
        description=draw(st.text(max_size=300) | st.just("END:VEVENT\r\nEND:VEVENT")),
        is_cancelled=draw(st.booleans()),
    )
    return entry, draw(st.text(max_size=100))


def kept(text: str) -> str:
    """What a text value may hold."""
    return "".join(c for c in text.replace("\r", "") if c == "\n" or (c >= " " and c != "\x7f"))


@settings(max_examples=300, deadline=None)
@given(st.lists(entries(), max_size=4))
def test_what_is_written_is_read_back(written):
    text = write_calendar(
        "Agenda du réseau",
        [with_address(write_event(entry), location, PAGE) for entry, location in written],
    )
    data = text.encode("utf-8", "surrogatepass")
    assert all(len(line) <= MAX_LINE for line in data.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(text)
    assert str(calendar["NAME"]) == "Agenda du réseau"
    read = calendar.walk("VEVENT")
    assert len(read) == len(written)
    for event, (entry, location) in zip(read, written, strict=True):
        span = entry.span
        assert str(event["UID"]) == entry.uid
        assert str(event["SUMMARY"]) == kept(entry.summary)
        assert str(event.get("DESCRIPTION", "")) == kept(entry.description)
        assert str(event.get("LOCATION", "")) == kept(location)
        assert str(event["URL"]) == PAGE
        assert event["SEQUENCE"] == entry.sequence
        assert event["DTSTAMP"].dt == STAMP
        assert str(event["STATUS"]) == ("CANCELLED" if entry.is_cancelled else "CONFIRMED")
        start = event["DTSTART"].dt
        if span.start_time is None:
            assert start == span.day
            assert event["DTEND"].dt == span.end_day + dt.timedelta(days=1)
        else:
            assert start == dt.datetime.combine(span.day, span.start_time, BRUSSELS)
            assert ("DTEND" in event) is (span.end_time is not None)


def test_a_series_with_what_it_leaves_out_and_a_date_that_moved():
    usual = Span(dt.date(2026, 3, 2), dt.date(2026, 3, 2), dt.time(18), dt.time(20))
    moved = Span(dt.date(2026, 3, 17), dt.date(2026, 3, 17), dt.time(19), dt.time(20))
    series = Entry(
        *("a", usual, "Atelier", STAMP, 3),
        rule="FREQ=WEEKLY;BYDAY=MO;WKST=MO;UNTIL=20260330T160000Z",
        days_out=(dt.date(2026, 3, 9),),
    )
    other = Entry(
        *("a", moved, "Atelier", STAMP, 3),
        instead_of=Span(dt.date(2026, 3, 16), dt.date(2026, 3, 16), dt.time(18), dt.time(20)),
    )
    text = "".join(write_event(entry) for entry in (series, other))
    calendar = icalendar.Calendar.from_ical(
        write_calendar("A", [with_address(text, "Rue Haute 1", PAGE)])
    )
    assert [str(event["LOCATION"]) for event in calendar.walk("VEVENT")] == ["Rue Haute 1"] * 2

    found = recurring_ical_events.of(calendar).between(
        dt.datetime(2026, 3, 1, tzinfo=BRUSSELS), dt.datetime(2026, 5, 1, tzinfo=BRUSSELS)
    )
    starts = sorted(event.start.astimezone(BRUSSELS) for event in found)
    assert [(start.day, start.hour) for start in starts] == [(2, 18), (17, 19), (23, 18), (30, 18)]
