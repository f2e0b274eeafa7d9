"""Menus, the foot of the pages and the urgent notice: edited by people, in both languages."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core import navigation
from core.models import FooterEntry, MainEntry, Menus, UrgentNotice
from core.navigation import MENU, Part
from core.services.audience import set_page_audience
from core.visibility import MEMBER
from home.models import StandardPage
from home.services.menus import build_menus
from tests.people import Role


@pytest.fixture
def menus(network) -> Menus:
    return Menus.objects.get(site=network.site)


@pytest.mark.parametrize(
    "target",
    [
        {},
        {"part": "contact", "address": "/aide/"},
        {"address": "/aide/"},  # without words
        {"address": "javascript:alert(1)", "label_fr": "a", "label_nl": "b"},
        {"address": "//ailleurs.example", "label_fr": "a", "label_nl": "b"},
        {"address": "http://clair.example", "label_fr": "a", "label_nl": "b"},
        {"part": "nulle-part"},
    ],
)
def test_an_entry_leads_to_one_thing(menus, target):
    with pytest.raises(ValidationError):
        MainEntry(menus=menus, **target).full_clean()


@pytest.mark.parametrize("address", ["/", "/aide/visiteurs/", "https://exemple.be/page?a=b"])
def test_an_entry_may_lead_to_an_address(menus, client, address):
    entry = MainEntry(menus=menus, address=address, label_fr="Voir", label_nl="Kijken")
    entry.full_clean()
    entry.save()
    french, dutch = client.get("/").content.decode(), client.get("/nl/").content.decode()
    assert re.search(rf'href="{re.escape(address)}"[^>]*>Voir<', french)
    assert re.search(rf'href="{re.escape(address)}"[^>]*>Kijken<', dutch)


def test_the_order_and_the_words_are_those_of_the_editor(menus, client):
    menus.main_entries.all().delete()
    MainEntry.objects.create(menus=menus, part="contact", sort_order=2)
    MainEntry.objects.create(
        menus=menus, part="help_index", sort_order=1, label_fr="Au secours", label_nl="Help mij"
    )
    labels = [entry["label"] for entry in client.get("/").context["navigation"]]
    assert labels == ["Au secours", "Nous joindre"]
    labels = [entry["label"] for entry in client.get("/nl/").context["navigation"]]
    assert labels == ["Help mij", "Contacteer ons"]


def test_the_home_is_current_on_the_home_only(menus, network, client):
    MainEntry.objects.create(menus=menus, page=network.home, sort_order=9)

    def current(address: str) -> list[str]:
        return [e["url"] for e in client.get(address).context["navigation"] if e["current"]]

    assert current("/") == ["/"]
    assert current("/repertoire/") == ["/repertoire/"]
    assert current("/nl/gids/") == ["/nl/gids/"]


def test_a_part_that_is_gone_leaves_the_menu(menus, client):
    MainEntry.objects.create(menus=menus, part="partie:disparue", label_fr="Fantôme")
    assert "Fantôme" not in client.get("/").content.decode()


def test_an_upgrade_adds_what_is_new_and_brings_nothing_back(menus, network, monkeypatch):
    menus.main_entries.filter(part="directory:organisation_list").delete()
    monkeypatch.setitem(navigation._parts, "essai", Part("Essai", "essai", 5, (MENU,)))
    build_menus(network.site)
    build_menus(network.site)
    parts = list(menus.main_entries.values_list("part", flat=True))
    assert parts.count("essai") == 1
    assert "directory:organisation_list" not in parts


def test_a_private_page_is_in_the_menu_of_those_who_may_open_it(menus, network, clients, people):
    page = network.home.add_child(instance=StandardPage(title="Salle du fond", slug="salle"))
    page.save_revision().publish()
    set_page_audience(actor=people[Role.COORDINATOR], page=page, tokens={MEMBER})
    MainEntry.objects.create(menus=menus, page=page, sort_order=9)
    FooterEntry.objects.create(menus=menus, page=page, sort_order=9)
    for role, client in clients.items():
        text = client.get("/").content.decode()
        is_in = role not in {Role.VISITOR, Role.WAITING, Role.FORMER}
        assert text.count("Salle du fond") == (2 if is_in else 0), role


def test_a_column_without_links_is_not_drawn(menus, client):
    menus.footer_entries.filter(column=1).delete()
    titles = [column["title"] for column in client.get("/").context["footer_columns"]]
    assert titles == ["Le réseau", "Ce site"]


@pytest.fixture
def notice(network) -> UrgentNotice:
    return UrgentNotice(
        site=network.site,
        title_fr="Grand froid.",
        title_nl="Strenge koude.",
        text_fr="L’accueil de nuit est ouvert.",
        text_nl="De nachtopvang is open.",
        phone="0800 35 243",
        ends_at=timezone.now() + dt.timedelta(days=1),
    )


def test_the_notice_is_on_every_page_in_both_languages(notice, client):
    notice.full_clean()
    notice.save()
    for address in ("/", "/repertoire/", "/groupes/", "/compte/connexion/", "/nulle-part/"):
        text = client.get(address).content.decode()
        assert "L’accueil de nuit est ouvert." in text, address
        assert 'href="tel:080035243"' in text
    assert "De nachtopvang is open." in client.get("/nl/gids/").content.decode()


@pytest.mark.parametrize(
    ("starts", "ends", "is_on"),
    [(None, 1, True), (-1, 1, True), (1, 2, False), (-2, -1, False), (None, 0, False)],
)
def test_the_notice_keeps_its_hours(notice, starts, ends, is_on):
    now = timezone.now()
    notice.starts_at = None if starts is None else now + dt.timedelta(hours=starts)
    notice.ends_at = now + dt.timedelta(hours=ends)
    assert notice.is_on() is is_on


def test_the_notice_goes_by_itself(notice, client, time_machine):
    notice.save()
    assert "Grand froid." in client.get("/").content.decode()
    time_machine.move_to(timezone.now() + dt.timedelta(days=2))
    assert "Grand froid." not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"text_nl": ""},
        {"ends_at": None},
        {"starts_at": timezone.now() + dt.timedelta(days=3)},
        {"phone": "appelez-moi"},
    ],
)
def test_a_notice_that_says_half_is_refused(notice, change):
    for name, value in change.items():
        setattr(notice, name, value)
    with pytest.raises(ValidationError):
        notice.full_clean()


def test_no_notice_is_a_notice_too(network):
    UrgentNotice(site=network.site).full_clean()


def test_the_coordinator_edits_both_in_the_admin(clients, network, menus):
    coordinator = clients[Role.COORDINATOR]
    address = f"/gestion/settings/core/urgentnotice/{network.site.pk}/"
    response = coordinator.post(
        address,
        {
            "title_fr": "Canicule.",
            "title_nl": "Hitte.",
            "text_fr": "Buvez de l’eau.",
            "text_nl": "Drink water.",
            "tone": "alert",
            "ends_at": "2099-01-01 12:00",
        },
    )
    assert response.status_code == 302
    assert "Buvez de l’eau." in clients[Role.VISITOR].get("/").content.decode()
    assert coordinator.get(f"/gestion/settings/core/menus/{network.site.pk}/").status_code == 200
    for role in (Role.PILOT, Role.EDITOR, Role.MODERATOR, Role.MEMBER, Role.VISITOR):
        assert clients[role].get(address).status_code in {302, 404}, role
        assert clients[role].post(address, {"text_fr": "x"}).status_code in {302, 404}
    assert UrgentNotice.objects.get(site=network.site).text_fr == "Buvez de l’eau."
