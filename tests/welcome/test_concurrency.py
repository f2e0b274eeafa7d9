"""Coming in and leaving, twice at the very same moment."""

import threading

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections
from django.test import Client

from accounts.models import NetworkMembership, Notification, User
from coordination.directory.models import Adhesion, Organisation, OrganisationMembership
from coordination.directory.services.membership import leave_organisation
from coordination.welcome.models import Charter, Invitation, Request
from coordination.welcome.services import requests
from coordination.welcome.services.admission import Newcomer
from coordination.welcome.services.invitations import (
    accept_invitation,
    invite,
    invite_again,
    withdraw_invitation,
)
from home.services.network import build_network
from tests.conftest import client_of
from tests.directory.test_concurrency import at_once
from tests.people import PAST, Role, make_people
from tests.welcome.conftest import make_request, organisation_form, person_form

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "ada@essai.example"
FIFTY = 50
HANDS = 10  # connections of the database that fifty people share


@pytest.fixture
def site():
    return build_network(host="testserver", port=80, name="Réseau").site


@pytest.fixture
def village(site) -> dict:
    network = build_network(host="testserver", port=80, name="Réseau")
    people = make_people(network)
    mail.outbox.clear()
    return people


@pytest.fixture
def organisation(village) -> Organisation:
    return Organisation.objects.get(slug="organisme-a")


def fifty_times(action) -> None:
    """Fifty equal tries, ten at a time; one after the other on SQLite."""
    if connection.vendor == "sqlite":
        for _time in range(FIFTY):
            action()
        return

    def several() -> None:
        for _time in range(FIFTY // HANDS):
            action()

    at_once(*[several] * HANDS)


def submit(user, path: str, data: dict, statuses: list):
    def action() -> None:
        client = client_of(user) if user else Client(raise_request_exception=False)
        statuses.append(client.post(path, data).status_code)

    return action


def outcomes(*actions) -> list[str]:
    """What each of the actions, done at once, came to."""
    results, lock = [], threading.Lock()

    def guarded(action):
        def run() -> None:
            try:
                action()
                outcome = "done"
            except (ValidationError, PermissionDenied) as error:
                outcome = type(error).__name__
            finally:
                connections.close_all() if connection.vendor != "sqlite" else None
            with lock:
                results.append(outcome)

        return run

    at_once(*[guarded(action) for action in actions])
    return sorted(results)


@pytest.mark.parametrize(
    ("path", "make"),
    [("/rejoindre/personne/", person_form), ("/rejoindre/organisme/", organisation_form)],
)
def test_a_form_sent_fifty_times_is_one_request(village, path, make):
    statuses, data = [], make()
    fifty_times(submit(None, path, data, statuses))
    assert Request.objects.count() == 1
    assert len([letter for letter in mail.outbox if letter.to == [ADDRESS]]) == 1
    assert statuses.count(302) >= 1
    assert set(statuses) <= {302, 422}  # the limit of one visitor's address


def test_an_invitation_sent_fifty_times_is_one(village, organisation):
    statuses = []
    data = {"address": ADDRESS, "organisation": organisation.pk, "role": "worker", "language": "fr"}
    fifty_times(submit(village[Role.REPRESENTATIVE], "/rejoindre/gestion/inviter/", data, statuses))
    assert set(statuses) == {302}
    assert Invitation.objects.count() == len(mail.outbox) == 1


def test_a_list_sent_fifty_times_invites_once(village, organisation):
    statuses = []
    data = {
        "lines": f"{ADDRESS};Organisme A\nb@essai.example",
        "role": "worker",
        "language": "fr",
        "invite": "1",
        "line": ["1", "2"],
    }
    path = "/rejoindre/gestion/inviter/liste/"
    fifty_times(submit(village[Role.COORDINATOR], path, data, statuses))
    assert Invitation.objects.count() == len(mail.outbox) == 2
    assert set(statuses) <= {302, 422}


def test_a_charter_sent_fifty_times_is_one_version(village):
    statuses = []
    data = {"text_fr": "Nous coopérons.", "text_nl": ""}
    fifty_times(submit(village[Role.COORDINATOR], "/rejoindre/gestion/charte/", data, statuses))
    assert Charter.objects.count() == 1
    assert set(statuses) == {302}


def test_two_approvals_of_one_request_make_one(site, village, organisation):
    asked = make_request(site)

    def approve(role):
        return lambda: requests.accept_person(
            actor=village[role], asked=asked, organisation=organisation, role="worker"
        )

    results = outcomes(approve(Role.COORDINATOR), approve(Role.ADMINISTRATOR))
    assert results == ["ValidationError", "done"]
    user = User.objects.get(email=ADDRESS)
    assert NetworkMembership.objects.filter(user=user).count() == 1
    assert OrganisationMembership.objects.filter(user=user).count() == 1
    assert len([letter for letter in mail.outbox if letter.to == [ADDRESS]]) == 1


def test_approving_and_refusing_at_once_is_one_answer(site, village):
    asked = make_request(site)
    results = outcomes(
        lambda: requests.accept_person(
            actor=village[Role.COORDINATOR], asked=asked, organisation=None, role="worker"
        ),
        lambda: requests.refuse_request(
            actor=village[Role.ADMINISTRATOR], asked=asked, answer="Non."
        ),
    )
    assert results == ["ValidationError", "done"]
    accepted = Request.objects.get().state == "accepted"
    assert User.objects.filter(email=ADDRESS).exists() == accepted


def test_two_approvals_of_one_organisation_make_one_record(site, village):
    asked = make_request(
        site, kind="organisation", organisation_name="Le Jardin", organisation_kind="food"
    )

    def approve(role):
        return lambda: requests.accept_organisation(
            actor=village[role], asked=asked, organisation=None, status="adherent"
        )

    results = outcomes(approve(Role.COORDINATOR), approve(Role.ADMINISTRATOR))
    assert results == ["ValidationError", "done"]
    assert Organisation.objects.filter(name="Le Jardin").count() == Adhesion.objects.count() == 1


def test_two_acceptances_of_one_invitation_make_one_account(site, village, organisation):
    invitation, _new = invite(
        actor=village[Role.COORDINATOR], site=site, address=ADDRESS, organisation=organisation
    )

    def accept(name):
        newcomer = Newcomer(ADDRESS, name, "Exemple", "Accueil")
        return lambda: accept_invitation(invitation=invitation, newcomer=newcomer)

    assert outcomes(accept("Ada"), accept("Eve")) == ["ValidationError", "done"]
    user = User.objects.get(email=ADDRESS)
    assert NetworkMembership.objects.filter(user=user).count() == 1
    assert Notification.objects.filter(kind="welcome.accepted").count() == 1


def test_two_invitations_of_one_address_accepted_at_once_make_one_account(
    site, village, organisation
):
    coordinator = village[Role.COORDINATOR]
    both = [
        invite(actor=coordinator, site=site, address=ADDRESS, organisation=place)[0]
        for place in (organisation, None)
    ]
    newcomer = Newcomer(ADDRESS, "Ada")
    results = outcomes(
        *(lambda one=one: accept_invitation(invitation=one, newcomer=newcomer) for one in both)
    )
    assert results == ["done", "done"]
    user = User.objects.get(email=ADDRESS)
    assert NetworkMembership.objects.filter(user=user).count() == 1


def test_an_invitation_is_accepted_or_withdrawn_and_never_both(site, village, organisation):
    invitation, _new = invite(
        actor=village[Role.COORDINATOR], site=site, address=ADDRESS, organisation=organisation
    )
    results = outcomes(
        lambda: accept_invitation(invitation=invitation, newcomer=Newcomer(ADDRESS, "Ada")),
        lambda: withdraw_invitation(actor=village[Role.COORDINATOR], invitation=invitation),
    )
    assert results == ["ValidationError", "done"]
    accepted = Invitation.objects.get().state == "accepted"
    assert User.objects.filter(email=ADDRESS).exists() == accepted


def test_sent_again_twice_is_one_mail(site, village):
    invitation, _new = invite(actor=village[Role.COORDINATOR], site=site, address=ADDRESS)
    mail.outbox.clear()
    Invitation.objects.update(asked_at="2026-01-01T12:00Z")
    again = [
        lambda role=role: invite_again(actor=village[role], invitation=invitation)
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR)
    ]
    assert outcomes(*again) == ["ValidationError", "done"]
    assert len(mail.outbox) == 1


def test_of_the_last_two_representatives_one_stays(village, organisation):
    two = [village[Role.REPRESENTATIVE], village[Role.MEMBER]]
    OrganisationMembership.objects.create(
        user=two[1], organisation=organisation, role="representative", start=PAST
    )
    results = outcomes(
        *(lambda one=one: leave_organisation(actor=one, organisation=organisation) for one in two)
    )
    assert results == ["ValidationError", "done"]
    assert OrganisationMembership.objects.speaking().filter(organisation=organisation).count() == 1


def test_the_last_representative_leaving_twice_tells_once(village, organisation):
    leave = [
        lambda: leave_organisation(
            actor=User.objects.get(pk=village[Role.REPRESENTATIVE].pk),
            organisation=organisation,
            tell=True,
        )
    ] * 2
    assert outcomes(*leave) == ["PermissionDenied", "done"]
    told = Notification.objects.filter(kind="directory.unrepresented")
    assert told.count() == 2  # the coordination and the administration, once each
