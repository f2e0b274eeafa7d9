"""What the agenda knows of whoever proposes, told to them and forgotten with their account."""

import pytest

from agenda import personal
from agenda.models import Event, EventDraft, EventMessage, Proposal
from agenda.services.moderation import write_message
from agenda.services.proposals import confirm_proposal
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
