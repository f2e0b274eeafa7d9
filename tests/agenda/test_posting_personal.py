"""What the agenda knows of whoever proposes, told to them and forgotten with their account."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from agenda import personal
from agenda.models import (
    CalendarLink,
    Event,
    EventDraft,
    EventMessage,
    EventReport,
    Proposal,
)
from agenda.services.moderation import write_message
from agenda.services.proposals import confirm_proposal
from coordination.directory.models import Organisation
from core.models import Audience
from tests.agenda.making import again, make_event, timing
from tests.agenda.posting import accept, send
from tests.people import Role

pytestmark = pytest.mark.django_db


def test_one_reads_what_one_sent_from_ones_account_and_from_ones_address(network, people):
    member = people[Role.MEMBER]
    own = send(network, member)
    by_mail = confirm_proposal(proposal=send(network, None, email=member.email.upper()))
    send(network, None, email="autre@essai.example")
    write_message(actor=member, proposal=own, text="Bonjour")
    EventDraft.objects.create(user=member, data={"title_fr": ["Repas"], "x": [""]})
    told = {row["reference"] for row in personal.proposals(member)}
    assert told == {own.reference, by_mail.reference}
    assert [row["text"] for row in personal.messages(member)] == ["Bonjour"]
    assert [row["text"] for row in personal.drafts(member)] == ["Repas"]


def test_forgotten_what_was_never_published_goes_and_the_rest_loses_the_address(network, people):
    member = people[Role.MEMBER]
    waiting = send(network, member)
    sent = confirm_proposal(proposal=send(network, None, email=member.email))
    sent.refresh_from_db()
    published = accept(people[Role.MODERATOR], sent)
    other = send(network, None, email="autre@essai.example")
    write_message(actor=member, proposal=waiting, text="Bonjour")
    for data in personal.OWN:
        if data.forget is not None:
            data.forget(member)
    assert not Event.objects.filter(pk=waiting.event_id).exists()
    assert Event.objects.get(pk=published.event_id).live
    assert Proposal.objects.get(pk=published.pk).email == ""
    assert Proposal.objects.get(pk=other.pk).email == "autre@essai.example"
    assert not EventMessage.objects.filter(author=member).exists()


def test_the_address_of_whoever_answered_leaves_every_version(network, people):
    member = people[Role.MEMBER]
    event = make_event(network, timing(), contact_email=member.email.upper())
    event = again(event, title_fr="Autre titre", contact_email=member.email)
    again(event, contact_email="autre@essai.example")
    other = make_event(network, timing(), contact_email="autre@essai.example")
    personal.forget_contact(member)
    kept = {r.content["contact_email"] for r in event.revisions.all()}
    assert kept == {"", "autre@essai.example"}
    assert event.revisions.count() == 3
    assert other.latest_revision.content["contact_email"] == "autre@essai.example"


def test_a_moderator_reads_their_answers_without_who_had_proposed(network, people):
    proposal = confirm_proposal(proposal=send(network, None, email="ada@essai.example"))
    proposal.refresh_from_db()
    accept(people[Role.MODERATOR], proposal, answer="Bienvenue")
    rows = list(personal.decisions(people[Role.MODERATOR]))
    assert [row["answer"] for row in rows] == ["Bienvenue"]
    assert "ada@" not in str(rows)


def test_an_address_that_nobody_confirmed_is_not_ones_own(network, people):
    member = people[Role.MEMBER]
    theirs = send(network, None, email="autre@essai.example")
    EmailAddress.objects.create(user=member, email="autre@essai.example", verified=False)
    assert list(personal.proposals(member)) == []
    personal.forget_own_proposals(member)
    assert Proposal.objects.get() == theirs


def test_what_waits_for_an_organisation_stays_with_its_people(network, people):
    author = people[Role.REPRESENTATIVE]
    organisation = Organisation.objects.get(slug="organisme-a")
    proposal = send(network, author, organisers=[organisation])
    personal.forget_own_proposals(author)
    proposal.refresh_from_db()
    assert (proposal.event.title, proposal.sent_by) == (str(proposal.event), None)


def test_whoever_answered_a_report_reads_their_answer_and_not_what_was_reported(network, people):
    member, keeper = people[Role.MEMBER], people[Role.REPRESENTATIVE]
    EventReport.objects.create(
        event=make_event(network, timing()),
        once="r",
        text="C’est annulé.",
        reporter=member,
        answered_by=keeper,
        answer="Corrigé.",
    )
    said = {
        user: [(row["text"], row["answer"]) for row in personal.reports(user)]
        for user in (member, keeper)
    }
    assert said == {member: [("C’est annulé.", "Corrigé.")], keeper: [("", "Corrigé.")]}


def test_an_event_loses_the_address_of_whoever_answered_for_it(network, people):
    member = people[Role.MEMBER]
    words = {"contact_function_fr": "Accueil", "contact_phone": "02 123 45 67"}
    own = make_event(network, timing(), contact_email=member.email.upper(), **words)
    other = make_event(network, timing(), contact_email="autre@essai.example")
    personal.forget_contact(member)
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.contact_email, own.contact_function_fr) == ("", "Accueil")
    assert other.contact_email == "autre@essai.example"


def test_the_secret_addresses_of_a_person_open_nothing_once_forgotten(people, client):
    member = people[Role.MEMBER]
    _link, token = CalendarLink.make(member, None)
    address = reverse("agenda:own_feed", args=[token])
    assert client.get(address).status_code == 200
    assert [row["read"] for row in personal.links(member)] == [timezone.localdate()]
    personal.forget_links(member)
    assert client.get(address).status_code == 404


def test_a_persons_copy_names_no_event_out_of_their_reach(network, people):
    members = make_event(network, timing(), audience=Audience.objects.for_tokens(["member"]))
    draft = make_event(network, timing(), live=False)
    asked = [members.pk, draft.pk]
    assert personal.names(people[Role.MEMBER], asked) == {members.pk: str(members)}
    assert personal.names(people[Role.FORMER], asked) == {}
