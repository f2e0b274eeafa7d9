"""The same thing asked at the very same moment, many times over."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from accounts.handover import hand_over
from accounts.models import DataExport, NetworkMembership, User
from accounts.services.data_export import ask_for_copy
from accounts.services.deletion import delete_account
from groupes.models import GroupMembership
from home.services.network import build_network
from tests.directory.test_concurrency import at_once
from tests.people import PAST, Role, make_people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowd():
    return make_people(build_network(host="testserver", port=80, name="Réseau"))


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_fifty_equal_requests_make_one_copy(crowd):
    made = []

    def ask() -> None:
        made.append(ask_for_copy(actor=again(crowd[Role.MEMBER])).pk)

    at_once(*[ask] * 50)
    assert len(made) == 50
    assert set(made) == {DataExport.objects.get().pk}
    assert ModelLogEntry.objects.filter(action="accounts.export").count() == 1


def test_an_account_deleted_twice_is_deleted_once(crowd):
    problems = []

    def delete() -> None:
        try:
            delete_account(actor=again(crowd[Role.MEMBER]), user=again(crowd[Role.MEMBER]))
        except Exception as error:
            problems.append(error)

    at_once(delete, delete)
    assert problems == []
    assert again(crowd[Role.MEMBER]).deleted_at
    assert ModelLogEntry.objects.filter(action="accounts.delete").count() == 1
    assert len(mail.outbox) == 1


def test_of_the_two_last_coordinators_one_stays(crowd):
    site = NetworkMembership.objects.filter(office="coordinator", end=None).get().site
    NetworkMembership.objects.create(
        user=crowd[Role.MEMBER], site=site, office="coordinator", start=PAST
    )
    refused = []

    def leave(role: Role):
        def action() -> None:
            try:
                delete_account(actor=again(crowd[role]), user=again(crowd[role]))
            except ValidationError as error:
                refused.append(error)

        return action

    at_once(leave(Role.COORDINATOR), leave(Role.MEMBER))
    assert len(refused) == 1
    assert NetworkMembership.objects.live().filter(office="coordinator").count() == 1


def test_a_function_handed_over_twice_has_one_successor(crowd):
    pilot = crowd[Role.PILOT]
    seat = GroupMembership.objects.get(user=pilot)
    mates = [crowd[Role.GROUP_MEMBER], crowd[Role.MEMBER]]
    GroupMembership.objects.create(user=mates[1], group=seat.group, start=PAST)
    refused = []

    def give(successor: User):
        def action() -> None:
            try:
                hand_over(
                    actor=again(pilot),
                    leaving=again(pilot),
                    successor=again(successor),
                    keys=[f"group:pilot:{seat.pk}"],
                )
            except ValidationError as error:
                refused.append(error)

        return action

    at_once(*(give(mate) for mate in mates))
    assert len(refused) == 1
    pilots = GroupMembership.objects.live().filter(role="pilot", user__in=mates)
    assert pilots.count() == 1
    assert ModelLogEntry.objects.filter(action="accounts.handover").count() == 1
