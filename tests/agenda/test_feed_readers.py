"""Who reads which feed, and for how long it may be kept."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from core.models import Audience
from tests.agenda.making import make_event, timing
from tests.conftest import client_of, read
from tests.people import Role

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 1, 12, tzinfo=BRUSSELS))


def test_what_a_signed_in_person_reads_is_kept_nowhere(network, people, client):
    members = Audience.objects.for_tokens(["member"])
    make_event(network, timing(), title_fr="Entre membres", audience=members)
    member = client_of(people[Role.MEMBER])
    for name in ("ics", "rss", "json", "csv"):
        address = reverse(f"agenda_{name}")
        seen = client.get(address)
        assert "public" in seen["Cache-Control"]
        # Nor is it answered with what a visitor has kept.
        own = member.get(address, headers={"If-None-Match": seen["ETag"]})
        assert "Entre membres" in read(own).decode()
        assert "public" not in own["Cache-Control"]
        assert "ETag" not in own


def test_what_a_visitor_keeps_is_worth_a_day(network, client, time_machine):
    """Tomorrow other dates are next, though nobody changed anything."""
    make_event(network, timing())
    address = reverse("agenda_json")
    kept = {"If-None-Match": client.get(address)["ETag"]}
    assert client.get(address, headers=kept).status_code == 304
    time_machine.move_to(dt.datetime(2026, 3, 2, 12, tzinfo=BRUSSELS))
    assert client.get(address, headers=kept).status_code == 200


def test_an_event_is_taken_along_by_those_who_may_see_it(network, people, client):
    members = Audience.objects.for_tokens(["member"])
    event = make_event(network, timing(), audience=members)
    draft = make_event(network, timing(), live=False)
    address, unseen = (reverse("agenda:event_ics", args=[one.slug]) for one in (event, draft))
    member = client_of(people[Role.MEMBER])
    assert str(event) in read(member.get(address)).decode()
    assert client.get(address).status_code == 404
    assert {client.get(unseen).status_code, member.get(unseen).status_code} == {404}


def test_a_partners_page_shows_as_many_dates_as_it_asks_for_and_never_all(network, client):
    make_event(network, *(timing(hours=f"{n // 6 + 8:02}:{n % 6}0") for n in range(60)))
    address = reverse("agenda:embed")
    for asked, shown in (("", 20), ("5", 5), ("0", 1), ("999", 50), ("x", 20), ("-1", 20)):
        assert len(client.get(address, {"nombre": asked}).context["rows"]) == shown, asked
