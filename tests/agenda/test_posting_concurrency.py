"""Two people, or two clicks, at the very same moment."""

import pytest
from django.core.exceptions import ValidationError

from agenda.models import Decision, Event, Proposal
from agenda.services.proposals import ReplacedError, change_event, propose_event
from coordination.directory.models import Organisation
from tests.agenda.posting import accept, new_event, send, version_of
from tests.directory.test_concurrency import at_once
from tests.people import Role

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_double_click_makes_one_event(network, people):
    def click() -> None:
        event = new_event(network, other_organisers="Le Vivier")
        event.title_fr = "Repas"
        words = {"tokens": ["public"], "language": "fr", "email": "ada@essai.example"}
        propose_event(actor=None, event=event, once="x", **words)

    at_once(click, click)
    assert Event.objects.count() == Proposal.objects.count() == 1


def test_two_moderators_decide_once(network, people):
    organisation = Organisation.objects.get(slug="organisme-a")
    proposal = send(network, people[Role.REPRESENTATIVE], organisers=[organisation])
    refused = []

    def decide(role: Role):
        def action() -> None:
            try:
                accept(people[role], proposal)
            except ValidationError as error:
                refused.append(error.messages[0])

        return action

    at_once(decide(Role.MODERATOR), decide(Role.COORDINATOR))
    assert Decision.objects.count() == 1
    assert len(refused) == 1
    assert Event.objects.get().live


def test_two_editors_keep_the_first_and_tell_the_second(network, people):
    organisation = Organisation.objects.get(slug="organisme-a")
    author = people[Role.REPRESENTATIVE]
    proposal = send(network, author, organisers=[organisation])
    base = Event.objects.get().latest_revision_id
    told = []

    def edit(title: str):
        version = version_of(proposal, title_fr=title)

        def action() -> None:
            try:
                change_event(actor=author, version=version, tokens=["public"], base=base)
            except ReplacedError:
                told.append(title)

        return action

    at_once(edit("Un"), edit("Deux"))
    assert len(told) == 1
    assert {Event.objects.get().title_fr} == {"Un", "Deux"} - set(told)
