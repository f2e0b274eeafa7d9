"""Every role × every action on events: the functions and the conditions say the same."""

import pytest
from django.utils import timezone

from agenda.models import Event, TrustedOrganisation
from agenda.permissions import (
    can_edit_event,
    can_feature_event,
    can_moderate_event,
    edited_events,
    groups_for,
    moderated_events,
    moderators_of,
    organisations_for,
    publishes_at_once,
)
from coordination.directory.models import Organisation
from core.models import Audience
from groupes.models import WorkingGroup
from tests.agenda.making import make_event, timing
from tests.people import Role, make_group, make_organisation

pytestmark = pytest.mark.django_db
OVERSIGHT = {Role.COORDINATOR, Role.ADMINISTRATOR}


@pytest.fixture
def events(network, people) -> dict[str, Event]:
    """One event of each kind: whose it is, and for whom."""
    ours = Organisation.objects.get(slug="organisme-a")
    theirs = make_organisation("organisme-z", "Organisme Z")
    group = WorkingGroup.objects.get(slug="groupe-a")
    other = make_group(network, "groupe-z", "Groupe Z").group

    def audience(*tokens) -> Audience:
        return Audience.objects.for_tokens(tokens)

    def made(**fields) -> Event:
        return make_event(network, timing(), **fields)

    return {
        "ours": made(organisers=[ours]),
        "theirs": made(organisers=[theirs]),
        "together": made(organisers=[theirs, ours]),
        "of the group": made(group=group),
        "of the group, ours": made(group=group, organisers=[ours]),
        "of another group": made(group=other),
        "of nobody": made(),
        "the member's": made(proposed_by=people[Role.MEMBER]),
        "the former member's": made(proposed_by=people[Role.FORMER]),
        "sent for theirs": made(proposed_by=people[Role.MEMBER], organisers=[theirs]),
        "sent to the group": made(group=group, proposed_by=people[Role.GROUP_MEMBER]),
        "sent to the group they left": made(group=group, proposed_by=people[Role.MEMBER]),
        "private": made(organisers=[ours], audience=audience(f"org:{ours.pk}")),
        "not published": made(organisers=[ours], live=False),
    }


EDIT = {
    "ours": {Role.REPRESENTATIVE},
    "together": {Role.REPRESENTATIVE},
    "of the group": {Role.PILOT},
    "of the group, ours": {Role.PILOT, Role.REPRESENTATIVE},
    "the member's": {Role.MEMBER},
    "sent to the group": {Role.PILOT, Role.GROUP_MEMBER},
    "sent to the group they left": {Role.PILOT},
    "private": {Role.REPRESENTATIVE},
    "not published": {Role.REPRESENTATIVE},
}
OF_THE_GROUP = (
    "of the group",
    "of the group, ours",
    "sent to the group",
    "sent to the group they left",
)
WITHOUT_A_GROUP = (
    *("ours", "theirs", "together", "of nobody", "the member's", "not published"),
    *("the former member's", "sent for theirs"),
)
MODERATE = {
    **{name: {Role.MODERATOR} for name in WITHOUT_A_GROUP},
    **{name: {Role.PILOT} for name in OF_THE_GROUP},
}
AT_ONCE = {name: {Role.PILOT} for name in OF_THE_GROUP}
TRUSTED = {
    **AT_ONCE,
    "ours": {Role.REPRESENTATIVE},
    "private": {Role.REPRESENTATIVE},
    "not published": {Role.REPRESENTATIVE},
}


def who(people, question, event) -> set[Role]:
    return {role for role, user in people.items() if question(user, event)}


@pytest.mark.parametrize(
    ("question", "wanted"),
    [(can_edit_event, EDIT), (can_moderate_event, MODERATE), (publishes_at_once, AT_ONCE)],
    ids=["edit", "moderate", "publish at once"],
)
def test_each_action_is_for_whom_the_table_names(people, events, question, wanted):
    for name, event in events.items():
        assert who(people, question, event) == wanted.get(name, set()) | OVERSIGHT, name


def test_trust_is_for_the_organisation_that_leads(people, events):
    ours = Organisation.objects.get(slug="organisme-a")
    TrustedOrganisation.objects.create(organisation=ours)
    for name, event in events.items():
        expected = TRUSTED.get(name, set()) | OVERSIGHT
        assert who(people, publishes_at_once, event) == expected, name


@pytest.mark.parametrize(
    ("question", "condition"),
    [(can_edit_event, edited_events), (can_moderate_event, moderated_events)],
    ids=["edit", "moderate"],
)
def test_conditions_say_the_same_as_the_functions(people, events, question, condition):
    for role, user in people.items():
        listed = set(Event.objects.filter(condition(user)))
        allowed = {event for event in events.values() if question(user, event)}
        assert listed == allowed, role


def test_only_what_is_published_is_featured_and_only_by_the_network(people, events):
    assert who(people, can_feature_event, events["ours"]) == OVERSIGHT | {Role.MODERATOR}
    assert who(people, can_feature_event, events["of the group"]) == OVERSIGHT
    assert who(people, can_feature_event, events["not published"]) == set()


def test_whoever_is_told_may_moderate(people, events):
    for name, event in events.items():
        told = set(moderators_of(event))
        assert told, name
        assert all(can_moderate_event(user, event) for user in told), name


def test_a_group_without_a_pilot_is_for_the_coordination(people, events):
    assert set(moderators_of(events["of another group"])) == {
        people[Role.COORDINATOR],
        people[Role.ADMINISTRATOR],
    }


def test_one_names_ones_own_organisations_and_groups(people, events):
    ours = Organisation.objects.get(slug="organisme-a")
    group = WorkingGroup.objects.get(slug="groupe-a")
    assert list(organisations_for(people[Role.REPRESENTATIVE])) == [ours]
    make_organisation("fermee", "Fermée", archived_at=timezone.now())
    everything = set(organisations_for(people[Role.COORDINATOR]))
    assert everything == set(Organisation.objects.filter(archived_at=None))
    assert list(organisations_for(None)) == list(organisations_for(people[Role.FORMER])) == []
    assert list(groups_for(people[Role.GROUP_MEMBER])) == [group]
    # Once it is published, its moderators do not change behind their backs.
    assert list(groups_for(people[Role.GROUP_MEMBER], events["of nobody"])) == []
    assert list(groups_for(people[Role.PILOT], events["of nobody"])) == [group]
