"""Asking to join: the same answer for everybody, an address that is confirmed, one answer."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.models import Notification, User
from coordination.directory.models import OrganisationMembership
from coordination.welcome.models import Request
from coordination.welcome.services import requests
from core.desk import waiting_for
from core.models import Audience
from tests.conftest import client_of
from tests.core.test_mail import texts
from tests.people import Role
from tests.welcome.conftest import (
    letter_to,
    link_in,
    make_request,
    person_form,
)

pytestmark = pytest.mark.django_db
ADDRESS = "ada@essai.example"
PERSON, ORGANISATION = "/rejoindre/personne/", "/rejoindre/organisme/"


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=kind).values_list("user__email", flat=True))


def test_from_the_form_to_the_first_page_as_a_member(people, organisation, client, on_commit):
    with on_commit(execute=True):
        response = client.post(PERSON, person_form(organisation=organisation.pk))
    asked = Request.objects.get()
    receipt = client.get(response.url)
    page = receipt.content.decode()
    for words in (asked.reference, "Pour travailler ensemble.", ADDRESS, "datetime="):
        assert words in page
    assert asked.secret not in page
    assert '<meta name="robots" content="noindex">' in page
    assert "no-store" in receipt["Cache-Control"]
    assert told("welcome.request") == set()
    assert not any(asked.url == item.url for item in waiting_for(people[Role.COORDINATOR]))

    confirm = letter_to(ADDRESS)
    assert "Pour travailler ensemble." not in texts(confirm)[0]  # nobody writes through our mail
    follow = link_in(confirm, "/demandes/")
    assert client.get(follow).status_code == client.head(follow).status_code == 200
    assert Request.objects.get().state == "unconfirmed"
    with on_commit(execute=True):
        client.post(follow, {"confirm": "1"})
        client.post(follow, {"confirm": "1"})
    assert told("welcome.request") == {"coordinator@essai.example", "administrator@essai.example"}
    assert told("welcome.request_for_mine") == {"representative@essai.example"}
    copy = letter_to(ADDRESS)
    for text in texts(copy):
        assert asked.reference in text
        assert "Pour travailler ensemble." in text
    assert len([one for one in mail.outbox if one.to == [ADDRESS]]) == 2

    coordinator = client_of(people[Role.COORDINATOR])
    again = User.objects.get(pk=people[Role.COORDINATOR].pk)
    assert any(asked.url == item.url for item in waiting_for(again))
    answer = {"decision": "accept", "role": "worker", "organisation": organisation.pk}
    with on_commit(execute=True):
        assert coordinator.post(asked.url, answer | {"answer": "Bienvenue !"}).status_code == 302
    welcome = letter_to(ADDRESS)
    assert "Bienvenue !" in texts(welcome)[0]
    assert link_in(welcome, "/demandes/") == follow
    assert client.get(follow).status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.post(follow, {"enter": "1"}).url == "/mon-espace/"
    assert client.get("/mon-espace/").status_code == 200
    user = User.objects.get(email=ADDRESS)
    assert OrganisationMembership.objects.live().get(user=user).organisation == organisation
    # The link has opened its one door.
    other = client_of(None)
    assert other.post(follow, {"enter": "1"}).url.startswith("/compte/connexion/")
    assert "_auth_user_id" not in other.session


def test_the_answer_is_the_same_for_an_address_that_has_an_account(people, client, on_commit):
    pages, before = [], User.objects.count()
    for address in (ADDRESS, people[Role.MEMBER].email):
        now = dt.datetime(2026, 3, 2, 15, 0, tzinfo=dt.UTC)
        with time_machine.travel(now, tick=False), on_commit(execute=True):
            response = client.post(PERSON, person_form(email=address))
        asked = Request.objects.get(email=address)
        with time_machine.travel(now, tick=False):
            page = client.get(response.url).content.decode()
        for mine in (address, asked.reference, asked.receipt):
            page = page.replace(mine, "…")
        pages.append(page)
    assert pages[0] == pages[1]
    known = letter_to(people[Role.MEMBER].email)
    assert "vous avez déjà un compte" in known["Subject"]
    assert link_in(known, "/compte/connexion/")
    assert "/demandes/" not in texts(known)[0]
    assert User.objects.count() == before
    assert told("welcome.request") == set()


def test_sent_fifty_times_is_one_request(client, on_commit):
    data = person_form()
    with on_commit(execute=True):
        addresses = {client.post(PERSON, data).url for _time in range(50)}
    assert len(addresses) == Request.objects.count() == len(mail.outbox) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"courriel2": "a@b.example"},
        {"stamp": ""},
        {"accepts_rules": ""},
        {"email": "ada@essаi.example"},
        {"email": "ada@essai.example\nBcc: b@essai.example"},
        {"organisation_name": ""},
        {"organisation": "999999"},
        {"organisation": "\x00"},
        {"why": ""},
        {"why": "a" * 1001},
        {"function": "\u202e"},
        {"language": "de"},
    ],
)
def test_what_is_refused_is_given_back(network, client, changes):
    response = client.post(PERSON, person_form(**changes))
    assert response.status_code == 422
    assert "Exemple" in response.content.decode()
    assert not Request.objects.exists()


def test_an_organisation_that_not_everybody_sees_is_not_in_the_list(people, organisation, client):
    organisation.audience = Audience.objects.for_tokens({"member"})
    organisation.save()
    assert "Organisme A" not in client.get(PERSON).content.decode()
    assert client.post(PERSON, person_form(organisation=organisation.pk)).status_code == 422


def test_one_address_gets_few_mails_and_one_visitor_sends_few(network, client):
    statuses = [client.post(PERSON, person_form(why=f"Mot {n}")).status_code for n in range(4)]
    assert statuses == [302, 302, 302, 422]
    rest = [
        client.post(PERSON, person_form(email=f"a{n}@essai.example")).status_code for n in range(7)
    ]
    assert rest == [302] * 6 + [422]


def test_an_address_that_nobody_confirms_is_forgotten(network, client):
    client.post(PERSON, person_form())
    asked = Request.objects.get()
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1)):
        assert client.get(asked.receipt_url).status_code == 404
        assert client.post(asked.follow_url, {"confirm": "1"}).status_code == 404
        assert list(Request.objects.expired()) == [asked]
    asked.refresh_from_db()
    assert asked.state == "unconfirmed"


def test_what_was_answered_is_kept_for_a_year(network):
    kept = make_request(network.site, state="withdrawn", closed_at=timezone.now())
    assert not Request.objects.expired().exists()
    with time_machine.travel(timezone.now() + dt.timedelta(days=366)):
        assert list(Request.objects.expired()) == [kept]


def test_the_receipt_says_nothing_of_the_answer(people, network, client):
    asked = make_request(network.site)
    before = client.get(asked.receipt_url).content
    requests.accept_person(
        actor=people[Role.COORDINATOR], asked=asked, organisation=None, role="worker"
    )
    assert client.get(asked.receipt_url).content == before


def test_a_guessed_secret_is_nothing(network, client):
    asked = make_request(network.site)
    for path in ("/rejoindre/demandes/x/", f"/rejoindre/demandes/{asked.receipt}/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"withdraw": "1"}).status_code == 404
    assert client.get(f"/rejoindre/recu/{asked.secret}/").status_code == 404


def test_whoever_asked_takes_it_back_and_nobody_answers_any_more(people, network, client):
    asked = make_request(network.site)
    client.post(asked.follow_url, {"withdraw": "1"})
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    coordinator = client_of(people[Role.COORDINATOR])
    answer = coordinator.post(asked.url, {"decision": "accept", "role": "worker"})
    assert answer.status_code == 422
    assert not User.objects.filter(email=ADDRESS).exists()
    client.post(asked.follow_url, {"confirm": "1"})
    assert Request.objects.get().state == "withdrawn"
