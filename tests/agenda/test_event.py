"""The page of an event, and what other pages say of its dates."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.test import Client
from django.utils.translation import override
from wagtail.models import Site

from agenda.enums import DateState, Frequency
from agenda.models import Event, EventDocument, Programme
from agenda.selectors.linked_data import square_of
from agenda.services.moderation import feature_event
from agenda.services.projection import project
from agenda.services.publication import set_audience
from coordination.directory.models import Organisation, Place
from core.models import Audience, Menus, PortalImage
from tests.agenda.making import make_event, timing, weekly
from tests.agenda.test_list import change, soup, titles, words
from tests.conftest import client_of
from tests.people import Role, make_group
from tests.world import png

D = dt.date
TODAY = D(2026, 3, 5)  # a Thursday
BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 5, 10, tzinfo=BRUSSELS))


def linked(page: BeautifulSoup) -> dict:
    return json.loads(page.select_one('script[type="application/ld+json"]').string)


def hidden() -> Audience:
    return Audience.objects.for_tokens([])


def test_the_page_says_what_somebody_needs_to_come(network):
    place = Place.objects.create(
        slug="salle", name_fr="Grande salle", address="rue des Aulnes 1", postcode="1050"
    )
    association = Organisation.objects.create(slug="tac", name="La Table", kind="association")
    make_event(
        network,
        weekly(D(2026, 3, 2), "1", skip_school="both"),
        slug="repas",
        title_fr="Repas",
        description_fr="Venez.\n\nVoir https://repas.example/ <b>",
        place=place,
        room="1er étage",
        organisers=[association],
        price="fixed",
        price_amount="2.50",
        registration="required",
        contact_phone="02 123 45 67",
        access=["step_free"],
        age_min=6,
        languages=["fr"],
    )
    page = soup("/agenda/evenement/repas/")
    text = words(page.main)
    for said in ("Grande salle", "1er étage", "2,50\u00a0€".replace("\u00a0", " "), "La Table"):
        assert said in text, said
    for said in ("à partir de 6 ans", "entrée sans marche", "tous les lundis"):
        assert said in text.lower(), said
    assert page.select_one(".event-actions a")["href"] == "tel:021234567"
    calendar, directions = (link["href"] for link in page.select(".event-actions a")[1:3])
    assert calendar == "/agenda/evenement/repas.ics"
    assert directions.startswith("https://www.openstreetmap.org/directions?to=rue+des+Aulnes+1")
    assert page.select_one(".prose a")["href"] == "https://repas.example/"
    assert page.select_one(".prose b") is None  # what is typed is text
    assert page.select_one(".other-dates a")["href"].endswith("/repas/2026-03-16/")
    assert len(page.select(".event .columns__main section > .other-dates > li")) == 5
    assert page.select_one(".fold")
    ways = [link["href"] for link in page.select(".takeaway a")]
    assert ways == ["/agenda/evenement/repas/signaler/"]  # a visitor edits nothing


def test_an_event_that_is_not_published_is_nowhere(network):
    event = make_event(network, timing(), slug="retire")
    assert Client().get(event.url).status_code == 200
    event.unpublish()
    members = make_event(network, timing(), audience=Audience.objects.for_tokens({"member"}))
    unseen = [event.url, event.date_url(D(2026, 3, 2)), "/agenda/evenement/inconnu/", members.url]
    for path in (*unseen, members.date_url(D(2026, 3, 2))):
        assert Client().get(path).status_code == 404, path


def test_a_series_whose_dates_are_no_longer_kept_is_gone_and_one_to_come_is_not(network):
    # Longer than what is kept whole, and over for longer than what is kept of such a series.
    old = make_event(network, weekly(D(2012, 5, 7), last=D(2020, 5, 4)), slug="ancien")
    far = make_event(network, timing(D(2031, 5, 1)), slug="lointain")
    back = make_event(network, weekly(D(2012, 5, 7), last=D(2020, 5, 4)), weekly(D(2031, 5, 5)))
    vague = make_event(network, slug="vague", dates_to_confirm=True)
    past = make_event(network, timing(D(2025, 5, 1)), slug="passe")
    answers = [Client().get(event.url).status_code for event in (old, far, back, vague, past)]
    assert answers == [404, 200, 200, 200, 200]
    assert "Prochaine date à confirmer" in words(soup(vague.url))
    assert soup(past.url).select_one(".notice--attention")


def test_a_page_of_one_date_says_what_became_of_it(network):
    event = make_event(network, weekly(D(2026, 3, 9)), slug="atelier")
    change(event, D(2026, 3, 9), state=DateState.CANCELLED, note_fr="Salle fermée.")
    change(event, D(2026, 3, 16), state=DateState.MOVED, new_day=D(2026, 3, 18))
    cancelled = soup(event.date_url(D(2026, 3, 9)))
    assert cancelled.select_one(".event-when--off") and "Salle fermée." in words(cancelled.main)
    assert linked(cancelled)["eventStatus"] == "https://schema.org/EventCancelled"
    moved = soup(event.date_url(D(2026, 3, 16)))
    assert moved.select_one(".event-when__state a")["href"] == event.date_url(D(2026, 3, 18))
    new = soup(event.date_url(D(2026, 3, 18)))
    assert linked(new)["previousStartDate"] == "2026-03-16T13:30:00+01:00"
    assert Client().get(event.date_url(D(2026, 3, 10))).status_code == 404
    assert Client().get("/agenda/evenement/atelier/2026-02-30/").status_code == 404


def test_search_engines_read_public_events_alone(network, people):
    event = make_event(
        network,
        timing(D(2026, 3, 30), "18:00-20:00"),  # after the clocks change
        slug="public",
        title_fr="Fin </script><script>alert(1)</script>",
        summary_fr="En bref",
        price="free",
    )
    data = linked(soup(event.url))
    assert data["name"] == event.title
    assert (data["startDate"], data["endDate"]) == (
        "2026-03-30T18:00:00+02:00",
        "2026-03-30T20:00:00+02:00",
    )
    assert data["@type"] == "Event" and data["isAccessibleForFree"] is True
    page = soup(event.url)
    assert page.select_one('[property="og:title"]')["content"] == event.title
    assert page.select_one('[property="og:description"]')["content"] == "En bref"
    without_hour = make_event(network, timing(D(2026, 3, 31), ""), slug="sans-heure")
    assert linked(soup(without_hour.url))["startDate"] == "2026-03-31"
    month = make_event(network, timing(TODAY, frequency=Frequency.MONTH), slug="mois")
    assert soup(month.url).select_one('script[type="application/ld+json"]') is None
    members = make_event(
        network, timing(), slug="membres", audience=Audience.objects.for_tokens({"member"})
    )
    answer = client_of(people[Role.MEMBER]).get(members.url)
    assert b"ld+json" not in answer.content
    assert "Membres" in words(BeautifulSoup(answer.content, "html.parser").main)


def test_what_is_out_of_reach_is_not_named(network, world_of_secrets):
    event, names = world_of_secrets
    text = Client().get(event.url).content.decode() + Client().get("/agenda/").content.decode()
    for name in names:
        assert name not in text
    for name in names:
        assert titles(soup(f"/agenda/?q={name}")) == []


@pytest.fixture
def world_of_secrets(network):
    """A public event with everything hidden around it, and the words nobody may read."""
    from core.models import PortalDocument

    site, audience = network.site, hidden()
    association = Organisation.objects.create(
        slug="xo", name="Xorganisme", kind="association", audience=audience
    )
    place = Place.objects.create(slug="xl", name_fr="Xlieu", audience=audience)
    programme = Programme.objects.create(
        site=site, slug="xp", name_fr="Xprogramme", first=TODAY, last=TODAY, audience=audience
    )
    before = make_event(network, timing(TODAY), title_fr="Xavant", audience=audience)
    event = make_event(
        network,
        timing(TODAY),
        live=False,
        organisers=[association],
        place=place,
        programme=programme,
        follows=before,
    )
    document = PortalDocument.objects.create(title="Xdocument", audience=audience)
    event.event_documents = [EventDocument(document=document)]
    event.save_revision().publish()
    event.refresh_from_db()
    return event, ["Xorganisme", "Xlieu", "Xprogramme", "Xavant", "Xdocument"]


def test_a_picture_is_shown_to_those_who_may_see_it(network):
    image = PortalImage(title="Affiche", audience=hidden())
    image.file = ContentFile(png(), name="affiche.png")
    image.save()
    event = make_event(network, timing(), image=image)
    assert soup(event.url).select_one("figure") is None
    image.audience = Audience.objects.for_tokens(["public"])
    image.save()
    assert soup(event.url).select_one("figure img")


# --- Elsewhere ---


def test_what_is_a_la_une_comes_first_on_the_home_page_until_its_day(network, people, time_machine):
    make_event(network, weekly(weekdays="1,2,3,4,5,6,7"), title_fr="Tous les jours")
    later = make_event(network, timing(D(2026, 3, 20)), title_fr="Grande fête")
    assert "Grande fête" not in words(soup("/"))
    feature_event(actor=people[Role.COORDINATOR], event=later, until=D(2026, 3, 5))
    page = soup("/")
    assert words(page.select_one(".next-dates li")).count("Grande fête") == 1
    assert "À la une" in words(page.select_one(".next-dates li"))
    assert len(page.select(".next-dates > li")) == 3
    time_machine.move_to(dt.datetime(2026, 3, 6, 12, tzinfo=BRUSSELS))
    assert "Grande fête" not in words(soup("/"))


def test_two_events_at_most_are_a_la_une_at_once(network, people):
    make_event(network, weekly(weekdays="1,2,3,4,5,6,7"), title_fr="Tous les jours")
    for day in (20, 21, 22):
        event = make_event(network, timing(D(2026, 3, day)), title_fr=f"Fête du {day}")
        feature_event(actor=people[Role.COORDINATOR], event=event, until=D(2026, 3, 30))
    assert titles(soup("/")) == ["Fête du 20", "Fête du 21", "Tous les jours"]


def test_an_event_shown_to_fewer_people_leaves_the_home_page_at_once(network, people):
    event = make_event(network, timing(D(2026, 3, 6)), title_fr="Grande fête")
    assert "Grande fête" in words(soup("/"))
    set_audience(actor=people[Role.COORDINATOR], event=event, tokens=["member"])
    assert "Grande fête" not in words(soup("/"))


def test_the_home_page_says_what_is_on_today_and_next(network):
    make_event(network, timing(TODAY, "08:00-09:00"), title_fr="Fini ce matin")
    make_event(network, timing(TODAY, "14:00"), title_fr="Cet après-midi")
    make_event(network, timing(TODAY, ""), title_fr="Toute la journée")
    make_event(network, timing(D(2026, 3, 7)), title_fr="Samedi")
    make_event(network, timing(D(2026, 3, 8)), title_fr="Dimanche")
    make_event(network, timing(TODAY), title_fr="Caché", audience=hidden())
    home = soup("/")
    assert titles(home) == ["Toute la journée", "Cet après-midi", "Samedi"]
    assert home.select_one("section[aria-labelledby=agenda] .arrow")["href"] == "/agenda/"


def test_what_is_on_at_this_hour_is_still_to_be_gone_to(network, time_machine):
    make_event(network, timing(TODAY, "09:00-11:00"), title_fr="Jusqu’à onze heures")
    make_event(network, timing(TODAY, "22:00-02:00", more_days=1), title_fr="La nuit")
    assert titles(soup("/")) == ["Jusqu’à onze heures", "La nuit"]
    time_machine.move_to(dt.datetime(2026, 3, 5, 23, tzinfo=BRUSSELS))
    assert titles(soup("/")) == ["La nuit"]


def test_groups_and_organisations_show_their_next_dates(network):
    page = make_group(network, "manger", "Manger")
    association = Organisation.objects.create(slug="tac", name="La Table", kind="association")
    make_event(network, timing(D(2026, 3, 9)), title_fr="Du groupe", group=page.group)
    make_event(network, timing(D(2026, 3, 9)), title_fr="De la Table", organisers=[association])
    make_event(network, timing(D(2026, 3, 2)), title_fr="Passé", group=page.group)
    make_event(network, timing(D(2026, 3, 9)), title_fr="X", group=page.group, audience=hidden())
    group = soup(page.get_url())
    assert titles(group) == ["Du groupe"]
    link = group.select_one("section[aria-labelledby=prochaines] .arrow")["href"]
    assert titles(soup(link)) == ["Du groupe"]
    assert titles(soup("/repertoire/tac/")) == ["De la Table"]


def test_a_new_network_has_the_agenda_first_in_its_menu(network):
    menus = Menus.objects.get(site=network.site)
    assert menus.main_entries.order_by("sort_order").first().part == "agenda:list"


def test_the_sitemap_of_a_network_holds_no_event_of_another(network):
    other = Site.objects.create(hostname="autre.example", root_page=network.home.get_parent())
    event = make_event(network, timing(D(2026, 3, 9)), slug="ailleurs")
    assert "ailleurs" in Client().get("/sitemap.xml").content.decode()
    Event.objects.filter(pk=event.pk).update(site=other)
    assert "ailleurs" not in Client().get("/sitemap.xml").content.decode()


def test_the_sitemap_holds_public_events_that_are_not_over(network):
    for slug, day, audience in (
        ("vient", D(2026, 3, 9), {"public"}),
        ("fini", D(2026, 3, 2), {"public"}),
        ("membres", D(2026, 3, 9), {"member"}),
    ):
        row = Audience.objects.for_tokens(audience)
        make_event(network, timing(day), slug=slug, audience=row)
    text = Client().get("/sitemap.xml").content.decode()
    assert "/agenda/evenement/vient/" in text and "/nl/agenda/activiteit/vient/" in text
    assert "evenement/fini/" not in text and "evenement/membres/" not in text


def test_what_is_over_is_found_by_month(network):
    make_event(network, timing(D(2026, 1, 12)), title_fr="En janvier")
    make_event(network, weekly(D(2025, 12, 1), last=D(2025, 12, 22)))
    page = soup("/agenda/archives/")
    months = page.select(".months a")
    assert [words(month) for month in months] == ["Janvier 2026 1 date", "Décembre 2025 4 dates"]
    assert "En janvier" in words(soup(months[0]["href"]).main)
    assert not soup("/nl/agenda/archief/").select(".empty")


def test_dutch_says_everything_in_dutch(network):
    with override("nl"):
        event = make_event(network, weekly(D(2026, 3, 2)), title_fr="Atelier", title_nl="Workshop")
        url = event.url
    page = soup(url)
    assert "Workshop" in words(page.h1) and "elke maandag" in words(page.main).lower()
    assert soup("/nl/agenda/maand/2026-03/").select_one("table.month caption")


def test_the_square_leads_to_the_page(network):
    address = square_of("https://reseau.example/agenda/evenement/x/")
    assert address.startswith("data:image/svg+xml;base64,")
    event = make_event(network, timing(), slug="carre")
    project(event)
    page = soup(event.url)
    assert page.select_one(".event-square img")["src"].startswith("data:image/svg+xml")
    assert words(page.select_one(".event-square__address")) == f"http://testserver{event.url}"
