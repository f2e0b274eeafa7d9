"""Secret addresses for calendar programs: what each shows, and when it ends."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from agenda.models import CalendarLink
from agenda.services.links import MAX_LINKS
from coordination.directory.models import Organisation
from core.models import Audience
from groupes.models import GroupMembership, WorkingGroup
from tests.agenda.making import make_event, timing
from tests.agenda.test_feeds import calendar_of
from tests.conftest import client_of, read
from tests.people import Role

D = dt.date
BRUSSELS = ZoneInfo("Europe/Brussels")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 1, 12, tzinfo=BRUSSELS))


def own_address(user, **data) -> str:
    response = client_of(user).post(reverse("agenda:own_links"), data)
    return response.context["made"].replace("http://testserver", "")


def test_a_secret_address_shows_ones_own_and_ends_with_the_membership(network, people, client):
    pilot = people[Role.PILOT]
    group = GroupMembership.objects.filter(user=pilot).first().group
    own = Audience.objects.for_tokens([f"group:{group.pk}"])
    make_event(network, timing(), title_fr="Réunion", group=group, audience=own)
    make_event(network, timing(D(2026, 1, 5)), title_fr="Passée", group=group, audience=own)
    make_event(network, timing(), title_fr="Ailleurs")
    for data in ({}, {"group": group.slug}):
        address = own_address(pilot, **data)
        titles = {str(event["SUMMARY"]) for event in calendar_of(client, address).walk("VEVENT")}
        assert titles == {"Réunion"}
    assert "sessionid" not in client.cookies
    GroupMembership.objects.filter(user=pilot).update(end=D(2026, 3, 1))
    assert client.get(address).status_code == 404


def test_a_secret_address_dies_with_the_network_and_when_given_up(network, people, client):
    member = people[Role.MEMBER]
    address = own_address(member)
    assert client.get(address).status_code == 200
    link = CalendarLink.objects.get()
    assert link.token_hash not in address
    client_of(people[Role.PILOT]).post(reverse("agenda:own_links"), {"gone": link.pk})
    assert client.get(address).status_code == 200  # somebody else's is not theirs to give up
    client_of(member).post(reverse("agenda:own_links"), {"gone": link.pk})
    assert client.get(address).status_code == 404
    other = own_address(member)
    member.network_memberships.update(end=D(2026, 3, 1))
    assert client.get(other).status_code == 404


def test_addresses_that_nobody_made_open_nothing(client, people, network):
    for token in ("x", "a" * 32, "%00"):
        assert client.get(f"/agenda/flux/{token}.ics").status_code == 404
    former = client_of(people[Role.FORMER])
    assert former.get(reverse("agenda:own_links")).status_code == 404
    assert former.post(reverse("agenda:own_links"), {}).status_code == 404


def test_a_secret_address_shows_nothing_that_its_owner_may_not_see(network, people, client):
    """An event of a group may be for fewer people than the group."""
    group = WorkingGroup.objects.get(slug="groupe-a")
    organisation = Organisation.objects.get(slug="organisme-a")
    few = Audience.objects.for_tokens([f"org:{organisation.pk}"])
    make_event(network, timing(), title_fr="Pour tous", group=group)
    make_event(network, timing(), title_fr="Entre nous", group=group, audience=few)
    for asked in (None, group):
        _link, token = CalendarLink.make(people[Role.GROUP_MEMBER], asked)
        body = read(client.get(reverse("agenda:own_feed", args=[token]))).decode()
        assert "Pour tous" in body
        assert "Entre nous" not in body


def test_one_has_ten_secret_addresses_at_most(people):
    member = client_of(people[Role.MEMBER])
    for _number in range(MAX_LINKS + 1):
        page = member.post(reverse("agenda:own_links"), {})
    assert page.context["made"] == ""
    assert CalendarLink.objects.count() == MAX_LINKS
