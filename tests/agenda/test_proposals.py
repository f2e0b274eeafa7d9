"""From sending to the agenda: what rights decide, and what moderators answer."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import WorkflowState

from accounts.models import Notification
from agenda.enums import ProposalState
from agenda.models import Decision, Event, EventReview, Proposal, TrustedOrganisation
from agenda.services.moderation import (
    ask_change,
    feature_event,
    refuse_proposal,
    write_message,
)
from agenda.services.proposals import (
    Poster,
    ReplacedError,
    change_event,
    confirm_proposal,
    propose_event,
    withdraw_proposal,
)
from agenda.services.publication import set_audience
from agenda.services.review import build_review
from coordination.directory.models import Organisation
from core.models import PortalImage
from core.services.audience import set_page_audience
from groupes.models import GroupPage, WorkingGroup
from tests.agenda.posting import accept, new_event, send, version_of
from tests.people import Role, make_organisation
from tests.world import png

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(people) -> Organisation:
    return Organisation.objects.get(slug="organisme-a")


@pytest.fixture
def group(people) -> WorkingGroup:
    return WorkingGroup.objects.get(slug="groupe-a")


def told(kind: str) -> set[str]:
    rows = Notification.objects.filter(kind=kind, read_at=None)
    return {row.user.email.split("@")[0] for row in rows.select_related("user")}


def test_a_members_event_waits_and_only_moderators_are_told(network, people, organisation):
    proposal = send(network, people[Role.REPRESENTATIVE], organisers=[organisation])
    assert proposal.state == ProposalState.WAITING
    assert not Event.objects.get(pk=proposal.event_id).live
    assert not Event.objects.visible_to(people[Role.REPRESENTATIVE]).exists()
    assert told("agenda.to_moderate") == {"moderator", "coordinator"}


def test_an_accepted_event_is_published_and_its_author_told(network, people, organisation):
    proposal = send(network, people[Role.REPRESENTATIVE], organisers=[organisation])
    proposal = accept(people[Role.MODERATOR], proposal)
    event = Event.objects.get(pk=proposal.event_id)
    assert proposal.state == ProposalState.ACCEPTED
    assert event.live
    assert event.dates.count() == 1
    assert told("agenda.answer") == {"representative"}
    assert told("agenda.to_moderate") == set()


def test_a_trusted_organisation_publishes_at_once(network, people, organisation):
    TrustedOrganisation.objects.create(organisation=organisation)
    proposal = send(network, people[Role.REPRESENTATIVE], organisers=[organisation])
    assert proposal.state == ProposalState.ACCEPTED
    assert Event.objects.get(pk=proposal.event_id).live
    assert told("agenda.to_moderate") == set()


def test_an_event_of_a_group_is_for_its_pilots(network, people, group):
    proposal = send(network, people[Role.GROUP_MEMBER], group=group)
    assert proposal.state == ProposalState.WAITING
    assert told("agenda.to_moderate") == {"pilot"}
    with pytest.raises(PermissionDenied):
        accept(people[Role.MODERATOR], proposal)
    assert accept(people[Role.PILOT], proposal).state == ProposalState.ACCEPTED


def test_a_pilot_publishes_for_the_group_and_never_wider_than_it(network, people, group):
    proposal = send(network, people[Role.PILOT], group=group, tokens={f"group:{group.pk}"})
    event = Event.objects.get(pk=proposal.event_id)
    assert event.live
    assert event.audience.tokens == {f"group:{group.pk}"}
    assert not Event.objects.visible_to(people[Role.MODERATOR]).exists()


def test_an_event_is_never_wider_than_the_page_of_its_group_and_follows_it(network, people, group):
    pilot, coordinator = people[Role.PILOT], people[Role.COORDINATOR]
    page = GroupPage.objects.filter(group=group).first()
    set_page_audience(actor=coordinator, page=page, tokens={"member"})
    event = Event.objects.get(pk=send(network, pilot, group=group, tokens={"public"}).event_id)
    assert event.audience.tokens == {"member"}
    set_page_audience(actor=coordinator, page=page, tokens={f"group:{group.pk}"})
    assert Event.objects.get(pk=event.pk).audience.tokens == {f"group:{group.pk}"}
    set_page_audience(actor=coordinator, page=page, tokens={"public"})
    assert Event.objects.get(pk=event.pk).audience.tokens == {f"group:{group.pk}"}


def test_without_an_account_nobody_is_told_before_the_address_is_confirmed(network, people):
    proposal = send(network, None, email="ada@essai.example", other_organisers="Le Vivier")
    assert proposal.state == ProposalState.UNCONFIRMED
    assert told("agenda.to_moderate") == set()
    assert not WorkflowState.objects.exists()
    confirm_proposal(proposal=proposal)
    confirm_proposal(proposal=proposal)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WAITING
    assert told("agenda.to_moderate") == {"moderator", "coordinator"}
    assert WorkflowState.objects.count() == 1


def test_the_same_message_twice_is_one_event(network, people):
    words = {"tokens": ["public"], "language": "fr", "email": "ada@essai.example"}
    first = propose_event(actor=None, event=new_event(network), once="x", **words)
    second = propose_event(actor=None, event=new_event(network), once="x", **words)
    assert first.pk == second.pk
    assert Event.objects.count() == 1


def test_a_published_event_stays_until_its_new_version_is_accepted(network, people, organisation):
    author = people[Role.REPRESENTATIVE]
    proposal = accept(people[Role.MODERATOR], send(network, author, organisers=[organisation]))
    before = Event.objects.get(pk=proposal.event_id)
    change_event(
        actor=author,
        version=version_of(proposal, title_fr="Autre titre"),
        tokens=["public"],
        base=before.latest_revision_id,
    )
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WAITING
    assert Event.objects.get(pk=before.pk).title_fr == before.title_fr
    accept(people[Role.MODERATOR], proposal)
    after = Event.objects.get(pk=before.pk)
    assert after.title_fr == "Autre titre"
    assert after.sequence > before.sequence


def test_a_refused_change_leaves_the_published_version_the_latest(network, people, organisation):
    author = people[Role.REPRESENTATIVE]
    proposal = accept(people[Role.MODERATOR], send(network, author, organisers=[organisation]))
    event = Event.objects.get(pk=proposal.event_id)
    change_event(
        actor=author,
        version=version_of(proposal, title_fr="Publicité"),
        tokens=["public"],
        base=event.latest_revision_id,
    )
    proposal.refresh_from_db()
    words = {"revision": proposal.revision_id, "opened": timezone.now()}
    with pytest.raises(ValidationError):
        refuse_proposal(actor=people[Role.MODERATOR], proposal=proposal, answer=" ", **words)
    refuse_proposal(
        actor=people[Role.MODERATOR], proposal=proposal, answer="C’est une publicité.", **words
    )
    event.refresh_from_db()
    assert event.live
    assert event.get_latest_revision_as_object().title_fr == event.title_fr != "Publicité"


def test_of_two_moderators_the_second_is_told_who_was_first(network, people, organisation):
    proposal = send(network, people[Role.REPRESENTATIVE], organisers=[organisation])
    accept(people[Role.MODERATOR], proposal)
    words = {"revision": proposal.revision_id, "opened": timezone.now(), "answer": "Non"}
    with pytest.raises(ValidationError) as refusal:
        refuse_proposal(actor=people[Role.COORDINATOR], proposal=proposal, **words)
    assert people[Role.MODERATOR].display_name in refusal.value.messages[0]
    assert Decision.objects.count() == 1
    assert Event.objects.get(pk=proposal.event_id).live


def test_a_version_that_was_replaced_cannot_be_accepted(network, people, organisation):
    author = people[Role.REPRESENTATIVE]
    proposal = send(network, author, organisers=[organisation])
    seen = proposal.revision_id
    change_event(
        actor=author,
        version=version_of(proposal, title_fr="Autre chose"),
        tokens=["public"],
        base=Event.objects.get(pk=proposal.event_id).latest_revision_id,
    )
    with pytest.raises(ValidationError):
        accept(people[Role.MODERATOR], proposal, revision=seen)
    assert not Event.objects.get(pk=proposal.event_id).live


def test_two_editors_at_once_are_told(network, people, organisation):
    author = people[Role.REPRESENTATIVE]
    proposal = send(network, author, organisers=[organisation])
    base = Event.objects.get(pk=proposal.event_id).latest_revision_id
    first, second = version_of(proposal, title_fr="Un"), version_of(proposal, title_fr="Deux")
    change_event(actor=author, version=first, tokens=["public"], base=base)
    with pytest.raises(ReplacedError):
        change_event(actor=author, version=second, tokens=["public"], base=base)


def test_a_change_that_is_asked_comes_back_to_the_queue(network, people, organisation):
    author = people[Role.REPRESENTATIVE]
    proposal = send(network, author, organisers=[organisation])
    ask_change(
        actor=people[Role.MODERATOR],
        proposal=proposal,
        revision=proposal.revision_id,
        opened=timezone.now() - dt.timedelta(hours=1),
        answer="À quelle heure ?",
    )
    assert Decision.objects.get().spent == 600  # ten minutes at most
    change_event(
        actor=author,
        version=version_of(proposal, title_fr="À dix heures"),
        tokens=["public"],
        base=Event.objects.get(pk=proposal.event_id).latest_revision_id,
    )
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WAITING
    assert accept(people[Role.MODERATOR], proposal).state == ProposalState.ACCEPTED
    assert Event.objects.get(pk=proposal.event_id).title_fr == "À dix heures"


def test_fewer_people_at_once_and_more_only_once_accepted(network, people, organisation):
    author = people[Role.REPRESENTATIVE]
    proposal = accept(people[Role.MODERATOR], send(network, author, organisers=[organisation]))
    event = Event.objects.get(pk=proposal.event_id)

    def ask(*tokens) -> frozenset[str]:
        change_event(
            actor=author,
            version=version_of(proposal),
            tokens=tokens,
            base=Event.objects.get(pk=event.pk).latest_revision_id,
        )
        proposal.refresh_from_db()
        return Event.objects.get(pk=event.pk).audience.tokens

    assert ask("member") == {"member"}
    accept(people[Role.MODERATOR], proposal)
    assert ask("public") == {"member"}
    accept(people[Role.MODERATOR], proposal)
    assert Event.objects.get(pk=event.pk).audience.tokens == {"public"}
    # A later publication of the same version opens nothing again.
    set_audience(actor=None, event=Event.objects.get(pk=event.pk), tokens=["member"])
    assert ask("member") == {"member"}
    accept(people[Role.MODERATOR], proposal)
    assert Event.objects.get(pk=event.pk).audience.tokens == {"member"}


def test_without_a_step_in_the_workflow_nothing_is_submitted(network, people, organisation):
    EventReview.objects.update(active=False)
    with pytest.raises(ValidationError):
        send(network, people[Role.REPRESENTATIVE], organisers=[organisation])
    assert not Event.objects.filter(live=True).exists()


def test_the_workflow_is_made_once(network):
    assert build_review() == build_review()
    assert EventReview.objects.count() == 1


def test_a_poster_is_for_nobody_until_publication_and_follows_the_event(
    network, people, organisation
):
    author = people[Role.REPRESENTATIVE]
    poster = Poster(SimpleUploadedFile("affiche.png", png(), "image/png"), is_image=True)
    event = new_event(network, organisers=[organisation])
    proposal = propose_event(
        actor=author, event=event, tokens=["public"], once="p", language="fr", poster=poster
    )
    image = PortalImage.objects.get()
    assert image.audience.tokens == frozenset()
    accept(people[Role.MODERATOR], Proposal.objects.get(pk=proposal.pk))
    assert PortalImage.objects.get().audience.tokens == {"public"}
    set_audience(actor=author, event=Event.objects.get(), tokens=["member"])
    assert PortalImage.objects.get().audience.tokens == {"member"}
    withdraw_proposal(actor=author, proposal=proposal)
    assert not Event.objects.get().live
    assert Event.objects.get().dates.count() == 0
    assert PortalImage.objects.get().audience.tokens == frozenset()


def test_a_poster_that_is_replaced_is_for_nobody_once_the_new_one_is_published(
    network, people, organisation
):
    author = people[Role.COORDINATOR]
    posters = [
        Poster(SimpleUploadedFile(f"affiche-{n}.png", png(), "image/png"), is_image=True)
        for n in (1, 2)
    ]
    event = new_event(network, organisers=[organisation])
    words = {"actor": author, "tokens": ["public"]}
    proposal = propose_event(event=event, once="p", language="fr", poster=posters[0], **words)
    base = Event.objects.get().latest_revision_id
    change_event(version=version_of(proposal), base=base, poster=posters[1], **words)
    old, new = PortalImage.objects.order_by("pk")
    assert Event.objects.get().image == new
    assert (old.audience.tokens, new.audience.tokens) == (frozenset(), {"public"})


def test_withdrawing_a_change_keeps_what_is_published(network, people, organisation):
    author = people[Role.REPRESENTATIVE]
    proposal = accept(people[Role.MODERATOR], send(network, author, organisers=[organisation]))
    change_event(
        actor=author,
        version=version_of(proposal, title_fr="Essai"),
        tokens=["public"],
        base=Event.objects.get().latest_revision_id,
    )
    withdraw_proposal(actor=author, proposal=proposal)
    event = Event.objects.get()
    assert event.live
    assert event.get_latest_revision_as_object().title_fr != "Essai"
    assert Proposal.objects.get().state == ProposalState.ACCEPTED
    assert not WorkflowState.objects.active().exists()


def test_another_organisations_people_can_neither_change_nor_withdraw(network, people):
    other = make_organisation("organisme-z", "Organisme Z")
    proposal = send(network, people[Role.COORDINATOR], organisers=[other])
    stranger = people[Role.REPRESENTATIVE]
    with pytest.raises(PermissionDenied):
        withdraw_proposal(actor=stranger, proposal=proposal)
    with pytest.raises(PermissionDenied):
        change_event(actor=stranger, version=version_of(proposal), tokens=["public"], base=0)
    with pytest.raises(PermissionDenied):
        write_message(actor=stranger, proposal=proposal, text="Bonjour")


def test_the_thread_tells_the_other_side_once_answered_no_more(network, people, organisation):
    proposal = send(network, people[Role.REPRESENTATIVE], organisers=[organisation])
    write_message(actor=people[Role.MODERATOR], proposal=proposal, text="À quelle heure ?")
    assert told("agenda.message") == {"representative"}
    write_message(actor=people[Role.REPRESENTATIVE], proposal=proposal, text="À dix heures.")
    assert told("agenda.message") == {"moderator", "coordinator"}


def test_featured_only_when_published_and_within_a_year(network, people, organisation):
    proposal = send(network, people[Role.REPRESENTATIVE], organisers=[organisation])
    words = {"actor": people[Role.MODERATOR], "event": proposal.event}
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(PermissionDenied):
        feature_event(until=tomorrow, **words)
    accept(people[Role.MODERATOR], proposal)
    feature_event(until=tomorrow, **words)
    assert Event.objects.get().featured_until == tomorrow
    with pytest.raises(ValidationError):
        feature_event(until=dt.date(9999, 1, 1), **words)
    with pytest.raises(PermissionDenied):
        feature_event(actor=people[Role.REPRESENTATIVE], event=proposal.event, until=None)


def test_an_explosive_rule_is_refused_before_anything_is_kept(network, people):
    event = new_event(network)
    timings = list(event.timings.all())
    timings[0].frequency, timings[0].interval, timings[0].weekdays = "weeks", 0, "1"
    event.timings = timings
    with pytest.raises(ValidationError):
        propose_event(
            actor=people[Role.COORDINATOR],
            event=event,
            tokens=["public"],
            once="y",
            language="fr",
        )
    assert not Event.objects.exists()
