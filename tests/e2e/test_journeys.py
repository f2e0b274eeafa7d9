"""Journeys in a browser: with the keyboard, without JavaScript, on a small phone."""

import pytest

from tests.e2e.actions import press_enter, sign_in, tab_to

pytestmark = pytest.mark.browser


def test_a_pilot_comes_in_with_the_keyboard_and_finds_the_group(site):
    page = site.open("/compte/connexion/?next=/compte/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    page.keyboard.press("Enter")  # the skip link leads to the content
    page.focus("[name=email]")
    page.keyboard.type("pilot@essai.example")
    tab_to(page, "J’ai un mot de passe")
    press_enter(page)
    page.focus("[name=password]")
    page.keyboard.type("mot-de-passe-essai")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compte/")
    assert page.get_by_text("Groupe A").first.is_visible()
    page.goto(site.url + "/gestion/")
    assert not [p for p in page.problems if "Content Security" in p or "://" in p]


def test_a_refused_sign_in_says_so_where_the_eye_and_the_keyboard_are(site):
    page = site.open("/compte/connexion/")
    page.fill("[name=email]", "pilot@essai.example")
    page.get_by_role("button", name="J’ai un mot de passe").click()
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
    assert page.url.endswith("/mon-espace/")
    assert page.locator("h1").is_visible()
