"""A network with its people, and what a browser sends to come in."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.models import User
from coordination.directory.models import Organisation
from coordination.welcome.enums import RequestKind, RequestState
from coordination.welcome.models import Charter, Invitation, Request
from coordination.welcome.services.charter import publish_charter
from coordination.welcome.services.invitations import invite
from core.forms.robots import new_stamp
from tests.core.test_mail import LINK, parsed, shown_links, texts
from tests.people import Role

ACCEPTS = {
    "first_name": "Ada",
    "last_name": "Exemple",
    "function": "Accueil",
    "language": "fr",
    "accepts_rules": "on",
}


@pytest.fixture
def organisation(people) -> Organisation:
    """The organisation whose representative is among `people`."""
    return Organisation.objects.get(slug="organisme-a")


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def charter(network, people) -> Charter:
    return publish_charter(
        actor=people[Role.COORDINATOR], site=network.site, text_fr="Nous coopérons."
    )


@pytest.fixture
def invitation(network, people, organisation) -> Invitation:
    """By the representative of organisation A."""
    found, _is_new = invite(
        actor=people[Role.REPRESENTATIVE],
        site=network.site,
        address="ada@essai.example",
        organisation=organisation,
        function_fr="Accueil",
        word="À bientôt !",
    )
    return found


@pytest.fixture
def overseer(people) -> User:
    return people[Role.COORDINATOR]


def stamp(**age) -> str:
    with time_machine.travel(timezone.now() - dt.timedelta(**age), tick=False):
        return new_stamp()


def person_form(**changes) -> dict:
    """What a browser sends, from a form opened ten seconds ago."""
    return {
        **ACCEPTS,
        "organisation_name": "Le Jardin",
        "email": "ada@essai.example",
        "why": "Pour travailler ensemble.",
        "stamp": stamp(seconds=10),
        **changes,
    }


def organisation_form(**changes) -> dict:
    return {
        **ACCEPTS,
        "organisation_name": "Le Jardin d’Exemple",
        "legal_form": "ASBL",
        "organisation_kind": "neighbourhood",
        "summary": "Un potager.",
        "address": "Rue d’Exemple 1, 1050 Ixelles",
        "phone": "02/123.45.67",
        "status": "adherent",
        "email": "ada@essai.example",
        "stamp": stamp(seconds=10),
        **changes,
    }


def make_request(site, **fields) -> Request:
    """A person's request whose address is confirmed."""
    fields = {
        "kind": RequestKind.PERSON,
        "state": RequestState.WAITING,
        "email": "ada@essai.example",
        "first_name": "Ada",
        "last_name": "Exemple",
        "function": "Accueil",
        "organisation_name": "Le Jardin",
        "why": "Pour travailler ensemble.",
        "rules": "essai",
        "confirmed_at": timezone.now(),
        "mail": "",
        **fields,
    }
    fields.setdefault("once", f"{fields['email']} {fields['kind']}")
    return Request.objects.create(site=site, **fields)


def letter_to(address: str):
    """The last mail to an address, parsed back; both parts lead to the same places."""
    letters = [letter for letter in mail.outbox if letter.to == [address]]
    message = parsed(letters[-1])
    plain, html = texts(message)
    assert shown_links(html) == set(LINK.findall(plain))
    return message


def link_in(message, part: str) -> str:
    """The path of the first link that holds `part`."""
    plain, _html = texts(message)
    return next(
        re.sub(r"^https?://[^/]+", "", link) for link in LINK.findall(plain) if part in link
    )
