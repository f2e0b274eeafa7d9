"""What lasts beyond midnight or for days, and what has no date yet: said everywhere alike."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.translation import override

from agenda.enums import SkipSchool
from agenda.models import SchoolHoliday
from agenda.planning import HORIZON
from coordination.directory.models import Organisation
from tests.agenda.making import make_event, timing, weekly
from tests.agenda.test_list import soup, titles, words
from tests.conftest import read

D = dt.date
TODAY = D(2026, 3, 5)  # a Thursday, at ten
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 5, 10, tzinfo=ZoneInfo("Europe/Brussels")))


def said(path: str) -> str:
    return words(soup(path).main)


def test_a_night_says_when_it_ends(network):
    make_event(network, timing(TODAY, "20:00-02:00", more_days=1), slug="nuit", title_fr="La nuit")
    end = "vendredi 6 mars 2026 à 2 h"
    for path in ("/agenda/evenement/nuit/", "/agenda/", "/agenda/imprimer/", "/agenda/integrer/"):
        text = words(soup(path))
        assert "20 h" in text, path
        assert f"jusqu’au {end}" in text, path
    assert "vrijdag 6 maart 2026 om 2 uur" in said("/nl/agenda/activiteit/nuit/")


def test_the_words_of_a_night_say_that_it_ends_the_day_after(network):
    night, market = (
        weekly(hours="20:00-02:00", more_days=1),
        weekly(hours="09:00-17:00", more_days=1),
    )
    made = [make_event(network, one).timings.get() for one in (night, market)]
    made.append(make_event(network, timing(TODAY, "20:00-02:00", more_days=1)).timings.get())
    spoken = [str(one).replace("\u00a0", " ") for one in made]
    assert spoken == [
        "tous les lundis de 20 h à 2 h le lendemain",
        "tous les lundis de 9 h à 17 h, pendant 2 jours",
        "jeudi 5 mars 2026 de 20 h à 2 h le lendemain",
    ]


def test_what_began_before_today_is_on_wherever_the_next_dates_are(client, network):
    association = Organisation.objects.create(slug="tac", name="La Table", kind="association")
    exhibition = timing(D(2026, 2, 20), "", more_days=30)
    make_event(network, exhibition, title_fr="Exposition", organisers=[association])
    make_event(network, timing(D(2026, 2, 20), "", more_days=10), title_fr="Finie")
    night = timing(D(2026, 3, 4), "20:00-11:00", more_days=1)
    make_event(network, night, title_fr="Nuit blanche", organisers=[association])
    early = timing(D(2026, 3, 4), "20:00-09:00", more_days=1)
    make_event(network, early, title_fr="Nuit finie", organisers=[association])
    make_event(network, timing(D(2026, 3, 6)), title_fr="Demain", organisers=[association])
    for path in ("/", association.url):
        assert titles(soup(path)) == ["Nuit blanche", "Exposition", "Demain"], path
    row = words(soup("/").select(".date-row")[1])
    assert "depuis le vendredi 20 février 2026" in row
    assert "Aujourd’hui" in row
    assert "jusqu’au dimanche 22 mars 2026" in row
    for path in ("/agenda.rss", "/agenda/integrer/"):
        body = read(client.get(path)).decode()
        assert "Exposition" in body, path
        assert "Finie" not in body, path


def test_many_long_ones_leave_room_to_what_comes(network):
    for number in range(6):
        make_event(network, timing(D(2026, 2, 20), "", more_days=30), title_fr=f"Expo {number}")
    make_event(network, timing(D(2026, 3, 6)), title_fr="Demain")
    assert titles(soup("/"))[2:] == ["Demain"]


def test_what_has_no_date_yet_is_in_the_list_and_says_so_alone(network):
    past = timing(D(2026, 1, 5))
    make_event(network, past, slug="sortie", title_fr="Sortie", dates_to_confirm=True, price="free")
    make_event(network, slug="gouter", title_fr="Goûter", dates_to_confirm=True, when_fr="L’été")
    make_event(network, weekly(), title_fr="Atelier", dates_to_confirm=True)
    make_event(network, past, slug="fini", title_fr="Fini")

    def to_confirm(path: str) -> list[str]:
        return [words(row) for row in soup(path).select(".without-dates li")]

    assert to_confirm("/agenda/") == ["Sortie", "Goûter L’été"]
    assert to_confirm("/agenda/?prix=free") == ["Sortie"]
    assert to_confirm("/agenda/?q=gouter") == ["Goûter L’été"]
    assert to_confirm("/agenda/?quand=demain") == []
    assert "C’est passé" not in said("/agenda/evenement/sortie/")
    assert "C’est passé" in said("/agenda/evenement/fini/")
    assert not soup("/agenda/evenement/gouter/").select('a[href$=".ics"]')


def test_a_page_says_until_when_school_holidays_are_known(network):
    SchoolHoliday.objects.filter(last__gt=D(2026, 5, 10)).delete()
    make_event(network, weekly(skip_school=SkipSchool.FRENCH), slug="sans-fin")
    ended = weekly(skip_school=SkipSchool.FRENCH, last=D(2026, 4, 6))
    make_event(network, ended, slug="avec-fin")
    assert "connues jusqu’au dimanche 10 mai 2026" in said("/agenda/evenement/sans-fin/")
    assert "connues jusqu’au" not in said("/agenda/evenement/avec-fin/")


def test_a_period_beyond_what_is_written_says_so(network):
    make_event(network, weekly(), title_fr="Sans fin")
    beyond = TODAY + HORIZON + dt.timedelta(days=40)
    with override("fr"):
        assert "Plus tard, des dates s’ajouteront" in said(
            reverse("agenda:month", args=[f"{beyond:%Y-%m}"])
        )
        assert "des dates s’ajouteront" not in said("/agenda/mois/2026-03/")


def test_a_presentation_stands_in_for_a_summary_everywhere(client, network):
    make_event(network, timing(TODAY), slug="brocante", description_fr="Des objets. " * 60)
    start = "Des objets. Des objets."
    page = soup("/agenda/evenement/brocante/")
    assert page.select_one("meta[name=description]")["content"].startswith(start)
    assert page.select_one('meta[property="og:description"]')["content"].startswith(start)
    assert start in read(client.get("/agenda.rss")).decode()
    (row,) = json.loads(read(client.get("/agenda.json")))["dates"]
    assert row["summary"].startswith(start)
    assert len(row["summary"]) <= 300


def test_the_dates_can_be_taken_along_from_the_page_that_says_how(client, network):
    make_event(network, timing(TODAY), price="free")
    page = soup("/agenda/sabonner/?prix=free")
    links = {link["href"] for link in page.main.select("a[href]")}
    for name in ("csv", "json"):
        (address,) = (link for link in links if f".{name}" in link)
        assert address == f"/agenda.{name}?prix=free"
        assert client.get(address).status_code == 200
