"""An event once more: how one gets there, and the draft that stands beside."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from agenda.models import Event, EventDraft
from coordination.directory.models import Organisation
from tests.agenda.making import make_event, timing
from tests.agenda.posting import propose_url, stamp, typed_by_member
from tests.conftest import client_of
from tests.people import Role

pytestmark = pytest.mark.django_db
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def organisation(people) -> Organisation:
    return Organisation.objects.get(slug="organisme-a")


@pytest.fixture
def past(network, organisation) -> Event:
    day = timezone.localdate() - 40 * ONE_DAY
    return make_event(network, timing(day), organisers=[organisation], when_fr="Vers midi")


@pytest.fixture
def member(people):
    return client_of(people[Role.REPRESENTATIVE])


@pytest.fixture
def draft(people) -> EventDraft:
    data = {"title_fr": ["Brouillon zz"]}
    return EventDraft.objects.create(user=people[Role.REPRESENTATIVE], data=data)


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def copy_of(event: Event) -> str:
    return f"{propose_url()}?copie={event.slug}"


def ways(browser, address: str) -> list[str]:
    """Where the list at the end of an event's page leads."""
    return [link["href"] for link in soup_of(browser.get(address)).select(".takeaway a")]


def test_whoever_edits_a_past_event_starts_another_one_from_its_page(member, people, past):
    assert copy_of(past) in ways(member, past.url)
    assert member.get(copy_of(past)).context["form"]["when_fr"].value() == ""  # of its dates
    for role in (Role.VISITOR, Role.MEMBER, Role.FORMER):
        assert copy_of(past) not in ways(client_of(people[role]), past.url)


def test_a_date_that_is_over_is_neither_cancelled_nor_moved(member, network, organisation, past):
    today = timezone.localdate()
    days = [today - 2 * ONE_DAY, today, today + 3 * ONE_DAY]
    event = make_event(network, *map(timing, days), organisers=[organisation])

    def changes(address: str) -> bool:
        return any("/changer/" in way for way in ways(member, address))

    assert not changes(past.url)
    assert [changes(event.date_url(day)) for day in days] == [False, True, True]
    assert changes(event.url)  # about the next one


def test_a_copy_leaves_a_kept_draft_alone(member, past, draft):
    page = member.get(copy_of(past))
    form = soup_of(page).select_one("form.event-form")
    assert "data-draft-url" not in form.attrs
    notice = soup_of(page).select_one(".notice--attention")
    assert "Brouillon zz" in notice.text
    assert notice.select_one("a")["href"] == propose_url()
    assert form.select_one("[name=beside]")["value"] == "1"


def test_sending_a_copy_keeps_the_draft(member, organisation, past, draft):
    data = typed_by_member(organisation=organisation, beside="1")
    refused = member.post(copy_of(past), data | {"title_fr": ""})
    assert "data-draft-url" not in soup_of(refused).select_one("form.event-form").attrs
    assert member.post(copy_of(past), data).status_code == 302
    assert EventDraft.objects.get().title == "Brouillon zz"


def test_a_button_that_says_so_puts_the_copy_in_place_of_the_draft(
    member, organisation, past, draft
):
    button = soup_of(member.get(copy_of(past))).select_one("button[name=draft]")
    assert "à la place du brouillon" in button.text
    data = typed_by_member(organisation=organisation, title_fr="La copie", beside="1", draft="1")
    page = member.post(copy_of(past), data, follow=True)
    assert EventDraft.objects.get().title == "La copie"
    form = soup_of(page).select_one("form.event-form")
    assert form["data-draft-url"]
    assert form.select_one("[name=beside]") is None


def test_without_a_draft_a_copy_is_kept_as_it_is_typed(member, organisation, past):
    form = soup_of(member.get(copy_of(past))).select_one("form.event-form")
    assert form["data-draft-url"]
    assert form.select_one("[name=beside]") is None
    data = typed_by_member(organisation=organisation)
    member.post(reverse("agenda:draft"), data)
    member.post(copy_of(past), data)
    assert not EventDraft.objects.exists()


def test_a_draft_is_said_to_be_kept_at_an_hour_as_people_say_it(member, time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 2, 11, 38, tzinfo=dt.UTC), tick=False)
    data = typed_by_member(title_fr="Fête")
    french = member.post(reverse("agenda:draft"), data).json()["saved_at"]
    dutch = member.post("/nl/agenda/voorstellen/klad/", data).json()["saved_at"]
    assert (french, dutch) == ("12\xa0h\xa038", "12.38\xa0uur")


def test_a_draft_that_is_sent_is_not_said_to_be_open_for_long(member, organisation, draft):
    sent = soup_of(member.get(propose_url())).select_one("[name=stamp]")["value"]
    data = typed_by_member(organisation=organisation, stamp=sent)
    assert member.post(propose_url(), data).status_code == 302


def test_only_somebody_without_an_account_may_be_too_quick(client, member, organisation):
    quick = stamp(seconds=0)
    data = typed_by_member(organisation=organisation, stamp=quick)
    visitor = data | {"other_organisers": "Le Vivier", "email": "ada@essai.example"}
    refused = client.post(propose_url(), visitor)
    assert refused.status_code == 422
    assert "très rapide" in refused.content.decode()
    assert member.post(propose_url(), data).status_code == 302
