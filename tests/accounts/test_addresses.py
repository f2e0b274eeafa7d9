"""One address per person: proved before it counts, told to the old one, no look-alikes."""

import unicodedata

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.models.user import clean_email, validate_address
from tests.accounts.letters import last_code, letters, wrong
from tests.accounts.test_codes import CONFIRM, LOGIN, ask, is_in
from tests.conftest import client_of
from tests.people import Role

PASSWORD, NEW = "mot-de-passe-essai", "nouvelle@essai.example"
ADDRESS, CODE = "/compte/adresse/", "/compte/adresse/code/"


def row(user: User) -> tuple:
    return EmailAddress.objects.values_list("email", "verified", "primary").get(user=user)


@pytest.fixture
def fresh(network) -> User:
    """An account that the coordination has just made."""
    return User.objects.create_user("neuve@essai.example", PASSWORD)


def test_a_new_account_is_unproved_until_its_owner_signs_in_by_code(client, fresh):
    assert row(fresh) == ("neuve@essai.example", False, True)
    ask(client, fresh.email)
    client.post(CONFIRM, {"code": last_code()})
    assert is_in(client)
    assert row(fresh) == ("neuve@essai.example", True, True)


def test_a_password_alone_does_not_open_an_unproved_account(client, fresh):
    sent = {"login": fresh.email, "password": PASSWORD}
    assert client.post(LOGIN, sent)["Location"] == CODE
    assert not is_in(client)
    assert fresh.email in client.get(CODE).content.decode()
    client.post(CODE, {"code": last_code()})
    assert is_in(client)
    assert row(fresh)[1]


def test_guesses_at_the_code_that_proves_it_are_told_to_the_owner(fresh, time_machine):
    for number in range(4):
        time_machine.move_to(f"2026-12-01 10:{number:02}+01:00")
        thief = Client()
        thief.post(LOGIN, {"login": fresh.email, "password": PASSWORD})
        code = last_code()
        for _ in range(3):
            thief.post(CODE, {"code": wrong(code)})
    assert "essaie d’ouvrir votre compte" in letters()[-1].subject


def test_an_address_changed_by_the_coordination_begins_unproved(people):
    user = people[Role.MEMBER]
    assert row(user)[1]
    user.email = NEW
    user.save()
    assert row(user) == (NEW, False, True)
    assert User.objects.get(search_text__contains="nouvelle") == user


def ask_for_change(client, user, email: str):
    response = client.post(ADDRESS, {"email": email}, follow=True)
    if response.redirect_chain and "confirmation" in response.redirect_chain[-1][0]:
        path = response.redirect_chain[-1][0]
        response = client.post(path, {"password": PASSWORD}, follow=True)
    return response


def test_a_changed_address_is_proved_at_the_new_one_and_told_to_the_old_one(people):
    user = people[Role.MEMBER]
    client = client_of(user)
    response = ask_for_change(client, user, f" {NEW.upper()} ")
    assert response.redirect_chain[-1][0] == CODE
    assert [letter.to for letter in letters()] == [[NEW]]
    user.refresh_from_db()
    assert row(user) == ("member@essai.example", True, True)  # nothing yet
    assert user.email == "member@essai.example"
    client.post(CODE, {"code": last_code()})
    user.refresh_from_db()
    assert user.email == NEW
    assert row(user) == (NEW, True, True)
    told = letters()[-1]
    assert told.to == ["member@essai.example"]
    assert NEW not in told.body  # a shared mailbox need not learn a private address
    by_code = Client()
    ask(by_code, "member@essai.example")
    assert len(letters()) == 2  # the old one opens nothing


def test_an_address_of_somebody_else_is_not_taken(people):
    user, other = people[Role.MEMBER], people[Role.PILOT]
    client = client_of(user)
    ask_for_change(client, user, other.email)
    client.post(CODE, {"code": last_code()})
    user.refresh_from_db()
    assert user.email == "member@essai.example"
    assert row(other) == (other.email, True, True)


HOSTILE = [
    "аmi@essai.example",  # Cyrillic a
    "ami@essаi.example",
    "ami@xn--essi-73d.example",  # the same, in its ASCII form
    "αmi@essai.example",
    "אני@essai.example",
    "ami@אני.example",
    "ami@essai.example\nBcc: autre@essai.example",
    "ami@essai.example,autre@essai.example",
    '"ami\\nBcc: x"@essai.example',
    "ami@[127.0.0.1]",
    f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 59}.be",
    "ami@essai",
    "@essai.example",
]


@pytest.mark.parametrize("address", HOSTILE)
def test_an_address_that_could_mislead_is_refused(db, address):
    with pytest.raises(ValidationError):
        User.objects.create_user(address)


@pytest.mark.parametrize("address", HOSTILE)
def test_nobody_changes_to_such_an_address(people, address):
    client = client_of(people[Role.MEMBER])
    page = ask_for_change(client, people[Role.MEMBER], address)
    assert page.status_code == 200
    assert not page.redirect_chain
    assert not letters()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("am\u200bi@essai.example", "ami@essai.example"),
        ("\u202eami@essai.example\u202c", "ami@essai.example"),
        ("\u2067ami@essai.example\u2069", "ami@essai.example"),
        ("ａｍｉ＠essai.example", "ami@essai.example"),
        ("info@maison-me\u0301dicale.be", "info@maison-médicale.be"),
        ("info@xn--maison-mdicale-ikb.be", "info@maison-médicale.be"),
        (f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 55}.be", None),
    ],
)
def test_what_cannot_be_seen_goes_and_what_is_right_stays(db, typed, kept):
    user = User.objects.create_user(typed)
    assert user.email == (kept or typed)
    assert len(user.email) <= 254


ODD = st.text(
    alphabet=st.sampled_from("ami.-@é\u0301xn\u200bａаαא\u202e\n\r\t ,;<>\"'İßœ"), max_size=30
)


@given(st.one_of(ODD, st.text(max_size=40)))
def test_a_cleaned_address_stays_as_it_is_and_an_accepted_one_is_plain(typed):
    cleaned = clean_email(typed)
    assert clean_email(cleaned) == cleaned
    try:
        validate_address(cleaned)
    except ValidationError:
        return
    local, _at, domain = cleaned.rpartition("@")
    assert local.isascii()
    assert all(c in ".-" or c.isdigit() or "LATIN" in unicodedata.name(c) for c in domain)
    assert not any(c.isspace() or unicodedata.category(c)[0] == "C" for c in cleaned)
