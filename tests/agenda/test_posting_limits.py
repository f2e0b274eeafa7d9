"""What no form and no link lets through: too many at once, an address that nobody confirmed, a
dossier whose time is over."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification
from agenda.models import Event, EventMessage, Proposal
from agenda.services.proposals import change_event, confirm_proposal, withdraw_proposal
from tests.agenda.posting import (
    accept,
    propose_url,
    send,
    typed,
    typed_by_member,
    version_of,
)
from tests.conftest import client_of
from tests.people import Role
from tests.welcome.conftest import letter_to

pytestmark = pytest.mark.django_db
ADA = "ada@essai.example"


@pytest.fixture
def by_mail(network, people) -> Proposal:
    """Sent from an address that is not confirmed yet."""
    return send(network, None, email=ADA, other_organisers="Le Vivier")


def test_a_place_that_sends_from_ever_other_addresses_is_asked_to_wait(client, network):
    for number in range(11):
        data = typed(title_fr=f"Repas {number}", email=f"ada-{number}@essai.example")
        response = client.post(propose_url(), data)
    assert response.status_code == 422
    assert Event.objects.count() == 10


def test_a_member_who_sends_without_end_is_asked_to_wait(people, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"event_sent": "2/h/user"}
    member = client_of(people[Role.MEMBER])
    sent = [typed_by_member(title_fr=f"Repas {number}") for number in range(3)]
    answers = [member.post(propose_url(), data).status_code for data in sent]
    assert answers == [302, 302, 422]
    # What is there already is no other message: whoever clicks twice is led to it.
    assert member.post(propose_url(), sent[1]).status_code == 302
    assert Event.objects.count() == 2


def test_messages_without_end_are_asked_to_wait(client, by_mail, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"event_message": "2/h/ip"}
    confirm_proposal(proposal=by_mail)
    for number in range(3):
        data = {"write": "1", "text": f"Bonjour {number}"}
        response = client.post(by_mail.follow_url, data)
    assert response.status_code == 422
    assert "Bonjour 2" in response.content.decode()
    assert EventMessage.objects.count() == 2


def test_before_the_address_is_confirmed_the_link_tells_nobody_anything(client, people, by_mail):
    client.post(by_mail.follow_url, {"write": "1", "text": "Bonjour"})
    assert not EventMessage.objects.exists()
    for role in (Role.MODERATOR, Role.COORDINATOR):
        assert client_of(people[role]).get(by_mail.url).status_code == 404, role


def by_link(proposal: Proposal, **changes) -> Proposal:
    """Sent again by whoever holds the private link."""
    return change_event(
        actor=None,
        version=version_of(proposal, **changes),
        tokens=["public"],
        base=Event.objects.get().latest_revision_id,
        proposal=proposal,
    )


def test_a_correction_waits_for_the_address_too(by_mail):
    by_link(by_mail, title_fr="Repas corrigé")
    by_mail.refresh_from_db()
    assert by_mail.state == "unconfirmed"
    assert by_mail.version.title == "Repas corrigé"
    assert not Notification.objects.exists()


def test_what_is_taken_back_and_sent_again_by_the_link_is_answered(
    people, by_mail, django_capture_on_commit_callbacks
):
    """The link is in the mail alone: who follows it reads the mail, confirmed or not."""
    withdraw_proposal(actor=None, proposal=by_mail)
    proposal = by_link(by_mail)
    with django_capture_on_commit_callbacks(execute=True):
        accept(people[Role.MODERATOR], proposal, answer="Bienvenue")
    assert "Bienvenue" in str(letter_to(ADA).get_body(("plain",)).get_content())


def test_a_receipt_is_for_those_without_an_account(client, network, people, by_mail):
    assert client.get(by_mail.receipt_url).status_code == 200
    own = send(network, people[Role.MEMBER])
    for browser in (client, client_of(people[Role.MEMBER])):
        assert browser.get(own.receipt_url).status_code == 404


def test_nothing_opens_a_dossier_whose_time_is_over(client, people, by_mail):
    """Even before the night that takes it away."""
    edit = reverse("agenda:proposal_edit", args=[by_mail.secret])
    addresses = [by_mail.receipt_url, by_mail.follow_url, edit]
    Proposal.objects.update(state="withdrawn", closed_at=timezone.now())
    coordinator = client_of(people[Role.COORDINATOR])
    assert [client.get(address).status_code for address in addresses] == [200] * 3
    assert coordinator.get(by_mail.url).status_code == 200
    Proposal.objects.update(closed_at=timezone.now() - dt.timedelta(days=366))
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    assert coordinator.get(by_mail.url).status_code == 404
    # An address that nobody confirmed in time opens nothing either.
    week = timezone.now() - dt.timedelta(days=8)
    Proposal.objects.update(state="unconfirmed", closed_at=None, created_at=week)
    assert [client.get(address).status_code for address in addresses] == [404] * 3
