"""Who is told what, as long as it is still theirs to know."""

import datetime as dt

import pytest
from django.utils import timezone

from agenda.enums import DateState
from agenda.models import DateChange, Event, EventMessage, EventReport, Proposal
from agenda.notifications import KINDS
from agenda.selectors.moderation import Queue
from agenda.services.dates import DATE_CHANGED
from agenda.services.moderation import MESSAGE, refuse_proposal, write_message
from agenda.services.proposals import ANSWER, TO_MODERATE, change_event
from agenda.services.reports import REPORTED
from coordination.directory.models import Organisation
from core.desk import waiting_for
from groupes.models import WorkingGroup
from tests.agenda.making import make_event, timing
from tests.agenda.posting import accept, send, version_of
from tests.people import Role

pytestmark = pytest.mark.django_db
OVERSIGHT = {Role.COORDINATOR, Role.ADMINISTRATOR}


@pytest.fixture
def organisation(people) -> Organisation:
    return Organisation.objects.get(slug="organisme-a")


@pytest.fixture
def proposal(network, people, organisation) -> Proposal:
    return send(network, people[Role.REPRESENTATIVE], organisers=[organisation])


def told(people, key: str, about) -> set[Role]:
    """Who would read it, of all who might have been told."""
    (kind,) = [kind for kind in KINDS if kind.key == key]
    users = {role: user for role, user in people.items() if user is not None}
    return {role for role, user in users.items() if about.pk in kind.tell(user, [about.pk])}


def test_what_waits_is_told_to_its_moderators_until_it_is_decided(people, proposal):
    assert told(people, TO_MODERATE, proposal) == OVERSIGHT | {Role.MODERATOR}
    accept(people[Role.MODERATOR], proposal)
    assert told(people, TO_MODERATE, proposal) == set()


def test_an_answer_is_told_to_those_who_may_edit_the_event(people, proposal):
    assert told(people, ANSWER, proposal) == set()
    accept(people[Role.MODERATOR], proposal)
    assert told(people, ANSWER, proposal) == OVERSIGHT | {Role.REPRESENTATIVE}


def test_each_side_of_the_thread_is_told_what_the_other_wrote(people, proposal):
    asked = write_message(actor=people[Role.MODERATOR], proposal=proposal, text="À quelle heure ?")
    assert told(people, MESSAGE, asked) == OVERSIGHT | {Role.REPRESENTATIVE}
    said = write_message(actor=people[Role.REPRESENTATIVE], proposal=proposal, text="À dix heures.")
    assert told(people, MESSAGE, said) == OVERSIGHT | {Role.MODERATOR}
    assert [message.side for message in EventMessage.objects.all()] == ["moderators", "author"]


def test_a_moderator_who_proposes_writes_as_its_author(network, people):
    """The others who moderate are told, and nobody answers themselves."""
    moderator = people[Role.MODERATOR]
    message = write_message(actor=moderator, proposal=send(network, moderator), text="Bonjour")
    assert message.side == "author"
    other = send(network, people[Role.MEMBER])
    assert write_message(actor=moderator, proposal=other, text="Bonjour").side == "moderators"


def test_a_report_is_told_and_shown_to_those_who_may_answer_it(network, people, organisation):
    group = WorkingGroup.objects.get(slug="groupe-a")
    ours = make_event(network, timing(), organisers=[organisation])
    of_the_group = make_event(network, timing(), group=group)
    for event, who in (
        (ours, {Role.REPRESENTATIVE, Role.MODERATOR}),
        (of_the_group, {Role.PILOT}),
    ):
        report = EventReport.objects.create(event=event, text="Faux", once=event.slug)
        assert told(people, REPORTED, report) == OVERSIGHT | who
        for role, user in people.items():
            waiting = [item.url for item in waiting_for(user)] if user else []
            assert (report.url in waiting) == (role in OVERSIGHT | who), role
    moderator, pilot = (Queue(people[role], None) for role in (Role.MODERATOR, Role.PILOT))
    assert [report.event for report in moderator.reports] == [ours]
    assert [report.event for report in pilot.reports] == [of_the_group]
    EventReport.objects.update(state="corrected")
    assert told(people, REPORTED, report) == set()


def test_a_date_that_changed_is_told_to_those_who_hold_the_event(network, people, organisation):
    event = make_event(network, timing(), organisers=[organisation])
    change = DateChange.objects.create(
        event=event,
        timing_uid=event.timings.get().uid,
        original_day=dt.date(2026, 3, 2),
        state=DateState.CANCELLED,
    )
    assert told(people, DATE_CHANGED, change) == OVERSIGHT | {Role.REPRESENTATIVE}
    event.unpublish()
    assert told(people, DATE_CHANGED, change) == set()


def test_whoever_left_the_organisation_of_a_published_event_is_not_told_the_answer(
    people, proposal
):
    author, moderator = people[Role.REPRESENTATIVE], people[Role.MODERATOR]
    accept(moderator, proposal)
    author.notifications.all().delete()
    change_event(
        actor=author,
        version=version_of(proposal, title_fr="Autre"),
        tokens=["public"],
        base=Event.objects.get().latest_revision_id,
    )
    author.organisation_memberships.update(end=dt.date(2025, 1, 1))
    author.__dict__.pop("_reach", None)
    proposal = Proposal.objects.get()
    refuse_proposal(
        actor=moderator,
        proposal=proposal,
        revision=proposal.revision_id,
        opened=timezone.now(),
        answer="C’est une publicité.",
    )
    assert not author.notifications.filter(kind=ANSWER).exists()
