"""The rule itself: sets of tokens, what contains what, who holds what."""

import datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import NetworkMembership, User
from core.visibility import MEMBER, PUBLIC, TOP, is_narrower, is_within, meet, reach_of
from tests.people import Role

tokens = st.sampled_from([PUBLIC, MEMBER, "group:1", "group:2", "org:1", "org:2"])
audiences = st.frozensets(tokens, max_size=4)


def admits(audience: frozenset[str], held: frozenset[str]) -> bool:
    return not audience.isdisjoint(held)


# Everything a real person can hold: groups and organisations only as a member.
holders = st.one_of(
    st.just(TOP),
    st.frozensets(st.sampled_from(["group:1", "group:2", "org:1", "org:2"])).map(
        lambda more: more | {PUBLIC, MEMBER}
    ),
)


@given(audiences, audiences, holders)
def test_whom_a_meeting_admits_both_admit(first, second, held):
    if admits(meet(first, second), held):
        assert admits(first, held)
        assert admits(second, held)


@given(audiences, audiences)
def test_a_meeting_is_narrower_than_both(first, second):
    assert is_narrower(meet(first, second), first)
    assert is_narrower(meet(first, second), second)
    assert meet(first, second) == meet(second, first)


@given(audiences, audiences, holders)
def test_a_narrower_audience_admits_nobody_else(first, second, held):
    if is_narrower(first, second) and admits(first, held):
        assert admits(second, held)


@given(audiences)
def test_everything_is_within_public(audience):
    assert is_narrower(audience, TOP)
    assert meet(audience, TOP) == audience or PUBLIC in audience


def test_public_is_within_nothing_smaller():
    assert not is_within(PUBLIC, {MEMBER})
    assert is_within("group:1", {MEMBER})
    assert not is_within("group:1", {"group:2"})


def test_a_former_member_keeps_nothing(people):
    assert reach_of(people[Role.FORMER]).tokens == TOP


def test_a_person_waiting_holds_nothing_yet(people):
    assert reach_of(people[Role.WAITING]).tokens == TOP


@pytest.mark.parametrize("role", [Role.PILOT, Role.REPRESENTATIVE, Role.COORDINATOR])
def test_leaving_the_network_ends_everything_the_same_day(people, role):
    user = people[role]
    assert len(reach_of(user).tokens) > 2
    NetworkMembership.objects.filter(user=user).update(end=datetime.date(2026, 3, 4))
    with time_machine.travel(datetime.datetime(2026, 3, 3, 22, 0, tzinfo=datetime.UTC)):
        assert len(reach_of(User.objects.get(pk=user.pk)).tokens) > 2
    # 23 h in Greenwich is already the next day in Brussels.
    with time_machine.travel(datetime.datetime(2026, 3, 3, 23, 30, tzinfo=datetime.UTC)):
        assert reach_of(User.objects.get(pk=user.pk)).tokens == TOP


def test_a_closed_account_holds_nothing(people):
    user = people[Role.COORDINATOR]
    user.is_active = False
    assert reach_of(user).tokens == TOP
