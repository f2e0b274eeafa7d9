"""One date: cancelled, moved, other hours, a word; by whom, and who is told."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.notifications import tell
from agenda.enums import DateState, Frequency
from agenda.models import DateChange, Event, EventDate
from agenda.services.dates import change_date
from coordination.directory.models import Organisation
from core.models import Audience
from tests.agenda.making import again, make_event, timing, weekly
from tests.conftest import client_of
from tests.people import Role

D = dt.date
BRUSSELS = ZoneInfo("Europe/Brussels")
NINTH = D(2026, 3, 9)


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 1, 12, tzinfo=BRUSSELS))


@pytest.fixture
def event(network, people) -> Event:
    house = Organisation.objects.get(slug="organisme-a")
    return make_event(network, weekly(last=D(2026, 3, 16)), organisers=[house], title_fr="Repas")


def address(event: Event, day: D = NINTH) -> str:
    return reverse("agenda:change_date", args=[event.slug, day])


def send(event: Event, user, day: D = NINTH, **data):
    which = event.dates.filter(day=day).first()
    return client_of(user).post(address(event, day), {"which": which.pk if which else "", **data})


def test_a_date_is_cancelled_in_two_touches_and_seen_everywhere(event, people, client):
    page = client_of(people[Role.REPRESENTATIVE]).get(event.date_url(NINTH)).content.decode()
    assert f"{address(event)}?etat=cancelled" in page
    response = send(event, people[Role.REPRESENTATIVE], state="cancelled", note_fr="Il pleut")
    assert response.status_code == 302
    for path in (event.url, event.date_url(NINTH), reverse("agenda:list")):
        body = client.get(path).content.decode()
        assert "Il pleut" in body, path
        assert "annulé" in body.lower(), path


def test_a_moved_date_is_linked_and_can_be_taken_back(event, people, client):
    keeper = people[Role.REPRESENTATIVE]
    send(event, keeper, state="moved", new_day="2026-03-11", new_start_time="10:00")
    new = event.dates.get(day=D(2026, 3, 11))
    assert new.start_time == dt.time(10)
    assert event.date_url(D(2026, 3, 11)) in client.get(event.date_url(NINTH)).content.decode()
    # Changed once more, from where it stands now.
    send(event, keeper, D(2026, 3, 11), state="cancelled")
    assert event.dates.get(day=NINTH).state == DateState.CANCELLED
    assert not event.dates.filter(day=D(2026, 3, 11)).exists()
    old = event.dates.get(day=NINTH)
    client_of(keeper).post(address(event), {"restore": old.pk})
    assert event.dates.get(day=NINTH).state == DateState.PLANNED
    assert not DateChange.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"state": "moved"},
        {"state": "moved", "new_day": "2026-03-09"},
        {"state": "moved", "new_day": "9999-12-31"},
        {"state": "moved", "new_day": "0001-01-01"},
        {"state": "changed"},
        {"state": "changed", "new_start_time": "12:00", "new_end_time": "11:00"},
        {"state": "planned"},
        {"state": "x"},
        {},
        {"state": "cancelled", "note_fr": "a" * 201},
    ],
)
def test_what_makes_no_sense_is_refused_and_kept_on_the_screen(event, people, data):
    response = send(event, people[Role.REPRESENTATIVE], **data)
    assert response.status_code == 422
    for value in data.values():
        assert value in response.content.decode()
    assert not DateChange.objects.exists()


def test_a_draft_and_a_later_version_know_nothing_of_it_and_keep_it(event, people):
    send(event, people[Role.REPRESENTATIVE], state="cancelled", note_fr="Il pleut")
    changed = again(event, title_fr="Autre titre")
    assert changed.dates.get(day=NINTH).state == DateState.CANCELLED


def test_others_find_no_such_screen(event, people, client, network):
    for role in (Role.MEMBER, Role.FORMER, Role.WAITING, Role.PILOT):
        assert client_of(people[role]).get(address(event)).status_code == 404, role
        assert send(event, people[role], state="cancelled").status_code == 404
    assert client.get(address(event)).status_code == 302  # asked to sign in
    hidden = make_event(network, timing(), audience=Audience.objects.for_tokens([]))
    assert client.get(address(hidden, D(2026, 3, 2))).status_code == 404
    keeper = client_of(people[Role.REPRESENTATIVE])
    assert keeper.get(address(event, D(2026, 3, 10))).status_code == 404
    other = make_event(network, timing(), title_fr="D’une autre association")
    assert keeper.get(address(other, D(2026, 3, 2))).status_code == 404
    # A date of another event is not changed through one's own.
    theirs = EventDate.objects.get(event=other)
    assert (
        keeper.post(address(event), {"which": theirs.pk, "state": "cancelled"}).status_code == 422
    )
    assert keeper.post(address(event), {"restore": theirs.pk}).status_code == 404


def test_those_who_hold_the_event_are_told_and_whoever_did_it_is_not(event, people):
    keeper, coordinator = people[Role.REPRESENTATIVE], people[Role.COORDINATOR]
    change_date(actor=coordinator, date=event.dates.get(day=NINTH), state=DateState.CANCELLED)
    told = [one for _row, one in tell(keeper, list(keeper.notifications.all()))]
    assert ["Repas" in one.detail for one in told] == [True]
    assert not coordinator.notifications.filter(kind="agenda.date_changed").exists()
    assert not people[Role.MEMBER].notifications.filter(kind="agenda.date_changed").exists()


def test_two_hours_of_one_day_are_changed_apart(network, people):
    event = make_event(network, timing(hours="09:00"), timing(hours="14:00"))
    morning, afternoon = event.dates.order_by("start_time")
    change_date(actor=people[Role.COORDINATOR], date=afternoon, state=DateState.CANCELLED)
    morning.refresh_from_db()
    assert morning.state == DateState.PLANNED
    body = client_of(people[Role.COORDINATOR]).get(address(event, D(2026, 3, 2))).content.decode()
    assert 'type="radio"' in body
    assert "which" in body


def test_there_is_nothing_to_change_without_a_day_or_before_publication(event, people, network):
    keeper = client_of(people[Role.COORDINATOR])
    some_day = make_event(network, timing(D(2026, 5, 1), "", frequency=Frequency.MONTH))
    assert keeper.get(address(some_day, D(2026, 5, 1))).status_code == 404
    assert keeper.get(address(event)).status_code == 200
    event.unpublish()
    assert keeper.get(address(event)).status_code == 404


def test_a_night_gets_other_hours_too(network, people):
    night = make_event(network, timing(D(2026, 3, 6), "22:00-02:00", more_days=1))
    words = {"state": "changed", "new_start_time": "23:00", "new_end_time": "03:00"}
    assert send(night, people[Role.COORDINATOR], D(2026, 3, 6), **words).status_code == 302
    date = night.dates.get()
    assert (date.start_time, date.end_time) == (dt.time(23), dt.time(3))
    assert date.occurrence.end.astimezone(BRUSSELS) == dt.datetime(2026, 3, 7, 3, tzinfo=BRUSSELS)


def test_the_service_refuses_what_no_form_sends(event, people):
    date = event.dates.get(day=NINTH)
    for words in ({"state": "moved"}, {"state": "nonsense"}):
        with pytest.raises(ValidationError):
            change_date(actor=people[Role.COORDINATOR], date=date, **words)
