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
    # Taken back, from where it stands now.
    client_of(keeper).post(address(event, D(2026, 3, 11)), {"restore": new.pk})
    assert event.dates.get(day=NINTH).state == DateState.PLANNED
    assert not event.dates.filter(day=D(2026, 3, 11)).exists()
    assert not DateChange.objects.exists()


def test_a_moved_date_that_is_cancelled_stays_visible_at_its_new_day(event, people, client):
    keeper, eleventh = people[Role.REPRESENTATIVE], D(2026, 3, 11)
    send(event, keeper, state="moved", new_day="2026-03-11", new_start_time="10:00")
    send(event, keeper, eleventh, state="cancelled", note_fr="Il pleut")
    old, new = event.dates.filter(original_day=NINTH).order_by("day")
    assert (old.day, old.state, old.moved_to) == (NINTH, DateState.MOVED, new)
    assert (new.day, new.state) == (eleventh, DateState.CANCELLED)
    assert new.start_time == dt.time(10)  # what people have noted
    day_url = reverse("agenda:day", args=[eleventh])
    for path in (event.date_url(eleventh), day_url, event.url, reverse("agenda:list")):
        body = client.get(path).content.decode()
        assert "Il pleut" in body, path
        assert "annulé" in body.lower(), path
    assert event.date_url(eleventh) in client.get(event.date_url(NINTH)).content.decode()
    assert "EventCancelled" in client.get(event.date_url(eleventh)).content.decode()
    client_of(keeper).post(address(event), {"restore": old.pk})
    assert event.dates.get(original_day=NINTH).state == DateState.PLANNED
    assert client.get(event.date_url(eleventh)).status_code == 404


@pytest.mark.parametrize(
    ("data", "state", "start"),
    [
        ({"state": "planned", "note_fr": "Au premier"}, DateState.PLANNED, dt.time(10)),
        ({"state": "changed", "new_start_time": "11:00"}, DateState.CHANGED, dt.time(11)),
    ],
)
def test_a_moved_date_stays_at_its_new_day_whatever_is_said_of_it(
    event, people, data, state, start
):
    keeper, eleventh = people[Role.REPRESENTATIVE], D(2026, 3, 11)
    send(event, keeper, state="moved", new_day="2026-03-11", new_start_time="10:00")
    send(event, keeper, eleventh, **data)
    new = event.dates.get(day=eleventh)
    assert (new.state, new.start_time) == (state, start)
    assert event.dates.get(day=NINTH).state == DateState.MOVED


def test_a_date_that_moves_again_is_found_at_every_address_it_had(event, people, client):
    keeper, newest = people[Role.REPRESENTATIVE], event.date_url(D(2026, 3, 13))
    for day, new_day in ((9, "2026-03-11"), (11, "2026-03-12"), (12, "2026-03-13")):
        send(event, keeper, D(2026, 3, day), state="moved", new_day=new_day)
    for day in (11, 12):
        response = client.get(event.date_url(D(2026, 3, day)))
        assert (response.status_code, response["Location"]) == (302, newest)
    assert newest in client.get(event.date_url(NINTH)).content.decode()
    assert client.get(event.date_url(D(2026, 3, 14))).status_code == 404
    send(event, keeper, D(2026, 3, 13), state="cancelled")
    assert client.get(event.date_url(D(2026, 3, 11)))["Location"] == newest
    assert "annulé" in client.get(newest).content.decode().lower()
    send(event, keeper, D(2026, 3, 13), state="moved", new_day="2026-03-11")
    assert client.get(event.date_url(D(2026, 3, 11))).status_code == 200
    assert client.get(newest)["Location"] == event.date_url(D(2026, 3, 11))


# --- Hours ---


NIGHT = D(2026, 3, 6)


@pytest.fixture
def night(network, people) -> Event:
    house = Organisation.objects.get(slug="organisme-a")
    return make_event(network, timing(NIGHT, "20:00-02:00", more_days=1), organisers=[house])


@pytest.mark.parametrize(
    "data",
    [
        {"state": "cancelled"},
        {"state": "moved", "new_day": "2026-03-07"},
        {"state": "changed", "new_end_time": "03:00"},
        {"state": "planned", "note_fr": "Apportez une lampe"},
    ],
)
def test_a_date_that_ends_after_midnight_is_changed_like_the_others(night, people, data):
    keeper = people[Role.REPRESENTATIVE]
    form = client_of(keeper).get(address(night, NIGHT)).context["form"]
    shown = {name: form[name].value() for name in ("new_start_time", "new_end_time")}
    prefilled = {name: f"{value:%H:%M}" for name, value in shown.items()}
    assert send(night, keeper, NIGHT, **prefilled | data).status_code == 302
    assert DateChange.objects.get().state == data["state"]
    last = night.dates.order_by("day").last()
    assert last.end_day == last.day + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "end", "days"), [("21:00", "01:00", 1), ("18:00", "22:00", 0), ("18:00", "", 0)]
)
def test_other_hours_of_a_night_end_on_the_day_they_say(night, people, start, end, days):
    words = {"state": "changed", "new_start_time": start, "new_end_time": end}
    assert send(night, people[Role.REPRESENTATIVE], NIGHT, **words).status_code == 302
    assert night.dates.get().end_day == NIGHT + dt.timedelta(days=days)


def test_what_a_choice_does_not_need_is_neither_refused_nor_kept(event, people):
    unused = {"new_day": "x", "new_start_time": "25:00", "new_end_time": "11:00"}
    response = send(event, people[Role.REPRESENTATIVE], state="cancelled", **unused)
    assert response.status_code == 302
    change = DateChange.objects.get()
    assert (change.new_day, change.new_start_time, change.new_end_time) == (None, None, None)
    change = change_date(
        actor=people[Role.COORDINATOR],
        date=event.dates.get(day=NINTH),
        state=DateState.CANCELLED,
        new_day=NINTH,
        new_start_time=dt.time(12),
        new_end_time=dt.time(11),
    )
    assert (change.new_day, change.new_start_time, change.new_end_time) == (None, None, None)


# --- Days ---


def test_a_new_day_that_is_past_is_refused_unless_it_was_decided_already(
    event, people, time_machine
):
    keeper = people[Role.REPRESENTATIVE]
    refused = send(event, keeper, state="moved", new_day="2026-02-28")
    assert refused.status_code == 422
    assert "Cette date est passée." in refused.content.decode()
    fourth = {"state": "moved", "new_day": "2026-03-04"}
    assert send(event, keeper, **fourth).status_code == 302
    time_machine.move_to(dt.datetime(2026, 3, 6, 12, tzinfo=BRUSSELS))
    assert send(event, keeper, **fourth, note_fr="C’était bien").status_code == 302
    other = {"state": "moved", "new_day": "2026-03-05"}
    assert send(event, keeper, **other).status_code == 422
    back = send(event, keeper, D(2026, 3, 4), state="moved", new_day="2026-03-09")
    assert "Elle a lieu comme prévu" in str(back.context["form"].errors["new_day"])


def test_a_new_day_of_another_year_says_its_year(event, people, client):
    keeper, list_url = people[Role.REPRESENTATIVE], reverse("agenda:list")
    for day, said in (("2026-04-01", "mercredi 1er avril<"), ("2027-01-01", "1er janvier 2027<")):
        send(event, keeper, state="moved", new_day=day)
        for path in (event.date_url(NINTH), list_url):
            assert said in client.get(path).content.decode().replace("\xa0", " "), path


# --- The screen ---


def test_the_link_beside_the_button_changes_nothing_and_says_so(event, people):
    page = client_of(people[Role.REPRESENTATIVE]).get(address(event)).content.decode()
    assert "Revenir sans rien changer</a>" in page
    assert ">Annuler</a>" not in page


def test_the_second_of_two_slots_is_moved_with_its_own_hours_and_word(network, people):
    event = make_event(network, timing(hours="09:00-10:00"), timing(hours="14:00-16:00"))
    coordinator, day = people[Role.COORDINATOR], D(2026, 3, 2)
    morning, afternoon = event.dates.order_by("start_time")
    words = {"state": DateState.PLANNED, "note_fr": "Petit déjeuner"}
    change_date(actor=coordinator, date=morning, **words)
    client = client_of(coordinator)
    form = client.get(address(event, day)).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed |= {"which": afternoon.pk, "state": "moved", "new_day": "x"}
    refused = client.post(address(event, day), typed)
    assert refused.status_code == 422
    assert refused.context["form"]["which"].value() == str(afternoon.pk)
    typed |= {"new_day": "2026-03-04"}
    assert client.post(address(event, day), typed).status_code == 302
    new = event.dates.get(day=D(2026, 3, 4))
    assert (new.start_time, new.end_time) == (dt.time(14), dt.time(16))
    assert new.change.note == ""


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
