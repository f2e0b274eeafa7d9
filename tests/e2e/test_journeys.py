"""Journeys in a browser: with the keyboard, without JavaScript, on a small phone, read by axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.actions import sign_in

pytestmark = pytest.mark.browser
PATHS = [
    "/",
    "/nl/",
    "/groupes/",
    "/groupes/groupe-a/",
    "/repertoire/",
    "/nl/gids/?q=x",
    "/repertoire/organisme-a/",
    "/repertoire/lieux/",
    "/actualites/",
    "/compte/connexion/",
    "/compte/mot-de-passe/oublie/",
    "/nulle-part/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_no_page_calls_elsewhere(site, scheme):
    for width in (360, 1280):
        for path in PATHS:
            page = site.open(path, width=width, scheme=scheme)
            violations = Axe().run(page).response["violations"]
            found = [(v["id"], [n["html"][:120] for n in v["nodes"]][:2]) for v in violations]
            assert not found, f"{path} {width} {scheme}: {found}"
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{path} overflows at {width}"
            if path != "/nulle-part/":
                assert not page.problems, f"{path}: {page.problems}"
            page.context.close()


def test_a_pilot_comes_in_with_the_keyboard_and_finds_the_group(site):
    page = site.open("/compte/connexion/?next=/compte/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    page.keyboard.press("Enter")  # the skip link leads to the content
    page.focus("[name=login]")
    page.keyboard.type("pilot@essai.example")
    page.keyboard.press("Tab")
    page.keyboard.type("mot-de-passe-essai")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compte/")
    assert page.get_by_text("Groupe A").first.is_visible()
    page.goto(site.url + "/gestion/")
    assert not [p for p in page.problems if "Content Security" in p or "://" in p]


def test_a_refused_sign_in_says_so_where_the_eye_and_the_keyboard_are(site):
    page = site.open("/compte/connexion/")
    page.fill("[name=login]", "pilot@essai.example")
    page.fill("[name=password]", "faux")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.wait_for_function("document.activeElement !== document.body")
    focused = page.evaluate("document.activeElement.textContent")
    assert len(focused.strip()) > 10
    assert page.input_value("[name=login]") == "pilot@essai.example"


def test_the_directory_works_without_javascript_on_a_phone(site):
    page = site.open("/repertoire/", width=360, java_script_enabled=False)
    page.fill("main [name=q]", "ORGANISME")
    page.locator("main [name=q]").press("Enter")
    page.wait_for_load_state()
    assert page.get_by_role("link", name="Organisme A").is_visible()
    page.goto(site.url + "/compte/connexion/")
    sign_in(page, "member@essai.example")
    assert page.get_by_role("heading", name="Ce qui vous attend").is_visible()
