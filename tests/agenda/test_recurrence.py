"""Which days a timing falls on: the closed list, its limits, its words of RFC 5545."""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.enums import Frequency
from agenda.recurrence import (
    MAX_DATES,
    NTHS,
    Recurrence,
    days_between,
    first_day,
    last_day,
    rule_parts,
)

START, END = dt.date(2026, 1, 1), dt.date(2027, 12, 31)
D = dt.date
BRUSSELS = ZoneInfo("Europe/Brussels")


def days(recurrence: Recurrence, start=START, end=END, closed=()) -> list[dt.date]:
    return days_between(recurrence, start, end, lambda day: day in closed)


def test_once_is_one_day_inside_the_window_only():
    once = Recurrence(Frequency.ONCE, D(2026, 3, 4))
    assert days(once) == [D(2026, 3, 4)]
    assert days(once, D(2026, 3, 5)) == []


def test_several_weekdays_begin_on_the_first_that_fits():
    some = Recurrence(Frequency.WEEKS, D(2026, 3, 4), D(2026, 3, 12), weekdays=(1, 3, 4))
    assert days(some) == [
        D(2026, 3, 4),
        D(2026, 3, 5),
        D(2026, 3, 9),
        D(2026, 3, 11),
        D(2026, 3, 12),
    ]
    assert first_day(some) == D(2026, 3, 4)


def test_every_other_week_counts_the_week_it_begins_in():
    # It begins on a Wednesday: the Monday of that week is over, the next one is of the wrong week.
    some = Recurrence(Frequency.WEEKS, D(2026, 3, 4), interval=2, weekdays=(1,))
    assert days(some, end=D(2026, 4, 1)) == [D(2026, 3, 16), D(2026, 3, 30)]
    assert first_day(some) == D(2026, 3, 16)


@pytest.mark.parametrize(
    ("nth", "expected"),
    [
        (1, [D(2026, 3, 3), D(2026, 4, 7), D(2026, 5, 5)]),
        (4, [D(2026, 3, 24), D(2026, 4, 28), D(2026, 5, 26)]),
        (-1, [D(2026, 3, 31), D(2026, 4, 28), D(2026, 5, 26)]),
    ],
)
def test_the_nth_and_the_last_weekday_of_the_month(nth, expected):
    some = Recurrence(Frequency.MONTHS, D(2026, 3, 1), D(2026, 5, 31), weekdays=(2,), nth=nth)
    assert days(some) == expected


def test_the_29th_of_february_comes_back_in_leap_years_only():
    some = Recurrence(Frequency.YEARS, D(2024, 2, 29))
    assert days(some, D(2024, 1, 1), D(2033, 1, 1)) == [
        D(2024, 2, 29),
        D(2028, 2, 29),
        D(2032, 2, 29),
    ]


def test_a_number_of_times_counts_what_takes_place():
    some = Recurrence(Frequency.WEEKS, D(2026, 3, 2), count=3, weekdays=(1,))
    assert days(some) == [D(2026, 3, 2), D(2026, 3, 9), D(2026, 3, 16)]
    closed = {D(2026, 3, 9)}
    assert days(some, closed=closed) == [D(2026, 3, 2), D(2026, 3, 16), D(2026, 3, 23)]
    assert last_day(some, lambda day: day in closed) == D(2026, 3, 23)


def test_a_window_in_the_middle_counts_from_the_beginning():
    some = Recurrence(Frequency.WEEKS, D(2026, 3, 2), count=3, weekdays=(1,))
    assert days(some, D(2026, 3, 10)) == [D(2026, 3, 16)]
    assert days(some, D(2026, 3, 17)) == []


def test_without_end_there_is_no_last_day():
    assert last_day(Recurrence(Frequency.DAYS, D(2026, 3, 2))) is None
    assert last_day(Recurrence(Frequency.DAYS, D(2026, 3, 2), D(2026, 3, 4))) == D(2026, 3, 4)


def test_what_explodes_is_cut():
    daily = Recurrence(Frequency.DAYS, D(1990, 1, 1))
    assert len(days(daily, D(1990, 1, 1), D(2099, 12, 31))) == MAX_DATES
    # An interval of nothing never ends in dateutil.
    assert len(days(Recurrence(Frequency.DAYS, START, interval=0))) == 730


WEEKDAYS = st.lists(st.integers(1, 7), min_size=1, max_size=7, unique=True).map(
    lambda numbers: tuple(sorted(numbers))
)
DAYS = st.dates(D(2025, 6, 1), D(2027, 6, 30))


@st.composite
def recurrences(draw) -> Recurrence:
    frequency = draw(
        st.sampled_from([Frequency.DAYS, Frequency.WEEKS, Frequency.MONTHS, Frequency.YEARS])
    )
    first = draw(DAYS)
    ending = draw(st.sampled_from(["never", "last", "count"]))
    by_weekday = frequency in (Frequency.WEEKS, Frequency.MONTHS)
    return Recurrence(
        frequency=frequency,
        first=first,
        last=first + dt.timedelta(days=draw(st.integers(0, 500))) if ending == "last" else None,
        count=draw(st.integers(1, 60)) if ending == "count" else None,
        interval=draw(st.integers(1, 5)),
        weekdays=draw(WEEKDAYS) if by_weekday else (),
        nth=draw(st.sampled_from(NTHS)),
    )


@settings(max_examples=400, deadline=None)
@given(recurrences(), st.times())
def test_calendar_programs_find_the_same_days_at_the_same_local_hour(recurrence, time):
    """Both clock changes of two years lie in the window; the other reader is
    recurring-ical-events, fed with our words of RFC 5545."""
    first = first_day(recurrence)
    ours = days(recurrence)
    if first is None:
        assert ours == []
        return
    time = time.replace(microsecond=0)
    event = icalendar.Event()
    event.add("uid", "a")
    event.add("dtstart", dt.datetime.combine(first, time, BRUSSELS))
    parts = rule_parts(recurrence)
    last = last_day(recurrence)
    if last is not None:
        until = dt.datetime.combine(last, dt.time.max, BRUSSELS)
        parts["UNTIL"] = until.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    event.add("rrule", icalendar.vRecur.from_ical(";".join(f"{k}={v}" for k, v in parts.items())))
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//test//")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(START, END + dt.timedelta(days=1))
    theirs = sorted({one.start for one in found if START <= one.start.date() <= END})
    assert [moment.date() for moment in theirs] == ours
    assert {moment.time() for moment in theirs} <= {time}


@settings(max_examples=200, deadline=None)
@given(recurrences(), st.sets(DAYS, max_size=60))
def test_the_last_day_is_the_last_one_of_all(recurrence, closed):
    last = last_day(recurrence, lambda day: day in closed)
    if recurrence.last is None and recurrence.count is None:
        assert last is None
    elif last is not None and last.year < 2060:
        whole = days(recurrence, D(2025, 1, 1), D(2060, 12, 31), closed)
        assert len(whole) == MAX_DATES or whole[-1] == last


def test_an_old_series_costs_no_more_than_a_new_one():
    asked = []

    def is_closed(day) -> bool:
        asked.append(day)
        return False

    for frequency, weekdays in ((Frequency.DAYS, ()), (Frequency.WEEKS, (1, 3))):
        old = Recurrence(frequency, D(1990, 1, 1), D(2099, 12, 31), weekdays=weekdays)
        assert days_between(old, START, D(2026, 1, 31), is_closed)
        assert last_day(old, is_closed).year == 2099
    assert len(asked) < 200


@settings(max_examples=200, deadline=None)
@given(recurrences(), st.sets(DAYS, max_size=60), DAYS, DAYS)
def test_a_window_shows_what_the_whole_shows_there(recurrence, closed, one, other):
    start, end = sorted((one, other))
    whole = days(recurrence, D(2025, 1, 1), D(2029, 1, 1), closed)
    assert days(recurrence, start, end, closed) == [day for day in whole if start <= day <= end]
    assert not closed.intersection(whole)
    assert whole == sorted(set(whole))
