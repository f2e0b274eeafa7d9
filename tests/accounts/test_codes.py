"""A code by mail: one screen, a few tries, the same words for everybody."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from time_machine import travel

from accounts.models import User
from tests.accounts.letters import last_code, letters, wrong
from tests.people import Role

ASK, CONFIRM, LOGIN = (
    "/compte/connexion/code/",
    "/compte/connexion/code/recu/",
    "/compte/connexion/",
)


@pytest.fixture
def member(people) -> User:
    return people[Role.MEMBER]


def ask(client, email: str, **more):
    return client.post(ASK, {"email": email, **more})


def is_in(client) -> bool:
    return client.get("/compte/").status_code == 200


def test_a_code_brings_somebody_in(client, member):
    assert ask(client, member.email)["Location"] == CONFIRM
    assert [letter.to for letter in letters()] == [[member.email]]
    response = client.post(f"{CONFIRM}?next=/aide/", {"code": last_code()})
    assert response["Location"] == "/aide/"
    assert is_in(client)


def test_the_first_screen_offers_the_code_first_and_a_password_without_javascript(client, member):
    page = client.get(LOGIN).content.decode()
    buttons = re.findall(r"<button[^>]*>(.*?)</button>", page, re.S)
    words = [re.sub(r"<[^>]+>", "", button).strip() for button in buttons]
    places = [words.index(one) for one in ("Recevoir un code par courriel", "J’ai un mot de passe")]
    assert places == sorted(places)
    assert re.search(r'<button[^>]*hidden[^>]*data-passkey="login"', page)
    page = client.post(LOGIN, {"email": member.email, "shared": "on"}).content.decode()
    assert f'value="{member.email}"' in page
    assert 'type="password"' in page
    assert re.search(r'name="shared"[^>]*checked', page)


def test_the_screen_of_the_code_says_where_and_until_when(client, member):
    ask(client, member.email)
    page = client.get(CONFIRM).content.decode()
    assert member.email in page
    assert "valable jusqu’à" in page
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page


def test_a_wrong_code_says_how_many_tries_are_left_and_the_third_ends_it(client, member):
    ask(client, member.email)
    code = last_code()
    for left in (2, 1):
        page = client.post(CONFIRM, {"code": wrong(code)}).content.decode()
        assert f"Il vous reste {left} essai" in page
    assert client.post(CONFIRM, {"code": wrong(code)}).status_code == 302
    client.post(CONFIRM, {"code": code})
    assert not is_in(client)


def test_a_code_is_one_browser_s_and_dies_after_a_quarter_of_an_hour(client, member):
    with travel("2026-12-01 10:00+01:00", tick=False):
        ask(client, member.email)
        code = last_code()
        Client().post(CONFIRM, {"code": code})
    with travel("2026-12-01 10:16+01:00", tick=False):
        client.post(CONFIRM, {"code": code})
        assert not is_in(client)


def test_another_code_takes_the_place_of_the_first(client, member):
    ask(client, member.email)
    first = last_code()
    assert client.post(CONFIRM, {"action": "resend"}).status_code == 302
    second = last_code()
    assert len(mail.outbox) == 2
    client.post(CONFIRM, {"code": first})
    assert not is_in(client)
    client.post(CONFIRM, {"code": second})
    assert is_in(client)


@pytest.mark.parametrize("email", ["member@essai.example", "personne@essai.example"])
def test_another_code_counts_as_a_first_one_in_whatever_browser(people, email):
    said = []
    for browser in (Client(), Client()):
        ask(browser, email)
        page = browser.post(CONFIRM, {"action": "resend"}, follow=True)
        said.append("trop d’essais" in page.content.decode())
    assert said == [False, True]
    assert len(letters()) == (3 if email.startswith("member") else 0)


def test_an_unknown_address_reads_the_same_and_gets_nothing(client, people):
    known, unknown = Client(), Client()
    pages = []
    for who, email in ((known, "member@essai.example"), (unknown, "person@essai.example")):
        answer = ask(who, email)
        said = who.get(CONFIRM).content.decode()
        tried = who.post(CONFIRM, {"code": "1"}).content.decode()
        pages.append([answer["Location"], *(strip(page, email) for page in (said, tried))])
    assert pages[0] == pages[1]
    assert [letter.to for letter in letters()] == [["member@essai.example"]]


def strip(page: str, email: str) -> str:
    page = page.replace(email, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


@pytest.mark.parametrize("role", [Role.FORMER, Role.WAITING])
def test_whoever_is_no_member_comes_in_to_the_account_page_only(client, people, role):
    ask(client, people[role].email)
    assert client.post(CONFIRM, {"code": last_code()}).status_code == 302
    assert is_in(client)


def test_a_closed_account_gets_no_code(client, member):
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert ask(client, member.email).status_code == 302
    assert client.post("/compte/mot-de-passe/oublie/", {"email": member.email}).status_code == 302
    assert not letters()


def test_the_mail_is_in_its_reader_s_language(client, member):
    User.objects.filter(pk=member.pk).update(language="nl")
    ask(client, member.email)
    with override("nl"):
        home = reverse("account_login")
    assert home.startswith("/nl/")
    assert 'lang="nl"' in letters()[0].alternatives[0][0]


def test_a_mail_server_that_fails_is_no_error_of_the_page(client, member, settings):
    settings.EMAIL_BACKEND = "tests.accounts.broken.Backend"
    client.raise_request_exception = False
    assert ask(client, member.email).status_code == 302
    assert client.post("/compte/mot-de-passe/oublie/", {"email": member.email}).status_code == 302
    letters()  # the jobs themselves
