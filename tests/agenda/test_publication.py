"""What publication gives, and never gives: an audience within the group's, files, what stays."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agenda.enums import ProposalState
from agenda.models import Event, Proposal
from agenda.services.proposals import (
    Poster,
    change_event,
    forget_proposals,
    propose_event,
    withdraw_proposal,
)
from agenda.services.publication import set_audience
from coordination.directory.models import Organisation
from core.models import PortalDocument, PortalImage
from core.services.audience import set_page_audience
from core.services.files import set_file_audience
from groupes.models import GroupPage, WorkingGroup
from tests.agenda.making import make_event, timing
from tests.agenda.posting import accept, new_event, send, version_of
from tests.people import Role
from tests.world import png

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(people) -> Organisation:
    return Organisation.objects.get(slug="organisme-a")


@pytest.fixture
def group(people) -> WorkingGroup:
    return WorkingGroup.objects.get(slug="groupe-a")


def show_page(people, group: WorkingGroup, *tokens: str) -> None:
    page = GroupPage.objects.filter(group=group).first()
    set_page_audience(actor=people[Role.COORDINATOR], page=page, tokens=tokens)


def tokens_of(event) -> frozenset[str]:
    return Event.objects.get(pk=event.pk).audience.tokens


def change(actor, proposal: Proposal, *tokens: str, **changes) -> Proposal:
    dossier = change_event(
        actor=actor,
        version=version_of(proposal, **changes),
        tokens=tokens,
        base=Event.objects.get(pk=proposal.event_id).latest_revision_id,
    )
    dossier.refresh_from_db()
    return dossier


def with_poster(network, actor, *, kind: str = "png", **fields) -> Proposal:
    content = png() if kind == "png" else b"%PDF-1.7\n" + b"x" * 100
    poster = Poster(SimpleUploadedFile(f"affiche.{kind}", content), is_image=kind == "png")
    proposal = propose_event(
        actor=actor,
        event=new_event(network, **fields),
        tokens=["public"],
        once="poster",
        language="fr",
        poster=poster,
    )
    proposal.refresh_from_db()
    return proposal


# --- Never wider than the group ---


def test_what_waits_opens_no_more_than_the_group_does_when_it_is_accepted(
    network, people, group, organisation
):
    pilot, own = people[Role.PILOT], f"group:{group.pk}"
    words = {"group": group, "organisers": [organisation], "tokens": {own}}
    proposal = change(people[Role.REPRESENTATIVE], send(network, pilot, **words), "public")
    assert tokens_of(proposal.event) == {own}
    show_page(people, group, "member")  # while it waits
    accept(pilot, proposal)
    assert tokens_of(proposal.event) == {"member"}


def test_an_event_that_is_given_to_a_group_is_no_wider_than_it(
    network, people, group, organisation
):
    coordinator = people[Role.COORDINATOR]
    show_page(people, group, "member")
    proposal = send(network, coordinator)
    assert tokens_of(proposal.event) == {"public"}
    change(coordinator, proposal, "public", group=group)
    assert tokens_of(proposal.event) == {"member"}
    # Nor does a version that still waits ask for more than the group may be shown to.
    author = people[Role.PILOT]
    author.organisation_memberships.create(organisation=organisation, start=dt.date(2024, 1, 1))
    other = accept(people[Role.MODERATOR], send(network, author, organisers=[organisation]))
    other = change(author, other, "public", group=group)
    assert (other.state, tokens_of(other.event)) == (ProposalState.WAITING, {"member"})


def test_a_group_that_closes_while_a_version_goes_to_it_closes_the_event(
    network, people, group, organisation
):
    author, moderator = people[Role.PILOT], people[Role.MODERATOR]
    author.organisation_memberships.create(organisation=organisation, start=dt.date(2024, 1, 1))
    proposal = accept(moderator, send(network, author, organisers=[organisation]))
    proposal = change(author, proposal, "public", group=group)
    assert (proposal.state, tokens_of(proposal.event)) == (ProposalState.WAITING, {"public"})
    show_page(people, group, "member")
    accept(moderator, proposal)
    assert Event.objects.get().group == group
    assert tokens_of(proposal.event) == {"member"}


def test_a_page_above_the_group_closes_its_events(network, people, group):
    event = send(network, people[Role.PILOT], group=group).event
    other = send(network, people[Role.COORDINATOR]).event
    set_page_audience(actor=people[Role.COORDINATOR], page=network.groups, tokens={"member"})
    assert (tokens_of(event), tokens_of(other)) == ({"member"}, {"public"})


def test_a_version_that_was_read_before_opens_nothing_again(network, people, group):
    own = f"group:{group.pk}"
    event = send(network, people[Role.PILOT], group=group).event
    old = Event.objects.get(pk=event.pk).get_latest_revision()
    assert old.content_object.audience.tokens == {"public"}  # read before what follows
    show_page(people, group, "member")
    set_audience(actor=people[Role.PILOT], event=Event.objects.get(pk=event.pk), tokens=[own])
    old.publish()
    assert tokens_of(event) == {own}


def test_a_pilot_alone_takes_no_event_out_of_the_group(network, people, group):
    """Who publishes at once may do so for the event as it is and for the event as it will be."""
    proposal = change(
        people[Role.PILOT], send(network, people[Role.PILOT], group=group), group=None
    )
    assert proposal.state == ProposalState.WAITING
    assert Event.objects.get().group == group


# --- Files ---


def test_a_document_is_for_nobody_until_publication_and_follows_the_event(
    network, people, organisation
):
    author = people[Role.REPRESENTATIVE]
    proposal = with_poster(network, author, kind="pdf", organisers=[organisation])
    assert PortalDocument.objects.get().audience.tokens == frozenset()
    accept(people[Role.MODERATOR], proposal)
    assert PortalDocument.objects.get().audience.tokens == {"public"}
    change(author, proposal, "member")
    assert PortalDocument.objects.get().audience.tokens == {"member"}
    withdraw_proposal(actor=author, proposal=proposal)
    withdraw_proposal(actor=author, proposal=proposal)  # the change first, then the event
    assert PortalDocument.objects.get().audience.tokens == frozenset()


def test_nobody_shows_a_file_before_its_event_is_published(network, people, organisation):
    with_poster(network, people[Role.REPRESENTATIVE], organisers=[organisation])
    image = PortalImage.objects.get()
    set_file_audience(image, {"public"})
    assert PortalImage.objects.get().audience.tokens == frozenset()


# --- What is forgotten, and what stays ---


def test_a_dossier_whose_time_is_over_leaves_the_event_that_was_published(network, people):
    published = accept(people[Role.MODERATOR], send(network, people[Role.MEMBER]))
    taken_out = accept(people[Role.MODERATOR], send(network, people[Role.MEMBER]))
    Event.objects.get(pk=taken_out.event_id).unpublish()
    assert forget_proposals(Proposal.objects.all()) == 2
    assert set(Event.objects.all()) == {published.event, taken_out.event}
    assert not Proposal.objects.exists()


def test_what_was_never_published_goes_with_its_files_and_versions(network, people):
    make_event(network, timing())  # somebody else's
    proposal = with_poster(network, people[Role.MEMBER])
    assert forget_proposals(Proposal.objects.filter(pk=proposal.pk)) == 1
    assert not PortalImage.objects.exists()
    assert Event.objects.count() == 1
