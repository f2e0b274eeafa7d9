"""When the person changes, one action hands over the piloting and the contacts (R082)."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.log_actions import registry

from accounts.handover import hand_over, holdings, successors
from groupes import permissions
from groupes.enums import GroupRole
from groupes.models import GroupContact, GroupMembership
from tests.groupes.conftest import again
from tests.people import Role


@pytest.fixture(autouse=True)
def _known_action():
    """`accounts` names this action in Wagtail's log."""
    if not registry.action_exists("accounts.handover"):
        registry.register_action("accounts.handover", "Transmettre", "Transmettre")


@pytest.fixture
def contacts(people, group) -> list[GroupContact]:
    pilot = people[Role.PILOT]
    return [
        GroupContact.objects.create(
            group=group, function_fr="Pilote", holder=pilot, email=pilot.email
        ),
        GroupContact.objects.create(
            group=group, function_fr="Secrétariat", holder=pilot, email="groupe@essai.example"
        ),
    ]


def keys(leaving, actor) -> list[str]:
    return [holding.key for holding in holdings(leaving=leaving, actor=again(actor))]


def test_one_action_hands_everything_over(people, group, contacts):
    pilot, mate = people[Role.PILOT], people[Role.GROUP_MEMBER]
    mine = keys(pilot, pilot)
    assert len(mine) == 3
    assert hand_over(actor=again(pilot), leaving=pilot, successor=mate, keys=mine) == 3

    assert not permissions.can_pilot_group(again(pilot), group)
    assert permissions.can_pilot_group(again(mate), group)
    today = timezone.localdate()
    assert GroupMembership.objects.get(user=pilot).end == today
    rows = GroupMembership.objects.filter(user=mate).order_by("pk")
    assert [(row.role, row.end) for row in rows] == [
        (GroupRole.MEMBER, today),
        (GroupRole.PILOT, None),
    ]
    own, shared = GroupContact.objects.order_by("pk")
    assert (own.holder, own.email) == (mate, mate.email)
    assert (shared.holder, shared.email) == (mate, "groupe@essai.example")
    assert keys(pilot, pilot) == []


def test_somebody_who_pilots_already_is_not_made_pilot_twice(people, group):
    pilot, mate = people[Role.PILOT], people[Role.GROUP_MEMBER]
    GroupMembership.objects.filter(user=mate).update(role=GroupRole.PILOT)
    hand_over(actor=again(pilot), leaving=pilot, successor=mate, keys=keys(pilot, pilot))
    assert GroupMembership.objects.filter(user=mate).count() == 1


def test_the_coordination_hands_over_for_somebody_who_is_gone(people, group, contacts):
    pilot, coordinator = people[Role.PILOT], people[Role.COORDINATOR]
    hand_over(
        actor=again(coordinator),
        leaving=pilot,
        successor=people[Role.MEMBER],
        keys=keys(pilot, coordinator),
    )
    assert permissions.can_pilot_group(again(people[Role.MEMBER]), group)


def test_nobody_else_hands_over(people, group, other, contacts):
    pilot = people[Role.PILOT]
    mine = keys(pilot, pilot)
    for actor in (people[Role.GROUP_MEMBER], people[Role.MEMBER], other["pilot"]):
        assert keys(pilot, actor) == []
        with pytest.raises(ValidationError):
            hand_over(actor=again(actor), leaving=pilot, successor=actor, keys=mine)
    # Nor to somebody who is not of the group.
    with pytest.raises(ValidationError):
        hand_over(actor=again(pilot), leaving=pilot, successor=other["member"], keys=mine)
    near = successors(leaving=pilot, actor=again(pilot))
    assert {user.pk for user in near} == {people[Role.GROUP_MEMBER].pk}
