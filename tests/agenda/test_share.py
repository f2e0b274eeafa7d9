"""What one sends to others of an event."""

import datetime as dt
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest

from agenda.enums import DateState
from coordination.directory.models import Organisation, Place
from core.models import Audience
from tests.agenda.making import make_event, timing, weekly
from tests.agenda.test_list import change, soup
from tests.conftest import client_of
from tests.people import Role

D = dt.date
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 5, 10, tzinfo=ZoneInfo("Europe/Brussels")))


def shared(path: str) -> list[str]:
    """The lines of the text to copy, no-break spaces as plain ones."""
    text = soup(path).select_one(".share textarea").string.strip("\n")
    return text.replace("\u00a0", " ").replace("\u202f", " ").split("\n")


def test_the_text_says_what_when_where_and_how_one_comes(network):
    place = Place.objects.create(
        slug="salle", name_fr="Grande salle", address="rue des Aulnes 1", postcode="1050"
    )
    make_event(
        network,
        weekly(D(2026, 3, 2), "1"),
        slug="repas",
        title_fr="Repas & jeux",
        place=place,
        price="free",
        registration="required",
        contact_phone="02 123 45 67",
    )
    assert shared("/agenda/evenement/repas/") == [
        "Repas & jeux",
        "Lundi 9 mars 2026, 13 h 30 – 15 h",
        "Tous les lundis de 13 h 30 à 15 h",
        "Grande salle, rue des Aulnes 1, 1050",
        "gratuit, sur inscription",
        "S’inscrire au 02 123 45 67",
        "http://testserver/agenda/evenement/repas/",
    ]
    day = shared("/agenda/evenement/repas/2026-03-16/")
    assert day[1].startswith("Lundi 16 mars 2026")
    assert day[-1] == "http://testserver/agenda/evenement/repas/2026-03-16/"


def test_every_way_carries_the_whole_text(network):
    make_event(network, timing(D(2026, 3, 9)), slug="repas", title_fr="Repas & jeux ? 100 %")
    page = soup("/agenda/evenement/repas/")
    text = page.select_one(".share textarea").string.strip("\n")
    whatsapp, sms, mail = (urlsplit(link["href"]) for link in page.select(".share__ways a"))
    assert (whatsapp.hostname, parse_qs(whatsapp.query)["text"]) == ("wa.me", [text])
    assert (sms.scheme, unquote(sms.query)) == ("sms", f"&body={text}")
    assert mail.scheme == "mailto"
    assert parse_qs(mail.query) == {"subject": ["Repas & jeux ? 100 %"], "body": [text]}


def test_a_cancelled_date_is_sent_as_such(network, people):
    event = make_event(network, weekly(D(2026, 3, 2), "1"), slug="repas")
    change(event, D(2026, 3, 9), state=DateState.CANCELLED)
    assert shared("/agenda/evenement/repas/2026-03-09/")[1].startswith("Annulé : lundi 9 mars")


def test_what_is_not_for_everybody_is_not_sent_around(network, people):
    members = Audience.objects.for_tokens(["member"])
    make_event(network, timing(D(2026, 3, 9)), slug="interne", audience=members)
    page = client_of(people[Role.MEMBER]).get("/agenda/evenement/interne/").content.decode()
    assert 'class="event"' in page
    assert "wa.me" not in page


def test_who_organises_is_called_when_the_event_gives_nobody(network):
    association = Organisation.objects.create(
        slug="tac", name="La Table", kind="association", phone="02 987 65 43"
    )
    fields = {"organisers": [association], "registration": "required"}
    make_event(network, timing(), slug="repas", **fields)
    make_event(network, timing(), slug="ecrire", contact_email="a@essai.example", **fields)

    def action(slug: str) -> str:
        return soup(f"/agenda/evenement/{slug}/").select_one(".event-actions a")["href"]

    assert action("repas") == "tel:029876543"
    assert action("ecrire") == "mailto:a@essai.example"
    association.audience = Audience.objects.for_tokens([])
    association.save()
    assert not action("repas").startswith("tel:")
