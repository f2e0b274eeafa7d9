"""What people come for, with the keyboard alone, on a small phone, in both languages."""

import datetime as dt

import pytest

from coordination.directory.enums import Level
from coordination.directory.models import Territory, Theme
from core.forms import robots
from home.models import ContactMessage
from tests.e2e.actions import press_enter, tab_to
from tests.people import make_organisation

pytestmark = pytest.mark.browser


@pytest.fixture
def soup(site) -> None:
    """A need, and who meets it in two towns."""
    region = Territory.add_root(slug="bruxelles", name_fr="Bruxelles", level=Level.REGION)
    theme = Theme.objects.create(
        slug="manger",
        name_fr="Manger",
        need_fr="Manger",
        name_nl="Eten",
        need_nl="Eten",
        featured=True,
    )
    for slug in ("ixelles", "etterbeek"):
        region.refresh_from_db()
        town = region.add_child(slug=slug, name_fr=slug.title(), level=Level.COMMUNE)
        organisation = make_organisation(
            f"soupe-{slug}", f"Soupe {slug}", territory=town, phone="02 123 45 67"
        )
        organisation.themes.add(theme)


@pytest.mark.parametrize(("home", "need"), [("/", "Manger"), ("/nl/", "Eten")])
def test_from_the_home_to_a_telephone_number(site, soup, home, need):
    page = site.open(home, width=360)
    tab_to(page, need)
    press_enter(page)
    tab_to(page, "Ixelles")
    press_enter(page)
    tab_to(page, "02 123 45 67")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "tel:021234567"
    assert page.get_by_role("link", name="Soupe ixelles").is_visible()
    assert not page.get_by_role("link", name="Soupe etterbeek").is_visible()
    assert not page.problems


@pytest.mark.parametrize(
    ("path", "send", "kept"),
    [
        ("/contact/", "Envoyer", "Rien de ce que vous avez écrit n’est perdu."),
        ("/nl/contact/", "Versturen", "Wat u hebt geschreven, is niet verloren."),
    ],
)
def test_a_message_is_refused_then_received(site, monkeypatch, path, send, kept):
    monkeypatch.setattr(robots, "MIN_AGE", dt.timedelta(0))  # this typist is quick
    page = site.open(path, width=360)
    tab_to(page, "text")
    page.keyboard.type("Je cherche une épicerie sociale.")
    tab_to(page, send)
    press_enter(page)
    assert page.get_by_text(kept).is_visible()
    page.wait_for_function("document.activeElement.id === 'erreurs'")
    assert page.input_value("[name=text]") == "Je cherche une épicerie sociale."
    tab_to(page, "subject")
    page.keyboard.press("Space")
    tab_to(page, send)
    press_enter(page)
    message = ContactMessage.objects.get()
    assert page.url.endswith(f"/{message.token}/")
    assert page.get_by_text(message.reference).first.is_visible()


@pytest.mark.parametrize(
    ("path", "by_password", "space", "group"),
    [
        ("/compte/connexion/", "J’ai un mot de passe", "/mon-espace/", "/groupes/groupe-a/"),
        (
            "/nl/account/aanmelden/",
            "Ik heb een wachtwoord",
            "/nl/mijn-ruimte/",
            "/nl/werkgroepen/groupe-a/",
        ),
    ],
)
def test_from_signing_in_to_the_group(site, path, by_password, space, group):
    page = site.open(path, width=360)
    tab_to(page, "email")
    page.keyboard.type("group_member@essai.example")
    tab_to(page, by_password)
    press_enter(page)
    tab_to(page, "password")
    page.keyboard.type("mot-de-passe-essai")
    press_enter(page)
    assert page.url == site.url + space
    tab_to(page, "Groupe A")
    press_enter(page)
    assert page.url.startswith(site.url + group)
    assert page.locator("h1").is_visible()


def test_the_menu_opens_and_closes_with_enter(site):
    page = site.open("/", width=360)
    groups = page.get_by_role("navigation", name="Menu principal").get_by_role("link").first
    assert not groups.is_visible()
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    assert groups.is_visible()
    page.keyboard.press("Enter")
    assert not groups.is_visible()
