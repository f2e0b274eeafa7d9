"""One way in, limited, and a way out."""

import re

import pytest
from django.core import mail

from accounts.models import User
from accounts.models.user import clean_email
from tests.accounts.letters import letters
from tests.conftest import client_of
from tests.people import Role

LOGIN, PASSWORD = "/compte/connexion/", "mot-de-passe-essai"


def sign_in(client, email: str, password: str = PASSWORD, **query):
    return client.post(LOGIN, {"login": email, "password": password, **query})


def test_a_member_comes_in_and_goes_out(client, people):
    assert sign_in(client, "member@essai.example").status_code == 302
    page = client.get("/compte/")
    assert page.status_code == 200
    assert "member@essai.example" in page.content.decode()
    assert client.post("/compte/deconnexion/").status_code == 302
    assert client.get("/compte/").status_code == 302


@pytest.mark.parametrize(
    "typed", ["  MEMBER@Essai.Example ", "member\u200b@essai.example", "ｍember@essai.example"]
)
def test_the_address_may_be_typed_in_many_ways(client, people, typed):
    assert clean_email(typed) == "member@essai.example"
    assert sign_in(client, typed).status_code == 302


def test_a_wrong_password_is_said_and_the_address_is_kept(client, people):
    response = sign_in(client, "member@essai.example", "faux")
    assert response.status_code == 200
    assert 'value="member@essai.example"' in response.content.decode()


def test_the_same_is_said_of_an_unknown_address(client, people):
    known = sign_in(client, "member@essai.example", "faux").content.decode()
    unknown = sign_in(client, "personne@essai.example", "faux").content.decode()

    def errors(text):
        return re.findall(r'class="[^"]*error[^"]*"[^>]*>(.*?)</', text, re.S)

    assert errors(known) == errors(unknown)
    assert errors(known)


def test_tries_are_limited(client, people):
    for _ in range(12):
        last = sign_in(client, "member@essai.example", "faux")
    assert last.status_code in {200, 429}
    # The right password does not come through either, for a while.
    assert sign_in(client, "member@essai.example").status_code != 302


@pytest.mark.parametrize(
    "path",
    [
        *("/gestion/login/", "/_util/login/", "/nl/_util/login/", "/django-admin/login/"),
        *("/admin/login/", "/gestion/password_reset/", "/compte/inscription/"),
        *("/nl/account/inschrijving/", "/_util/authenticate_with_password/1/1/"),
    ],
)
def test_there_is_no_other_password_form(client, network, path):
    for response in (client.get(path), client.post(path, {"username": "a", "password": "b"})):
        assert response.status_code == 404


@pytest.mark.parametrize("target", ["https://[::1", "https://mal.example/", "//mal.example"])
def test_signing_in_leads_nowhere_else(client, people, target):
    client.raise_request_exception = False
    assert client.get(LOGIN, {"next": target}).status_code == 200
    response = client.post(
        LOGIN, {"login": "member@essai.example", "password": PASSWORD, "next": target}
    )
    assert response.status_code == 302
    assert "mal.example" not in response["Location"]


def test_a_forgotten_password_comes_by_mail_and_is_chosen_anew(client, people):
    client.post("/compte/mot-de-passe/oublie/", {"email": "Member@essai.example"})
    assert len(letters()) == 1
    link = re.search(r"http\S+/compte/mot-de-passe/choisir/\S+", mail.outbox[0].body).group()
    path = link.split("testserver", 1)[1]
    form = client.get(path, follow=True)
    action = form.redirect_chain[-1][0]
    chosen = "un-nouveau-fil-solide"
    assert client.post(action, {"password1": chosen, "password2": chosen}).status_code == 302
    assert sign_in(client, "member@essai.example", chosen).status_code == 302


def test_an_unknown_address_gets_no_mail(client, people):
    response = client.post("/compte/mot-de-passe/oublie/", {"email": "rien@essai.example"})
    assert response.status_code == 302
    assert not letters()


def test_somebody_waiting_is_told_so(people):
    text = client_of(people[Role.WAITING]).get("/compte/").content.decode()
    assert "attente" in text or "attend" in text


def test_nobody_is_a_superuser(people):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=people[Role.ADMINISTRATOR].pk).update(is_superuser=True)


def test_addresses_differ_by_more_than_capitals(people):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        User.objects.create_user("MEMBER@essai.example")
