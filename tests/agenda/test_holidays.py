"""School holidays: what a network begins with, how the coordination keeps them, who is told."""

import datetime as dt
import json
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agenda.closures import known_until, school_holidays
from agenda.models import Event, Programme, SchoolHoliday
from agenda.selectors.holidays import waiting
from agenda.services.holidays import SHIPPED, load_school_holidays
from agenda.wording import say_period
from home.services.network import build_network
from tests.agenda.making import again, make_event, timing
from tests.conftest import client_of
from tests.people import Role

D = dt.date
BRUSSELS = ZoneInfo("Europe/Brussels")
ROWS = json.loads(SHIPPED.read_text(encoding="utf-8"))["holidays"]


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 1, 12, tzinfo=BRUSSELS))


def values(**changes) -> dict:
    first = {"calendar": "fr", "name_fr": "Vacances d’été", "name_nl": "Zomervakantie"}
    return first | {"first": "2027-07-03", "last": "2027-08-29"} | changes


def test_a_new_network_knows_the_holidays_of_both_calendars(network):
    assert SchoolHoliday.objects.count() == len(ROWS)
    assert {row["calendar"] for row in ROWS} == {"fr", "nl"}


def test_making_the_network_again_keeps_what_the_coordination_changed(network):
    SchoolHoliday.objects.filter(calendar="fr", first=D(2027, 4, 26)).update(last=D(2027, 5, 14))
    SchoolHoliday.objects.filter(calendar="nl", first=D(2022, 10, 31)).delete()
    build_network(host="testserver", port=80, name="Réseau")
    assert SchoolHoliday.objects.get(calendar="fr", first=D(2027, 4, 26)).last == D(2027, 5, 14)
    assert SchoolHoliday.objects.count() == len(ROWS)


def test_what_is_loaded_is_known_at_once(db):
    assert known_until("fr") is None
    load_school_holidays()
    assert known_until("fr") == D(2027, 5, 9)
    assert len(school_holidays()["nl"]) == sum(row["calendar"] == "nl" for row in ROWS)


def test_both_calendars_are_known_as_long_as_the_shorter_one(db):
    load_school_holidays()
    assert known_until("both") == known_until("fr") < known_until("nl")
    SchoolHoliday.objects.filter(calendar="nl").delete()
    assert known_until("both") is None
    assert known_until("") is None


@pytest.mark.parametrize("calendar", ["fr", "nl"])
def test_what_we_ship_never_overlaps(calendar):
    rows = sorted((row["first"], row["last"]) for row in ROWS if row["calendar"] == calendar)
    assert all(first <= last for first, last in rows)
    assert all(before[1] < after[0] for before, after in pairwise(rows))


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_who_oversees_the_network_keeps_the_holidays(people, role):
    client = client_of(people[role])
    assert client.post(reverse("schoolholiday:add"), values()).status_code == 302
    holiday = SchoolHoliday.objects.get(first=D(2027, 7, 3))
    url = reverse("schoolholiday:edit", args=[holiday.pk])
    assert client.post(url, values(last="2027-08-30")).status_code == 302
    assert known_until("fr") == D(2027, 8, 30)
    assert client.post(reverse("schoolholiday:delete", args=[holiday.pk])).status_code == 302
    assert known_until("fr") == D(2027, 5, 9)


@pytest.mark.parametrize("role", [Role.PILOT, Role.EDITOR, Role.MODERATOR, Role.MEMBER])
def test_nobody_else_opens_them(people, role):
    client = client_of(people[role])
    for name in ("schoolholiday", "programme"):
        assert client.get(reverse(f"{name}:index")).status_code == 404
        assert client.post(reverse(f"{name}:add"), values()).status_code == 404


def test_the_list_says_until_when_each_calendar_is_known(people):
    client = client_of(people[Role.COORDINATOR])
    text = client.get(reverse("schoolholiday:index")).content.decode().replace("\u00a0", " ")
    assert "Écoles francophones : vacances connues jusqu’au 9 mai 2027." in text
    assert "Écoles néerlandophones : vacances connues jusqu’au 31 août 2027." in text
    assert "Ajoutez les périodes qui suivent." not in text
    SchoolHoliday.objects.filter(calendar="nl").delete()
    text = client.get(reverse("schoolholiday:index")).content.decode().replace("\u00a0", " ")
    assert "Écoles néerlandophones : aucune période connue." in text
    assert "Ajoutez les périodes qui suivent." in text


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-02-16", "2026-02-27"),  # the same period
        ("2026-02-27", "2026-03-06"),  # begins on its last day
        ("2026-02-09", "2026-02-16"),  # ends on its first day
        ("2026-02-18", "2026-02-19"),  # within
        ("2026-02-01", "2026-03-31"),  # around
    ],
)
def test_periods_of_one_calendar_that_overlap_are_refused_in_words(people, first, last):
    client = client_of(people[Role.COORDINATOR])
    number = SchoolHoliday.objects.count()
    response = client.post(reverse("schoolholiday:add"), values(first=first, last=last))
    assert response.status_code == 200
    text = response.content.decode().replace("\u00a0", " ")
    assert "Congé de détente" in text
    assert say_period(D(2026, 2, 16), D(2026, 2, 27)).replace("\u00a0", " ") in text
    assert 'value="Vacances d’été"' in text  # what was typed is still there
    assert SchoolHoliday.objects.count() == number


def test_the_other_calendar_and_the_period_itself_are_no_overlap(network):
    holiday = SchoolHoliday.objects.get(calendar="fr", first=D(2026, 2, 16))
    holiday.full_clean()
    other = SchoolHoliday(calendar="nl", name_fr="Pont", first=D(2026, 2, 26), last=D(2026, 2, 26))
    other.full_clean()
    backwards = SchoolHoliday(
        calendar="fr", name_fr="Pont", first=D(2026, 2, 26), last=D(2026, 2, 1)
    )
    with pytest.raises(ValidationError) as refused:
        backwards.full_clean()
    assert "avant le premier" in str(refused.value)


def test_the_coordination_is_told_three_months_before_the_last_known_day(people, time_machine):
    def told(role: Role) -> list[str]:
        user = people[role]
        user.__dict__.pop("_reach", None)
        return [item.detail for item in waiting(user)]

    time_machine.move_to(dt.datetime(2027, 2, 5, 12, tzinfo=BRUSSELS))
    assert told(Role.COORDINATOR) == []
    time_machine.move_to(dt.datetime(2027, 2, 8, 12, tzinfo=BRUSSELS))
    assert len(told(Role.COORDINATOR)) == len(told(Role.ADMINISTRATOR)) == 1
    assert "francophones" in told(Role.COORDINATOR)[0]
    for role in (Role.PILOT, Role.EDITOR, Role.MODERATOR, Role.MEMBER, Role.REPRESENTATIVE):
        assert told(role) == []
    time_machine.move_to(dt.datetime(2028, 1, 1, 12, tzinfo=BRUSSELS))
    assert len(told(Role.COORDINATOR)) == 2


def test_what_waits_leads_to_the_list(people, time_machine):
    time_machine.move_to(dt.datetime(2027, 8, 1, 12, tzinfo=BRUSSELS))
    client = client_of(people[Role.COORDINATOR])
    assert reverse("schoolholiday:index") in client.get("/mon-espace/").content.decode()
    assert "/schoolholiday/" in client.get("/gestion/").content.decode()


def programme_values(network, **changes) -> dict:
    data = {"name_fr": "Festival", "name_nl": "Festival", "slug": "festival", "summary_fr": ""}
    data |= {"summary_nl": "", "first": "2026-10-01", "last": "2026-11-30", "audience": "public"}
    return data | {"site": network.site.pk} | changes


def test_the_coordination_makes_a_programme_whose_address_stays(people, network):
    client = client_of(people[Role.COORDINATOR])
    assert client.get(reverse("programme:add")).status_code == 200
    assert client.post(reverse("programme:add"), programme_values(network)).status_code == 302
    programme = Programme.objects.get()
    event = make_event(network, timing(D(2026, 10, 1)), programme=programme)
    assert "|programme:festival|" in event.facets
    url = reverse("programme:edit", args=[programme.pk])
    data = programme_values(network, name_fr="Grand festival", slug="autre")
    assert client.post(url, data).status_code == 302
    programme.refresh_from_db()
    assert (programme.name_fr, programme.slug) == ("Grand festival", "festival")
    client.post(reverse("programme:delete", args=[programme.pk]))
    assert again(Event.objects.get(pk=event.pk)).programme is None


def test_a_programme_that_ends_before_it_begins_is_refused_in_words(people, network):
    client = client_of(people[Role.COORDINATOR])
    data = programme_values(network, last="2026-01-01")
    response = client.post(reverse("programme:add"), data)
    assert "Le dernier jour vient avant le premier." in response.content.decode()
    assert not Programme.objects.exists()
