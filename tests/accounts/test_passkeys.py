"""Passkeys: they open an account alone, when the device asked for a finger, a face or a PIN."""

import json
import re

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.accounts.letters import letters
from tests.accounts.test_codes import is_in
from tests.accounts.test_second_factor import (
    SECOND,
    SECURITY,
    confirm_it_is_me,
    give_application,
    sign_in,
)
from tests.passkey import Passkey
from tests.people import Role

PASSWORD, ADD = "mot-de-passe-essai", "/compte/securite/cles/ajouter/"
BY_KEY = "/compte/connexion/cle/"


def options_in(page: str) -> dict:
    return json.loads(re.search(r'<script id="cle-options"[^>]*>(.*?)</script>', page).group(1))


def browser(user) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.post("/compte/connexion/", {"login": user.email, "password": PASSWORD})
    return client


def add(client, passkey: Passkey, name: str = "Mon téléphone"):
    response = client.get(ADD, follow=True)
    if response.redirect_chain:
        client.post(response.redirect_chain[-1][0], {"password": PASSWORD})
        response = client.get(ADD)
    options = options_in(response.content.decode())["publicKey"]
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    credential = passkey.create(options["challenge"])
    return client.post(ADD, {"name": name, "credential": credential})


def enter(passkey: Passkey, user, **more) -> Client:
    client = Client(SERVER_NAME="localhost")
    options = client.get(BY_KEY, headers={"accept": "application/json"}).json()["request_options"]
    handle = user_pk_to_url_str(user).encode()
    credential = passkey.get(options["publicKey"]["challenge"], handle)
    client.post(BY_KEY, {"credential": credential, **more})
    return client


@pytest.fixture
def user(people, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    return people[Role.PILOT]


def test_a_passkey_is_added_told_and_opens_the_account_alone(user):
    passkey = Passkey()
    client = browser(user)
    assert add(client, passkey)["Location"] == "/compte/securite/codes-de-secours/"
    assert "nouvelle clé d’accès" in letters()[-1].subject
    assert "Mon téléphone" in client.get(SECURITY).content.decode()
    user.refresh_from_db()
    assert user.second_factor_by is None
    assert is_in(enter(passkey, user))
    assert not is_in(enter(Passkey(id=passkey.id), user))  # another key under its name


def test_a_device_that_asks_for_nothing_is_refused(user):
    client = browser(user)
    response = add(client, Passkey(verifies=False))
    assert "La clé n’a pas pu être ajoutée" in response.content.decode()
    assert not Authenticator.objects.filter(user=user).exists()
    passkey = Passkey()
    add(client, passkey)
    passkey.verifies = False
    assert not is_in(enter(passkey, user))


def test_a_passkey_of_another_site_opens_nothing(user):
    passkey = Passkey()
    add(browser(user), passkey)
    passkey.origin = "https://mal.example"
    assert not is_in(enter(passkey, user))


def test_an_answer_serves_once(user):
    passkey = Passkey()
    add(browser(user), passkey)
    client = Client(SERVER_NAME="localhost")
    options = client.get(BY_KEY, headers={"accept": "application/json"}).json()["request_options"]
    handle = user_pk_to_url_str(user).encode()
    credential = passkey.get(options["publicKey"]["challenge"], handle)
    client.post(BY_KEY, {"credential": credential})
    assert is_in(client)
    thief = Client(SERVER_NAME="localhost")
    thief.get(BY_KEY, headers={"accept": "application/json"})
    thief.post(BY_KEY, {"credential": credential})
    assert not is_in(thief)


def test_it_is_the_second_factor_after_a_password(user):
    passkey = Passkey()
    add(browser(user), passkey)
    client = browser(user)
    assert not is_in(client)
    challenge = options_in(client.get(SECOND).content.decode())["publicKey"]["challenge"]
    client.post(SECOND, {"credential": passkey.get(challenge)})
    assert is_in(client)


def test_on_a_shared_computer_it_ends_too(user):
    passkey = Passkey()
    add(browser(user), passkey)
    client = enter(passkey, user, shared="on")
    assert is_in(client)
    assert client.session["accounts.ends_at"]


def test_the_last_one_stays_another_may_go(user):
    client = browser(user)
    add(client, Passkey(), "Première")
    first = Authenticator.objects.get(user=user, type="webauthn")
    path = f"/compte/securite/cles/{first.pk}/retirer/"
    client.post(path)
    assert Authenticator.objects.filter(pk=first.pk).exists()
    give_application(user)
    assert client.post(path).status_code == 302
    assert not Authenticator.objects.filter(pk=first.pk).exists()
    assert "retirée" in letters()[-1].subject


def test_nobody_names_or_removes_somebody_else_s(user, people):
    add(browser(user), Passkey(), "Première")
    first = Authenticator.objects.get(user=user, type="webauthn")
    other = sign_in(people[Role.MEMBER])
    confirm_it_is_me(other, ADD)
    for path in (
        f"/compte/securite/cles/{first.pk}/nommer/",
        f"/compte/securite/cles/{first.pk}/retirer/",
    ):
        assert other.get(path).status_code == 404
        assert other.post(path, {"name": "x"}).status_code == 404


def odd_credentials(user) -> list[str]:
    """JSON that no browser sends: each part of a right answer missing, or of another kind."""
    whole = json.loads(Passkey().get("abcd", user_pk_to_url_str(user).encode()))
    odd = ["", "{}", "[]", "null", '{"id": "x"}', "x" * 5000, '"x"', "7"]
    for part in (whole, whole["response"]):
        for name, value in list(part.items()):
            for other in ("", "é", 7, None, [], {}, "AA"):
                part[name] = other
                odd.append(json.dumps(whole))
            part[name] = value
    return odd


def test_anything_else_is_no_passkey(user, settings):
    settings.MFA_RATE_LIMITS = {"webauthn_login": "1000/m/ip"}
    settings.ACCOUNT_RATE_LIMITS = {}
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    half_way = browser_with_key(user)
    for credential in odd_credentials(user):
        client.get(BY_KEY, headers={"accept": "application/json"})
        assert client.post(BY_KEY, {"credential": credential}).status_code == 302, credential
        assert half_way.post(SECOND, {"credential": credential}).status_code == 200, credential
    assert not is_in(client)
    assert not is_in(half_way)


def browser_with_key(user) -> Client:
    """The password was right, the passkey is still to come."""
    add(browser(user), Passkey())
    return browser(user)
