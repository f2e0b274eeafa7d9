"""What is published, written into the calendar."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from schedule.models import Event as ScheduledEvent
from schedule.models import Occurrence, Rule

from agenda.enums import DateState, Frequency, SkipSchool
from agenda.models import DateChange, Event, EventDate, SchoolHoliday
from agenda.planning import HORIZON, PAST
from agenda.services.holidays import load_school_holidays
from agenda.services.projection import project
from agenda.tasks import move_the_horizon_on
from tests.agenda.making import MONDAY, again, make_event, timing, weekly

D = dt.date
BRUSSELS = ZoneInfo("Europe/Brussels")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 1, 12, tzinfo=BRUSSELS))


def days(event: Event, **only) -> list[dt.date]:
    return list(event.dates.filter(**only).order_by("day", "pk").values_list("day", flat=True))


def test_a_draft_has_no_date_and_a_published_event_has(network):
    event = make_event(network, timing(), live=False)
    assert days(event) == []
    event.get_latest_revision().publish()
    assert days(event) == [MONDAY]
    event.refresh_from_db()
    event.unpublish()
    assert days(event) == []
    assert not Occurrence.objects.exists()
    assert not ScheduledEvent.objects.exists()


def test_a_draft_of_a_published_event_changes_no_date(network):
    event = make_event(network, timing())
    draft = event.get_latest_revision_as_object()
    draft.timings = [timing(D(2026, 4, 1))]
    draft.save_revision()
    project(Event.objects.get(pk=event.pk))
    assert days(event) == [MONDAY]


def test_hours_stay_the_same_on_both_sides_of_both_clock_changes(network):
    event = make_event(network, weekly(hours="18:00-20:00"))
    moments = Occurrence.objects.filter(event_date__event=event).order_by("start")
    local = [(one.start.astimezone(BRUSSELS), one.end.astimezone(BRUSSELS)) for one in moments]
    assert {(start.time(), end.time()) for start, end in local} == {(dt.time(18), dt.time(20))}
    assert {start.utcoffset() for start, _end in local} == {
        dt.timedelta(hours=1),
        dt.timedelta(hours=2),
    }
    assert {start.date() for start, _end in local} == set(days(event))


def test_what_begins_in_the_hour_that_does_not_exist_ends_no_earlier(network):
    """On 29 March 2026 two o'clock is three o'clock: 2:50 comes after 3:10."""
    date = make_event(network, timing(D(2026, 3, 29), "02:50-03:10")).dates.get()
    assert date.occurrence.start == dt.datetime(2026, 3, 29, 1, 50, tzinfo=dt.UTC)
    assert date.occurrence.end == date.occurrence.start


def test_every_date_of_the_rolling_window_is_a_row_and_none_beyond(network):
    event = make_event(network, weekly(D(1998, 1, 5)))
    found = days(event)
    today = timezone.localdate()
    assert found[0] - (today - PAST) < dt.timedelta(days=7)
    assert (today + HORIZON) - found[-1] < dt.timedelta(days=7)
    assert {day.isoweekday() for day in found} == {1}
    assert len(found) == len(set(found))


def test_single_dates_and_short_series_are_kept_however_old(network):
    event = make_event(
        network, timing(D(1995, 5, 2)), weekly(D(2001, 1, 1), last=D(2001, 1, 15), hours="10:00")
    )
    assert days(event) == [D(1995, 5, 2), D(2001, 1, 1), D(2001, 1, 8), D(2001, 1, 15)]


def test_a_long_series_with_an_end_keeps_what_comes(network):
    event = make_event(
        network, timing(D(1990, 1, 1), frequency=Frequency.DAYS, last=D(2099, 12, 31))
    )
    assert days(event)[-1] == timezone.localdate() + HORIZON


def test_a_date_given_one_by_one_is_a_row_however_old_or_far_it_is(network):
    event = make_event(
        network,
        timing(D(1998, 1, 5)),
        timing(D(2060, 1, 5)),
        timing(D(2015, 1, 9), frequency=Frequency.MONTH),
    )
    assert days(event) == [D(1998, 1, 5), D(2015, 1, 1), D(2060, 1, 5)]
    move_the_horizon_on.call()
    assert len(days(event)) == 3


def test_a_deleted_event_leaves_nothing_in_the_calendar(network):
    kept = make_event(network, weekly())
    gone = make_event(network, weekly(weekdays="2"), timing(D(2026, 3, 7)))
    gone.delete()
    assert {row.projection.event for row in ScheduledEvent.objects.all()} == {kept}
    assert Occurrence.objects.count() == kept.dates.count() > 0


def test_new_dates_are_written_once(network):
    with CaptureQueriesContext(connection) as captured:
        make_event(network, weekly())
    written = [query["sql"] for query in captured if query["sql"].startswith("UPDATE")]
    assert not [sql for sql in written if "agenda_eventdate" in sql or "occurrence" in sql]


def test_the_horizon_moves_on_and_what_stands_keeps_its_key(network, time_machine):
    event = make_event(network, weekly())
    before = dict(event.dates.values_list("day", "pk"))
    time_machine.move_to(dt.datetime(2026, 3, 3, 12, tzinfo=BRUSSELS))
    assert move_the_horizon_on.call() == 0
    time_machine.move_to(dt.datetime(2026, 4, 1, 12, tzinfo=BRUSSELS))
    assert move_the_horizon_on.call() == 1
    after = dict(event.dates.values_list("day", "pk"))
    assert len(after) > len(before)
    assert before.items() <= after.items()
    assert move_the_horizon_on.call() == 0


def test_publishing_again_keeps_dates_and_changes_what_changed(network):
    event = make_event(network, weekly(last=D(2026, 3, 16)))
    keys = dict(event.dates.values_list("day", "pk"))
    event = again(event, title_fr="Autre titre")
    assert dict(event.dates.values_list("day", "pk")) == keys
    assert set(Occurrence.objects.values_list("title", flat=True)) == {"Autre titre"}
    kept = event.timings.get()
    kept.weekdays = "2"
    event = again(event, timings=[kept])
    assert days(event) == [D(2026, 3, 3), D(2026, 3, 10)]
    assert Occurrence.objects.count() == 2


def test_seasons_and_free_dates_are_timings_of_one_event(network):
    event = make_event(
        network,
        weekly(D(2026, 3, 2), "1,3", last=D(2026, 3, 11), hours="11:30"),
        weekly(D(2026, 11, 9), "2", last=D(2026, 11, 24), hours="12:00"),
        timing(D(2026, 6, 21), hours=""),
    )
    assert days(event) == [
        *(D(2026, 3, day) for day in (2, 4, 9, 11)),
        D(2026, 6, 21),
        *(D(2026, 11, day) for day in (10, 17, 24)),
    ]
    assert event.projections.count() == ScheduledEvent.objects.count() == 3
    event = again(event, timings=list(event.timings.all())[:1])
    assert event.projections.count() == ScheduledEvent.objects.count() == 1
    assert len(days(event)) == Occurrence.objects.count() == 4


def test_a_date_without_hours_lasts_the_whole_day_and_invents_none(network):
    event = make_event(network, timing(hours="", more_days=1))
    date = event.dates.get()
    assert (date.start_time, date.end_time) == (None, None)
    assert (date.day, date.end_day) == (MONDAY, MONDAY + dt.timedelta(days=1))
    assert date.occurrence.start.astimezone(BRUSSELS) == dt.datetime(2026, 3, 2, tzinfo=BRUSSELS)
    assert date.occurrence.end.astimezone(BRUSSELS) == dt.datetime(2026, 3, 4, tzinfo=BRUSSELS)


def test_a_month_whose_day_is_not_known_is_no_moment(network):
    event = make_event(network, timing(D(2026, 5, 12), "", frequency=Frequency.MONTH))
    date = event.dates.get()
    assert (date.day, date.day_is_known, date.occurrence) == (D(2026, 5, 1), False, None)
    known = event.timings.get()
    known.frequency = Frequency.ONCE
    date = again(event, timings=[known]).dates.get()
    assert (date.day, date.day_is_known) == (D(2026, 5, 12), True)
    assert date.occurrence is not None
    unknown = Event.objects.get().timings.get()
    unknown.frequency = Frequency.MONTH
    assert again(Event.objects.get(), timings=[unknown]).dates.get().occurrence is None
    assert not Occurrence.objects.exists()


def test_school_holidays_and_public_holidays_are_left_out(network):
    load_school_holidays()
    event = make_event(
        network,
        weekly(D(2026, 4, 13), "1,6", skip_school=SkipSchool.FRENCH, last=D(2026, 5, 18)),
        weekly(D(2026, 4, 20), "5", skip_public=True, last=D(2026, 5, 10)),
    )
    # Spring holidays of French-language schools: 27 April to 8 May, and the weekends around.
    assert days(
        event, start_time=dt.time(13, 30), projection__timing_uid=event.timings.first().uid
    ) == [
        *(D(2026, 4, day) for day in (13, 18, 20)),
        *(D(2026, 5, day) for day in (11, 16, 18)),
    ]
    second = event.timings.last().uid
    assert days(event, projection__timing_uid=second) == [D(2026, 4, 24), D(2026, 5, 8)]


def test_both_school_calendars_close_on_the_days_of_either(network):
    load_school_holidays()
    event = make_event(
        network, weekly(D(2026, 3, 30), "3", skip_school=SkipSchool.BOTH, last=D(2026, 5, 13))
    )
    assert days(event) == [D(2026, 4, 1), D(2026, 4, 22), D(2026, 5, 13)]


def test_another_day_without_school_changes_the_dates(network):
    event = make_event(
        network, weekly(last=D(2026, 3, 16), skip_school=SkipSchool.FRENCH), weekly(weekdays="2")
    )
    assert MONDAY in days(event)
    holiday = SchoolHoliday.objects.create(calendar="fr", name_fr="Pont", first=MONDAY, last=MONDAY)
    from tests.conftest import run_commit_hooks

    run_commit_hooks()
    assert MONDAY not in days(event)
    holiday.delete()
    run_commit_hooks()
    assert MONDAY in days(event)


def test_a_cancelled_date_stays_visible_and_later_versions_remember_it(network):
    event = make_event(network, weekly(last=D(2026, 3, 16)))
    DateChange.objects.create(
        event=event,
        timing_uid=event.timings.get().uid,
        original_day=D(2026, 3, 9),
        state=DateState.CANCELLED,
        note_fr="Pluie",
    )
    project(event)
    date = event.dates.get(day=D(2026, 3, 9))
    assert (date.state, date.change.note) == (DateState.CANCELLED, "Pluie")
    assert date.occurrence.cancelled
    event = again(event, title_fr="Autre titre")
    assert event.dates.get(day=D(2026, 3, 9)).state == DateState.CANCELLED
    # Other hours do not bring it back: it is known by its local day.
    later = event.timings.get()
    later.start_time = dt.time(18)
    event = again(event, timings=[later])
    assert event.dates.get(day=D(2026, 3, 9)).state == DateState.CANCELLED


def test_a_moved_date_leads_to_its_new_one(network):
    event = make_event(network, weekly(last=D(2026, 3, 16)))
    change = DateChange.objects.create(
        event=event,
        timing_uid=event.timings.get().uid,
        original_day=D(2026, 3, 9),
        state=DateState.MOVED,
        new_day=D(2026, 3, 12),
        new_start_time=dt.time(10),
    )
    project(event)
    old, new = event.dates.filter(original_day=D(2026, 3, 9)).order_by("day")
    assert (old.state, old.day, old.moved_to) == (DateState.MOVED, D(2026, 3, 9), new)
    assert (new.state, new.day, new.start_time, new.end_time) == (
        *(DateState.PLANNED, D(2026, 3, 12), dt.time(10), None),
    )
    assert old.occurrence.cancelled
    assert not new.occurrence.cancelled
    assert new.occurrence.moved
    change.delete()
    project(event)
    assert days(event) == [D(2026, 3, 2), D(2026, 3, 9), D(2026, 3, 16)]
    assert Occurrence.objects.count() == 3


def test_what_the_scheduler_holds_has_rules_that_it_survives(network):
    make_event(
        network,
        weekly(weekdays="1,3", interval=2),
        timing(frequency=Frequency.MONTHS, weekdays="2", nth=-1),
        timing(frequency=Frequency.DAYS, interval=3, count=4),
        timing(frequency=Frequency.YEARS),
    )
    assert set(Rule.objects.values_list("frequency", "params")) == {
        ("WEEKLY", "interval:2;byweekday:MO,WE"),
        ("MONTHLY", "interval:1;byweekday:TU;bysetpos:-1"),
        ("DAILY", "interval:3"),
        ("YEARLY", "interval:1"),
    }
    for scheduled in ScheduledEvent.objects.all():
        assert scheduled.calendar.slug.startswith("agenda-")
        assert scheduled.get_rrule_object(dt.UTC) is not None


def test_no_version_brings_back_an_audience_an_address_or_a_place_in_the_line(network):
    from core.models import Audience

    event = make_event(network, timing())
    old = event.get_latest_revision()
    assert old.content_object is not None  # read before what follows
    members = Audience.objects.for_tokens(["member"])
    Event.objects.filter(pk=event.pk).update(audience=members, sequence=7, slug="autre-adresse")
    old.publish()
    event = Event.objects.get(pk=event.pk)
    assert (event.audience, event.slug) == (members, "autre-adresse")
    assert event.sequence == 8  # one more than today’s, whatever the version says


def test_projecting_costs_the_same_for_many_dates_as_for_few(
    network, django_assert_max_num_queries
):
    few = make_event(network, weekly(last=D(2026, 3, 16)))
    many = make_event(network, timing(D(2023, 4, 1), frequency=Frequency.DAYS))
    assert many.dates.count() > 1000
    for event in (few, many):
        with django_assert_max_num_queries(32):
            project(event)
    assert EventDate.objects.count() == few.dates.count() + many.dates.count()
