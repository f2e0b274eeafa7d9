"""Following what one sent with an account: whoever sent it, as far as it is theirs."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification
from agenda.enums import ProposalState
from agenda.models import Event, Proposal
from agenda.permissions import can_follow_proposal, followed_proposals
from agenda.services.moderation import ask_change, write_message
from agenda.services.proposals import change_event, withdraw_proposal
from coordination.directory.models import Organisation
from tests.agenda.posting import (
    accept,
    propose_url,
    send,
    typed,
    typed_by_member,
    version_of,
)
from tests.conftest import client_of
from tests.people import ENDED, Role, make_organisation
from tests.welcome.conftest import letter_to, link_in

pytestmark = pytest.mark.django_db
OUTSIDE = (Role.WAITING, Role.FORMER)  # an account, and no place in the network


@pytest.fixture
def organisation(people) -> Organisation:
    return Organisation.objects.get(slug="organisme-a")


def ask(people, proposal: Proposal) -> None:
    """A moderator asks for a change."""
    ask_change(
        actor=people[Role.MODERATOR],
        proposal=proposal,
        revision=proposal.revision_id,
        opened=timezone.now(),
        answer="À quelle heure ?",
    )


def leave(user) -> None:
    """Leave one's organisations and stay in the network."""
    user.organisation_memberships.update(end=ENDED)
    del user._reach  # as at the next request


@pytest.mark.parametrize("role", OUTSIDE, ids=str)
def test_outside_the_network_one_follows_changes_answers_and_withdraws(
    people, role, django_capture_on_commit_callbacks
):
    user = people[role]
    browser = client_of(user)
    with django_capture_on_commit_callbacks(execute=True):
        landing = browser.post(propose_url(), typed_by_member(), follow=True)
    assert landing.status_code == 200
    proposal = Proposal.objects.get()
    assert proposal.sent_by == user
    assert browser.get(link_in(letter_to(user.email), "/proposition/")).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        ask(people, proposal)
    letter = letter_to(user.email)
    assert "À quelle heure" in str(letter.get_body(("plain",)).get_content())
    page = browser.get(link_in(letter, "/proposition/"))
    edit = page.context["edit_url"]
    base = browser.get(edit).context["editor"].base
    data = typed(title_fr="Repas corrigé", base=str(base))
    del data["email"]
    assert browser.post(edit, data)["Location"] == proposal.follow_url
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WAITING
    assert proposal.sent_by == user
    assert Event.objects.get().title_fr == "Repas corrigé"

    browser.post(proposal.follow_url, {"write": "1", "text": "À midi."})
    assert Event.objects.get().messages.get().author == user
    browser.post(proposal.follow_url, {"withdraw": "1"})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WITHDRAWN


@pytest.mark.parametrize("role", OUTSIDE, ids=str)
def test_outside_the_network_one_neither_edits_nor_follows_what_others_sent(network, people, role):
    own, other = send(network, people[role]), send(network, people[Role.MEMBER])
    browser = client_of(people[role])
    assert browser.get(own.follow_url).status_code == 200
    assert browser.get(other.follow_url).status_code == 404
    assert browser.get(reverse("agenda:event_edit", args=[own.event.slug])).status_code == 404
    assert client_of(None).get(own.follow_url).status_code == 404
    edit = reverse("agenda:proposal_edit", args=[other.secret])
    assert browser.get(edit).status_code == 404


def test_published_for_nobodys_organisation_it_can_still_be_taken_out(network, people):
    waiting = people[Role.WAITING]
    proposal = accept(people[Role.MODERATOR], send(network, waiting))
    withdraw_proposal(actor=waiting, proposal=proposal)
    assert not Event.objects.get().live


def test_a_member_who_names_another_organisation_follows_what_they_sent(network, people):
    other = make_organisation("la-serre", "La Serre")
    browser = client_of(people[Role.MEMBER])
    data = typed_by_member(other_organisers="", co_organisers="La Serre")
    assert browser.post(propose_url(), data, follow=True).status_code == 200
    proposal = Proposal.objects.get()
    assert [row.organisation for row in proposal.event.organisings.all()] == [other]
    ask(people, proposal)
    assert Notification.objects.filter(user=people[Role.MEMBER], kind="agenda.answer").exists()
    space = browser.get(reverse("space")).content.decode()
    assert proposal.reference in space
    assert proposal.follow_url in space


def test_what_was_published_for_an_organisation_is_not_theirs_who_left_it(
    network, people, organisation
):
    user = people[Role.REPRESENTATIVE]
    pending = send(network, user, organisers=[organisation])
    published = accept(people[Role.MODERATOR], send(network, user, organisers=[organisation]))
    base = Event.objects.get(pk=published.event_id).latest_revision_id
    leave(user)
    browser = client_of(user)
    assert browser.get(pending.follow_url).status_code == 200
    assert browser.get(published.follow_url).status_code == 404
    words = {"actor": user, "proposal": published}
    with pytest.raises(PermissionDenied):
        withdraw_proposal(**words)
    with pytest.raises(PermissionDenied):
        write_message(text="Bonjour", **words)
    with pytest.raises(PermissionDenied):
        change_event(version=version_of(published), tokens=["public"], base=base, **words)
    # Taken out of the agenda, it was published all the same.
    withdraw_proposal(actor=people[Role.COORDINATOR], proposal=published)
    assert browser.get(published.follow_url).status_code == 404
    # What waits is theirs until somebody of the organisation sends it again, or it is published.
    accept(people[Role.MODERATOR], pending)
    assert browser.get(pending.follow_url).status_code == 404


def test_what_somebody_else_sends_for_the_organisation_is_followed_no_more(
    network, people, organisation
):
    user, coordinator = people[Role.REPRESENTATIVE], people[Role.COORDINATOR]
    proposal = send(network, user, organisers=[organisation])
    leave(user)
    assert can_follow_proposal(user, proposal)
    change_event(
        actor=coordinator,
        version=version_of(proposal, room="Bleue"),
        tokens=["member"],
        base=Event.objects.get().latest_revision_id,
    )
    assert not can_follow_proposal(user, Proposal.objects.get())


def test_one_follows_ones_own_that_the_coordination_corrected(network, people):
    waiting = people[Role.WAITING]
    proposal = send(network, waiting)
    change_event(
        actor=people[Role.COORDINATOR],
        version=version_of(proposal, room="Bleue"),
        tokens=["public"],
        base=Event.objects.get().latest_revision_id,
    )
    assert client_of(waiting).get(proposal.follow_url).status_code == 200


def test_a_group_that_one_left_keeps_what_it_published(network, people):
    member = people[Role.GROUP_MEMBER]
    group = member.group_memberships.get().group
    proposal = accept(people[Role.PILOT], send(network, member, group=group))
    assert can_follow_proposal(member, proposal)
    member.group_memberships.update(end=ENDED)
    del member._reach
    assert not can_follow_proposal(member, proposal)


def test_without_an_account_no_dossier_is_followed_by_right(network, people):
    send(network, people[Role.MEMBER])
    send(network, None, email="ada@essai.example")
    for nobody in (None, client_of(None).get("/").wsgi_request.user):
        assert not Proposal.objects.filter(followed_proposals(nobody)).exists()
