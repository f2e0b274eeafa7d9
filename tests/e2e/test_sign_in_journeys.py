"""Coming in with the keyboard alone, on a small telephone, in both languages."""

import re
import time

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.translation import override

from tests.accounts.test_second_factor import code_of
from tests.e2e.actions import press_enter, tab_to

pytestmark = pytest.mark.browser
CODE = re.compile(r"^(\d{4} \d{4})$", re.MULTILINE)
PASSWORD = "mot-de-passe-essai"
# What each control is called.
WORDS = {
    "fr": {
        "ask": "Recevoir un code par courriel",
        "password": "J’ai un mot de passe",
        "passkey": "Utiliser une clé d’accès",
        "enter": "Me connecter",
        "add": "Ajouter cette clé",
        "application": "Ajouter l’application",
        "show": "Montrer mes codes",
    },
    "nl": {
        "ask": "Een code per e-mail krijgen",
        "password": "Ik heb een wachtwoord",
        "passkey": "Een toegangssleutel gebruiken",
        "enter": "Aanmelden",
        "add": "Deze sleutel toevoegen",
        "application": "De app toevoegen",
        "show": "Mijn codes tonen",
    },
}


def path(name: str, language: str) -> str:
    with override(language):
        return reverse(name)


def code_from_mail(to: str) -> str:
    for _ in range(50):
        letters = [letter for letter in mail.outbox if letter.to == [to]]
        if letters:
            return CODE.search(letters[-1].body).group(1)
        time.sleep(0.1)
    raise AssertionError(f"no mail to {to}")


def by_code(site, language: str, email: str):
    page = site.open(path("account_login", language), width=360)
    tab_to(page, "email")
    page.keyboard.type(email)
    tab_to(page, WORDS[language]["ask"])
    press_enter(page)
    tab_to(page, "code")
    page.keyboard.type(code_from_mail(email))
    press_enter(page)
    return page


def prove(page, site, language: str, name: str) -> None:
    """Open a page that first asks for the password."""
    page.goto(site.url + path(name, language))
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    press_enter(page)
    assert page.url == site.url + path(name, language)


def leave(page, site, language: str) -> None:
    page.goto(site.url + path("account_logout", language))
    page.locator("main button[type=submit]").focus()
    press_enter(page)


def nothing_wrong(page) -> bool:
    return not [p for p in page.problems if "Content Security" in p or "://" in p]


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_in_with_a_code_from_the_mailbox(site, language):
    page = by_code(site, language, "member@essai.example")
    assert page.url == site.url + path("space", language)
    assert nothing_wrong(page)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_passkey_is_added_and_opens_the_account(site, language):
    email, words = "member@essai.example", WORDS[language]
    page = by_code(site, language, email)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    options |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    prove(page, site, language, "mfa_add_webauthn")
    tab_to(page, words["add"])
    press_enter(page)
    assert page.url == site.url + path("mfa_view_recovery_codes", language)
    tab_to(page, words["show"])
    press_enter(page)
    assert page.locator(".codes li").count() == 10
    leave(page, site, language)
    page.goto(site.url + path("account_login", language))
    tab_to(page, words["passkey"])
    press_enter(page)
    assert page.url == site.url + path("space", language)
    assert nothing_wrong(page)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_an_application_of_codes_is_added_and_asked_for(site, language):
    email, words = "member@essai.example", WORDS[language]
    page = by_code(site, language, email)
    prove(page, site, language, "mfa_activate_totp")
    secret = page.inner_text(".qr-key code")
    tab_to(page, "code")
    page.keyboard.type(code_of(secret))
    tab_to(page, words["application"])
    press_enter(page)
    assert page.url == site.url + path("mfa_view_recovery_codes", language)
    leave(page, site, language)
    page.goto(site.url + path("account_login", language))
    tab_to(page, "email")
    page.keyboard.type(email)
    tab_to(page, words["password"])
    press_enter(page)
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    press_enter(page)
    assert page.url == site.url + path("mfa_authenticate", language)
    tab_to(page, "code")
    page.keyboard.type(code_of(secret, ahead=1))
    press_enter(page)
    assert page.url == site.url + path("space", language)
    assert nothing_wrong(page)


def test_without_javascript_there_is_no_passkey_and_the_code_works(site):
    page = site.open("/compte/connexion/", width=360, java_script_enabled=False)
    assert not page.get_by_role("button", name="Utiliser une clé d’accès").is_visible()
    page.fill("[name=email]", "member@essai.example")
    page.get_by_role("button", name="Recevoir un code par courriel").click()
    page.fill("[name=code]", code_from_mail("member@essai.example"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/mon-espace/")
