"""Every feed, read back: it says what the site shows, to whom it shows it."""

import csv
import datetime as dt
import io
import json
import subprocess
import uuid
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from django.urls import reverse
from django.utils.translation import override

from agenda.enums import DateState, EventKind, Frequency, SkipSchool
from agenda.models import Event, EventDate
from agenda.planning import HORIZON
from agenda.services.dates import change_date, restore_date
from agenda.services.holidays import load_school_holidays
from coordination.directory.models import Organisation, Place
from core.models import Audience
from tests.agenda.making import again, make_event, timing, weekly
from tests.conftest import client_of, read
from tests.people import Role

D = dt.date
BRUSSELS = ZoneInfo("Europe/Brussels")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 1, 12, tzinfo=BRUSSELS))


def calendar_of(client, address: str) -> icalendar.Calendar:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    assert response["Content-Type"].startswith("text/calendar")
    return icalendar.Calendar.from_ical(read(response).decode())


def moments(calendar, first: D, last: D) -> list[tuple]:
    """What a calendar program shows: local beginning, title, status."""
    found = recurring_ical_events.of(calendar).between(first, last + dt.timedelta(days=1))
    return sorted(
        (str(_local(event.start)), str(event["SUMMARY"]), str(event["STATUS"])) for event in found
    )


def _local(start) -> dt.datetime | dt.date:
    if isinstance(start, dt.datetime):
        return start.astimezone(BRUSSELS).replace(tzinfo=None)
    return start


def shown(first: D, last: D) -> list[tuple]:
    """What the site shows."""
    dates = EventDate.objects.filter(day__range=(first, last), day_is_known=True)
    return sorted(
        (
            str(dt.datetime.combine(d.day, d.start_time) if d.start_time else d.day),
            d.event.title,
            "CANCELLED" if d.state == DateState.CANCELLED else "CONFIRMED",
        )
        for d in dates.exclude(state=DateState.MOVED).select_related("event")
    )


@pytest.fixture
def much(network, people) -> dict:
    """Something of each kind, with dates that changed."""
    load_school_holidays()
    actor = people[Role.COORDINATOR]
    series = make_event(
        network, weekly(weekdays="1,4", skip_school=SkipSchool.FRENCH), title_fr="Série"
    )
    for day, fields in {
        D(2026, 3, 5): {"state": DateState.CANCELLED, "note_fr": "Pluie; vent, neige"},
        D(2026, 3, 9): {"state": DateState.MOVED, "new_day": D(2026, 3, 10)},
        D(2026, 3, 12): {"state": DateState.CHANGED, "new_start_time": dt.time(9)},
        D(2026, 3, 16): {"state": DateState.PLANNED, "note_fr": "Avec un goûter"},
    }.items():
        change_date(actor=actor, date=series.dates.get(day=day), **fields)
    nights = make_event(
        network, weekly(D(2026, 3, 3), "2", hours="20:00-02:00", more_days=1), title_fr="Nuits"
    )
    for day, fields in (
        (D(2026, 3, 3), {"state": DateState.CANCELLED}),
        (D(2026, 3, 10), {"state": DateState.MOVED, "new_day": D(2026, 3, 11)}),
        (D(2026, 3, 11), {"state": DateState.CANCELLED}),
        (D(2026, 3, 17), {"state": DateState.MOVED, "new_day": D(2026, 3, 18)}),
        (D(2026, 3, 18), {"state": DateState.MOVED, "new_day": D(2026, 3, 19)}),
        (
            D(2026, 3, 24),
            {
                "state": DateState.CHANGED,
                "new_start_time": dt.time(18),
                "new_end_time": dt.time(22),
            },
        ),
    ):
        change_date(actor=actor, date=nights.dates.get(day=day), **fields)
    make_event(network, timing(D(2026, 3, 4), "", more_days=2), title_fr="Trois jours")
    make_event(network, timing(D(2026, 3, 6), "22:00-02:00", more_days=1), title_fr="La nuit")
    make_event(
        network,
        timing(frequency=Frequency.MONTHS, weekdays="5", nth=-1, count=4),
        title_fr="Dernier vendredi",
    )
    every_third = timing(frequency=Frequency.DAYS, interval=3)
    make_event(network, every_third, title_fr="Tous les trois jours")
    some_day = timing(D(2026, 5, 1), "", frequency=Frequency.MONTH)
    make_event(network, some_day, title_fr="Un jour de mai")
    once = make_event(network, timing(D(2026, 3, 20)), title_fr="Une fois")
    change_date(actor=actor, date=once.dates.get(), state=DateState.MOVED, new_day=D(2026, 4, 2))
    return {"series": series, "nights": nights}


def test_calendar_programs_show_what_the_site_shows(client, much):
    window = D(2026, 3, 1), D(2027, 3, 31)  # both clock changes, and holidays
    calendar = calendar_of(client, reverse("agenda_ics"))
    assert moments(calendar, *window) == shown(*window)
    assert len(shown(*window)) > 150


def test_what_leaves_holidays_out_ends_where_they_are_not_counted_yet(client, much):
    """Nobody knows the closed days beyond the horizon: a program invents no date there."""
    calendar = calendar_of(client, reverse("agenda_ics"))
    beyond = moments(calendar, D(2026, 3, 1) + HORIZON, D(2028, 3, 1))
    assert {title for _start, title, _status in beyond} == {"Tous les trois jours", "Nuits"}


def test_the_feed_of_a_month_holds_its_dates_and_no_other(client, much):
    march = D(2026, 3, 1), D(2026, 3, 31)
    calendar = calendar_of(client, reverse("agenda:month_ics", args=["2026-03"]))
    assert moments(calendar, D(2026, 1, 1), D(2027, 1, 1)) == shown(*march)
    assert not [event for event in calendar.walk("VEVENT") if "RRULE" in event]


def test_a_series_keeps_its_name_and_counts_its_versions(client, much, people):
    address = reverse("agenda:event_ics", args=[much["series"].slug])

    def master(calendar):
        return next(event for event in calendar.walk("VEVENT") if "RRULE" in event)

    before = master(calendar_of(client, address))
    changed = again(much["series"], title_fr="Autre titre")
    after = master(calendar_of(client, address))
    assert (str(after["UID"]), str(after["SUMMARY"])) == (str(before["UID"]), "Autre titre")
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    restore_date(actor=people[Role.COORDINATOR], date=changed.dates.get(day=D(2026, 3, 5)))
    last = calendar_of(client, address)
    assert master(last)["SEQUENCE"] == after["SEQUENCE"] + 1
    statuses = {str(event["STATUS"]) for event in last.walk("VEVENT")}
    assert statuses == {"CONFIRMED"}


def test_what_changed_says_so_with_its_word(client, much):
    calendar = calendar_of(client, reverse("agenda_ics"))
    changed = {
        event["RECURRENCE-ID"].dt.date(): event
        for event in calendar.walk("VEVENT")
        if "RECURRENCE-ID" in event
    }
    assert set(changed) == {D(2026, 3, day) for day in (3, 5, 9, 10, 12, 16, 17, 24)}
    assert "Pluie; vent, neige" in str(changed[D(2026, 3, 5)]["DESCRIPTION"])
    assert changed[D(2026, 3, 9)]["DTSTART"].dt.date() == D(2026, 3, 10)
    assert changed[D(2026, 3, 12)]["DTSTART"].dt.time() == dt.time(9)
    assert "Avec un goûter" in str(changed[D(2026, 3, 16)]["DESCRIPTION"])


def test_what_moved_is_one_entry_at_its_newest_day(client, much):
    calendar = calendar_of(client, reverse("agenda:event_ics", args=[much["nights"].slug]))
    changed = [
        (
            event["RECURRENCE-ID"].dt.date(),
            event["DTSTART"].dt.date(),
            event["DTEND"].dt.date(),
            str(event["STATUS"]),
        )
        for event in calendar.walk("VEVENT")
        if "RECURRENCE-ID" in event
    ]
    assert changed == [
        (D(2026, 3, 3), D(2026, 3, 3), D(2026, 3, 4), "CANCELLED"),
        (D(2026, 3, 10), D(2026, 3, 11), D(2026, 3, 12), "CANCELLED"),
        (D(2026, 3, 17), D(2026, 3, 19), D(2026, 3, 20), "CONFIRMED"),
        (D(2026, 3, 24), D(2026, 3, 24), D(2026, 3, 24), "CONFIRMED"),
    ]


def test_another_reader_in_another_language_agrees(client, much, tmp_path):
    file = tmp_path / "agenda.ics"
    file.write_bytes(read(client.get(reverse("agenda_ics"))))
    script = Path(__file__).parents[1] / "node" / "read_ics.mjs"
    run = subprocess.run(
        ["node", str(script), str(file), "2026-03-01", "2027-03-31"],
        capture_output=True,
        text=True,
        check=True,
    )
    window = D(2026, 3, 1), D(2027, 3, 31)
    found = sorted(tuple(row) for row in json.loads(run.stdout))
    assert found == shown(*window)


def test_a_feed_is_read_in_its_own_language(client, network):
    make_event(network, timing(), title_fr="Atelier", title_nl="Werkwinkel", kind="training")
    for language, title in (("fr", "Atelier"), ("nl", "Werkwinkel")):
        with override(language):
            (event,) = calendar_of(client, reverse("agenda_ics")).walk("VEVENT")
            page = reverse("agenda:event", args=[Event.objects.get().slug])
            assert event["CATEGORIES"].cats == [str(EventKind.TRAINING.label)]
        assert str(event["SUMMARY"]) == title
        assert str(event["URL"]) == f"http://testserver{page}"
        assert uuid.UUID(str(event["UID"]))


def test_what_is_over_for_a_month_is_in_its_own_feed_alone(client, network):
    make_event(network, timing(D(2026, 1, 28)), title_fr="Passé", slug="passe")
    make_event(network, timing(D(2026, 1, 29)), title_fr="Il y a peu")
    make_event(network, timing(D(2025, 1, 28), "", more_days=80), title_fr="Long, passé")
    make_event(network, weekly(D(2020, 1, 6)), title_fr="Depuis longtemps")
    calendar = calendar_of(client, reverse("agenda_ics"))
    titles = {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}
    assert titles == {"Il y a peu", "Depuis longtemps"}
    (past,) = calendar_of(client, reverse("agenda:event_ics", args=["passe"])).walk("VEVENT")
    assert str(past["SUMMARY"]) == "Passé"


def test_a_whole_feed_costs_a_few_queries_whatever_its_length(
    client, network, django_assert_max_num_queries
):
    place = Place.objects.create(slug="salle", name_fr="Salle", address="Rue Haute 1")
    for number in range(12):
        make_event(network, weekly(), place=place if number % 2 else None)
    with django_assert_max_num_queries(8):
        calendar = calendar_of(client, reverse("agenda_ics"))
    assert len(calendar.walk("VEVENT")) == 12


def test_a_key_taken_from_another_event_changes_nothing_of_it(client, network):
    first = make_event(network, timing(hours="09:00"), title_fr="Vrai")
    copied = timing(D(2026, 3, 3), "20:00", uid=first.timings.get().uid)
    make_event(network, copied, title_fr="Faux")
    calendar = calendar_of(client, reverse("agenda_ics"))
    window = D(2026, 3, 1), D(2026, 3, 31)
    assert moments(calendar, *window) == shown(*window)
    assert len({str(event["UID"]) for event in calendar.walk("VEVENT")}) == 2


def test_filters_narrow_every_feed_alike(client, network):
    make_event(network, timing(), title_fr="Gratuit", price="free")
    make_event(network, timing(), title_fr="Payant", price="fixed")
    for name in ("ics", "rss", "json", "csv"):
        body = read(client.get(reverse(f"agenda_{name}") + "?prix=free")).decode()
        assert "Gratuit" in body
        assert "Payant" not in body, name


def test_json_and_csv_say_the_same(client, much):
    answer = json.loads(read(client.get(reverse("agenda_json"))))
    assert (answer["from"], answer["to"]) == ("2026-03-01", "2026-03-31")
    assert answer["total"] == len(answer["dates"])
    text = read(client.get(reverse("agenda_csv"))).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [line[7] for line in lines[1:]] == [row["title"] for row in answer["dates"]]
    assert [line[0] for line in lines[1:]] == [row["day"] for row in answer["dates"]]
    moved = next(row for row in answer["dates"] if row["state"] == "moved")
    assert moved["moved_to"] == "2026-03-10"
    said = {"planned": "comme prévu", "cancelled": "annulé", "moved": "reporté"}
    said["changed"] = "horaire changé"
    assert [line[4] for line in lines[1:]] == [said[row["state"]] for row in answer["dates"]]
    with override("nl"):
        dutch = read(client.get(reverse("agenda_csv"))).decode("utf-8-sig")
    assert ";geannuleerd;" in dutch


def test_json_goes_on_from_page_to_page(client, network):
    hours = [f"{hour:02}:{minute:02}" for hour in range(8, 20) for minute in range(0, 50, 5)]
    make_event(network, *(timing(hours=start) for start in hours))
    address, days = reverse("agenda_json") + "?prix=", []
    while address:
        answer = json.loads(read(client.get(address)))
        days += [row["start_time"] for row in answer["dates"]]
        address = answer["next"]
    assert (len(days), answer["pages"]) == (120, 2)
    assert days == hours


def test_no_spreadsheet_runs_what_somebody_typed(client, network):
    make_event(network, timing(), title_fr='=HYPERLINK("http://mal.example")')
    text = read(client.get(reverse("agenda_csv"))).decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(text), delimiter=";"))[1]
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_rss_is_xml_with_one_item_per_date(client, much):
    root = ElementTree.fromstring(read(client.get(reverse("agenda_rss"))))  # noqa: S314 - ours
    items = root.findall("./channel/item")
    march = EventDate.objects.filter(day__range=(D(2026, 3, 1), D(2026, 3, 31)))
    assert len(items) == march.filter(day_is_known=True).count()
    assert len({item.findtext("guid") for item in items}) == len(items)


def test_odd_addresses_are_not_found(client, network):
    for path in ("mois/2026-13.ics", "mois/9999-01.ics", "jour/0001-01-01.json", "semaine/x.rss"):
        assert client.get(f"/agenda/{path}").status_code == 404
    assert client.get(reverse("agenda_ics") + "?du=x&au=%00&theme=%00").status_code == 200


def test_a_visitor_who_asks_again_is_answered_without_reading(
    client, network, django_assert_max_num_queries
):
    make_event(network, timing())
    for name in ("ics", "rss", "json", "csv"):
        address = reverse(f"agenda_{name}")
        first = client.get(address)
        with django_assert_max_num_queries(2):
            again_ = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert again_.status_code == 304
    make_event(network, timing())
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


# --- For whom ---


def test_no_feed_names_what_is_out_of_reach(network, people):
    nobody = Audience.objects.for_tokens([])
    organisation = Organisation.objects.create(
        slug="cachee", name="Zorglub", kind="association", audience=nobody
    )
    place = Place.objects.create(
        slug="cache", name_fr="Xyzzyland", address="Rue Xyzzy", audience=nobody
    )
    make_event(network, timing(), title_fr="Vu", organisers=[organisation], place=place)
    make_event(network, timing(), title_fr="Plugh", audience=nobody)
    for role in (Role.VISITOR, Role.MEMBER):
        client = client_of(people.get(role))
        for name in ("ics", "rss", "json", "csv"):
            body = read(client.get(reverse(f"agenda_{name}"))).decode()
            assert "Vu" in body
            for word in ("Zorglub", "yzzy", "Plugh"):
                assert word not in body, (role, name)


def test_a_place_that_is_hidden_leaves_every_feed_at_once(network, people):
    """What is written down at publication names no place: nothing waits for a job."""
    place = Place.objects.create(slug="salle", name_fr="Xyzzyland", address="Rue Xyzzy 1")
    event = make_event(network, weekly(), place=place, room="Étage 2")
    change_date(
        actor=people[Role.COORDINATOR],
        date=event.dates.get(day=D(2026, 3, 9)),
        state=DateState.CANCELLED,
    )
    addresses = [reverse("agenda_ics"), reverse("agenda:event_ics", args=[event.slug])]
    visitor, coordinator = client_of(None), client_of(people[Role.COORDINATOR])

    def locations(client, address):
        return {str(e.get("LOCATION", "")) for e in calendar_of(client, address).walk("VEVENT")}

    for address in addresses:
        assert locations(visitor, address) == {"Xyzzyland, Rue Xyzzy 1, Étage 2"}
    place.audience = Audience.objects.for_tokens([])
    place.save(update_fields=["audience"])
    for address in addresses:
        assert locations(visitor, address) == {"Étage 2"}
        assert locations(coordinator, address) == {"Xyzzyland, Rue Xyzzy 1, Étage 2"}


def test_a_list_on_a_partners_page_is_public_for_whoever_asks(network, people):
    make_event(network, timing(), title_fr="Public")
    members = Audience.objects.for_tokens(["member"])
    make_event(network, timing(), title_fr="Secret", audience=members)
    response = client_of(people[Role.COORDINATOR]).get(reverse("agenda:embed"))
    body = response.content.decode()
    assert "Public" in body
    assert "Secret" not in body
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert not response.cookies
    assert "<script" not in body
