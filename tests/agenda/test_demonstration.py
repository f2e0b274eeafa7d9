"""The agenda of the demonstration says what the data says: no day, no hour of its own."""

import datetime as dt
from collections import Counter

import pytest
from django.core.cache import cache
from django.utils import timezone
from schedule.models import Event as ScheduledEvent
from schedule.models import Occurrence
from wagtail.models import Revision

from accounts.models import User
from agenda.closures import is_public_holiday
from agenda.enums import DateState, EventKind, Frequency
from agenda.models import DateChange, Event, EventDate, Programme, SchoolHoliday, Timing
from core.models import DemonstrationItem
from home.demonstration.loader import load, remove
from home.demonstration.source import NETWORK_FILE, read
from tests.conftest import run_commit_hooks

DATA, WORDS = read(NETWORK_FILE), read("agenda")
ACTIVITIES = {row["id"]: row for row in DATA["recurring_activities"]}
D = dt.date


@pytest.fixture(scope="module")
def report(shared_database):
    cache.clear()
    report = load(host="testserver", port=80)
    run_commit_hooks()
    return report


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@maillage-demo.example")


def of_the_data():
    """Without the imaginary ones that wait in the moderators' queue."""
    return Event.objects.filter(proposal=None)


def event_of(row: dict) -> Event:
    """The event that a row of the single events became, or is a date of."""
    if activity := WORDS["dates_of"].get(row["title"]):
        return Event.objects.get(slug=activity)
    if words := WORDS["events"].get(row["title"]):
        return Event.objects.get(slug=words["slug"])
    if meeting := WORDS["meeting_rows"].get(row["title"]):
        return Event.objects.get(slug=f"reunion-egalites-numeriques-{meeting['date']}")
    return Event.objects.get(slug="atelier-good-food")


def hours_of(row: dict) -> set[tuple]:
    """All the hours that the data states for an activity."""
    said = row["recurrence"]
    return {
        tuple(slot[name] and dt.time.fromisoformat(slot[name]) for name in ("start", "end"))
        for slot in (said.get("slots") or [said])
    }


def test_every_activity_is_an_event_a_programme_or_is_said_to_be_none(report, db):
    assert len(ACTIVITIES) == 34
    made = set(Event.objects.filter(slug__in=ACTIVITIES).values_list("slug", flat=True))
    programmes = set(Programme.objects.values_list("slug", flat=True))
    left = ACTIVITIES.keys() - made - programmes
    assert (len(made), len(programmes)) == (28, 1)
    assert left == WORDS["no_events"].keys()
    for key in left:
        line = f"{ACTIVITIES[key]['name']} : pas dans l’agenda : "
        assert any(one.startswith(line) for one in report.lines), key


def test_every_event_is_published_in_both_languages(report, db):
    assert of_the_data().count() == 28 + 15 + 22 + 2 + 4
    for event in of_the_data():
        assert event.live, event
        for name in event.bilingual:
            pair = [getattr(event, f"{name}_{code}") for code in ("fr", "nl")]
            assert all(pair) or not any(pair), (event, name)
        assert DemonstrationItem.objects.filter(
            content_type__model="event", object_id=event.pk
        ).exists()


def test_each_of_the_43_rows_is_one_date_and_none_is_there_twice(report, db):
    assert len(DATA["one_off_events"]) == 43
    found = Counter()
    for row in DATA["one_off_events"]:
        event = event_of(row)
        if row["date"] is None or row.get("date_precision") == "mois":
            date = event.dates.get()
            assert (date.day_is_known, date.occurrence) == (False, None)
            assert str(date.day)[:7] == (row["date"] or "2023-11")
        else:
            day = D.fromisoformat(row["date"])
            if not event.timings.filter(frequency=Frequency.WEEKS).exists():
                date = event.dates.get(day=day)
                assert str(date.end_day) == row.get("end_date", row["date"])
            else:
                assert event.timings.get().first == day
        found[event.slug] += 1
    for row in DATA["recurring_activities"]:
        if dates := row["recurrence"].get("dates"):
            days = Event.objects.get(slug=row["id"]).dates.values_list("day", flat=True)
            assert sorted(map(str, days)) == dates, row["id"]
    assert sum(found.values()) == 43
    assert found["bulle-d-air"] == 10
    lines = "\n".join(report.lines)
    assert lines.count("date de l’activité « ") == 26
    assert "31/11/23" in lines


def test_no_hour_is_invented(report, db):
    for key, row in ACTIVITIES.items():
        timings = Timing.objects.filter(event__slug=key).exclude(frequency=Frequency.MONTH)
        if row["recurrence"].get("seasons"):
            assert set(timings.values_list("start_time", "end_time")) == {(dt.time(11, 30), None)}
            continue
        assert set(timings.values_list("start_time", "end_time")) <= hours_of(row), key
    singles = Event.objects.filter(slug__in=[row["slug"] for row in WORDS["events"].values()])
    meetings = of_the_data().filter(group__isnull=False)
    assert singles.count() == 15
    assert not Timing.objects.filter(event__in=singles, start_time__isnull=False).exists()
    assert not Timing.objects.filter(event__in=meetings, start_time__isnull=False).exists()


def test_no_weekday_is_invented(report, db):
    for key, row in ACTIVITIES.items():
        said = row["recurrence"]
        known = set(said["weekdays_iso"] or [])
        known |= {slot["weekday_iso"] for slot in said.get("slots", [])}
        for timing in Timing.objects.filter(event__slug=key, frequency=Frequency.WEEKS):
            assert set(timing.weekday_numbers) <= known, key
            assert timing.first.isoweekday() in known, key


def test_prices_ages_and_languages_are_those_of_the_data(report, db):
    for key, row in ACTIVITIES.items():
        if (event := Event.objects.filter(slug=key).first()) is None:
            continue
        assert (event.age_min, event.age_max) == (row.get("age_min"), row.get("age_max"))
        assert event.women_only == row.get("women_only", False)
        assert event.languages == row.get("languages", [])
        assert float(event.price_amount or 0) == row.get("price", {}).get("eur", 0)
        assert bool(event.price) == ("price" in row)
        assert event.place is None or event.place.slug == row["place_id"]
        assert event.organisings.first().organisation.name == row["organiser"]
        assert (event.registration == "required") == ("registration" in row)


def test_partners_without_a_record_are_named_beside(report, db):
    event = Event.objects.get(slug="bulle-d-air")
    assert "Patinoire du Poséidon" in event.other_organisers
    names = {row.organisation.name for row in event.organisings.all()}
    assert {"Article 27", "Commune d'Ixelles"} <= names


def test_no_week_is_without_a_public_date(report, db):
    monday = timezone.localdate() - dt.timedelta(days=timezone.localdate().weekday())
    for number in range(53):
        first = monday + dt.timedelta(weeks=number)
        week = EventDate.objects.visible_to(None).filter(
            day__range=(first, first + dt.timedelta(days=6)), state=DateState.PLANNED
        )
        assert week.count() >= 8, first


def test_what_has_an_end_of_its_own_or_of_its_place_stops_there(report, db):
    for slug, last in (
        ("cafe-solidaire", D(2024, 6, 25)),  # the last Tuesday before La Serre closes
        ("restaurant-social", D(2024, 3, 15)),
        ("atelier-num-enfants", D(2023, 12, 20)),
    ):
        event = Event.objects.get(slug=slug)
        assert event.dates.latest("day").day == last, slug
        assert event.dates_to_confirm, slug
    assert Event.objects.get(slug="restaurant-social").timings.count() == 2


def test_an_activity_without_days_says_so_in_words(report, db):
    for slug in ("boondael-en-action", "fils-de-l-eau", "cisa", "rentree-scolaire"):
        event = Event.objects.get(slug=slug)
        assert not event.timings.exists()
        assert event.when_fr
        assert event.when_nl
        assert event.dates_to_confirm


def test_school_holidays_and_public_holidays_are_left_out_where_the_data_says_so(report, db):
    period = SchoolHoliday.objects.get(calendar="fr", first=D(2026, 2, 16))
    without = next(row for row in DATA["school_periods"] if row["name"].startswith("hors"))
    for slug in without["activities"]:
        dates = EventDate.objects.filter(event__slug=slug)
        assert not dates.filter(day__range=(period.first, period.last)).exists(), slug
    assert EventDate.objects.filter(
        event__slug="petits-dejeuners", day__range=(period.first, period.last)
    ).exists()
    days = EventDate.objects.filter(event__slug="valise-a-livres").values_list("day", flat=True)
    assert not [day for day in days if is_public_holiday(day)]


def test_changed_dates_stay_visible_with_their_reason(report, db):
    cancelled = EventDate.objects.get(event__slug="flagey-holidays", state=DateState.CANCELLED)
    assert cancelled.day == D(2023, 7, 27)
    assert "pluie" in cancelled.change.note_fr
    moved = EventDate.objects.get(event__slug="atelier-good-food", state=DateState.MOVED)
    assert (moved.day, moved.moved_to.day) == (D(2023, 10, 17), D(2023, 12, 5))
    assert "attentats" in moved.change.note_fr
    august = EventDate.objects.get(event__slug="groupe-culturel", day=D(2023, 8, 1))
    assert (august.state, august.day_is_known) == (DateState.CANCELLED, False)
    assert Event.objects.get(slug="groupe-culturel").timings.count() == 10


def test_meetings_are_their_group_s_and_assemblies_the_members(report, db):
    meetings = Event.objects.filter(kind=EventKind.GROUP_MEETING)
    expected = sum(len(group["meetings"]) for group in DATA["working_groups"])
    assert meetings.count() == expected == 22
    mine = Event.objects.visible_to(person("membre.sante.mentale")).filter(pk__in=meetings)
    assert {event.group.slug for event in mine} == {"sante-mentale"}
    assert mine.count() == 7
    assert not Event.objects.visible_to(None).filter(pk__in=meetings).exists()
    assert not Event.objects.visible_to(person("membre")).filter(pk__in=meetings).exists()
    assemblies = Event.objects.filter(slug__startswith="pleniere-")
    assert assemblies.count() == len(DATA["assemblies"]) == 4
    assert Event.objects.visible_to(person("membre")).filter(pk__in=assemblies).count() == 4
    assert not Event.objects.visible_to(None).filter(pk__in=assemblies).exists()
    published = Event.objects.filter(live=True)
    assert Event.objects.visible_to(person("coordination")).count() == published.count()


def test_the_programme_holds_its_own_events(report, db):
    programme = Programme.objects.get()
    assert (programme.first, programme.last) == (D(2023, 10, 1), D(2023, 11, 30))
    assert set(programme.events.values_list("slug", flat=True)) == {
        *("preparation-automne-solidarites", "automne-solidarites-ouverture"),
        *("atelier-good-food", "bulle-de-relax", "automne-solidarites-cloture"),
    }
    assert Event.objects.get(slug="cafe-solidaire").follows.slug == "fourchette-solidaire"


def everything() -> dict:
    models = (Event, Timing, EventDate, DateChange, Occurrence, ScheduledEvent, Programme)
    found = {model.__name__: set(model.objects.values_list("pk", flat=True)) for model in models}
    of_events = Revision.objects.filter(content_type__model="event")
    return found | {
        "revisions": set(of_events.values_list("pk", flat=True)),
        "holidays": set(SchoolHoliday.objects.values_list("pk", flat=True)),
        "published": set(Event.objects.values_list("pk", "last_published_at", "sequence")),
    }


def test_loading_again_changes_nothing_and_people_s_changes_stay(report, db):
    edited = Event.objects.get(slug="petits-dejeuners").get_latest_revision_as_object()
    edited.title_fr = "Le petit déjeuner du vendredi"
    edited.save_revision().publish()
    before = everything()
    load(host="testserver", port=80)
    assert everything() == before
    assert Event.objects.get(slug="petits-dejeuners").title_fr == "Le petit déjeuner du vendredi"


def test_taking_it_out_leaves_an_empty_calendar_and_the_holidays(report, db):
    remove()
    for model in (Event, EventDate, Occurrence, ScheduledEvent, DateChange, Programme):
        assert not model.objects.exists(), model
    assert SchoolHoliday.objects.exists()
