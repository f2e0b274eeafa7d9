"""What is told on the site."""

import pytest
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Notification, User
from accounts.notifications import (
    notify,
    withdraw,
)
from coordination.directory.models import OrganisationMembership
from coordination.directory.services.reports import report_error
from groupes.enums import GroupRole
from groupes.models import GroupMembership
from tests.accounts.notifications.telling import share, told_to, words_for
from tests.people import PAST, Role, make_organisation


def test_the_list_shows_what_is_new_and_a_click_reads_it(clients, people, group):
    item = share(people, group)
    client = clients[Role.PILOT]
    assert "des avis à lire" in client.get("/").content.decode()
    page = client.get("/mon-espace/avis/").content.decode()
    assert "Colis du lundi" in page
    (row,) = told_to(people[Role.PILOT])
    url = f"/mon-espace/avis/{row.pk}/"
    assert client.head(url).status_code == 302
    assert client.get(url, headers={"sec-purpose": "prefetch"}).status_code == 302
    assert told_to(people[Role.PILOT])[0].read_at is None
    assert client.get(url)["Location"] == item.url
    assert told_to(people[Role.PILOT])[0].read_at is not None
    assert "des avis à lire" not in client.get("/").content.decode()


def test_nobody_opens_somebody_elses(clients, people, group):
    share(people, group)
    (row,) = told_to(people[Role.PILOT])
    for role in (Role.GROUP_MEMBER, Role.COORDINATOR, Role.ADMINISTRATOR):
        assert clients[role].get(f"/mon-espace/avis/{row.pk}/").status_code == 404
    notify("accounts.handover", about=people[Role.COORDINATOR].pk, to=[people[Role.MEMBER]])
    page = clients[Role.PILOT].get("/mon-espace/avis/").content.decode()
    assert "Colis du lundi" in page
    assert "Des fonctions vous sont transmises" not in page


@pytest.mark.parametrize("role", [Role.FORMER, Role.WAITING])
def test_whoever_is_no_member_is_led_to_the_account_page(clients, role):
    assert clients[role].get("/mon-espace/avis/")["Location"] == "/compte/"


def test_all_is_read_by_one_post(clients, people, group):
    notify("groupes.shared", about=share(people, group).pk, to=[people[Role.MEMBER]])
    clients[Role.PILOT].get("/mon-espace/avis/")
    assert User.objects.get(pk=people[Role.PILOT].pk).has_unread
    assert clients[Role.PILOT].post("/mon-espace/avis/").status_code == 302
    assert not User.objects.get(pk=people[Role.PILOT].pk).has_unread
    assert told_to(people[Role.MEMBER])[0].read_at is None


def test_one_chooses_when_among_what_concerns_them(clients, people):
    page = clients[Role.MEMBER].get("/compte/avis/")
    assert "groupes.request" not in page.context["form"].fields
    assert "groupes.request" in clients[Role.PILOT].get("/compte/avis/").context["form"].fields
    with override("nl"):
        assert clients[Role.PILOT].get("/nl/account/meldingen/").status_code == 200


def test_the_list_costs_the_same_with_many(clients, people, group, django_assert_max_num_queries):
    share(people, group)
    clients[Role.PILOT].get("/mon-espace/avis/")
    for number in range(40):
        share(people, group, title=f"Info {number}")
    with django_assert_max_num_queries(16):
        clients[Role.PILOT].get("/mon-espace/avis/")


def test_withdrawing_is_quiet(people):
    withdraw("groupes.request", about=4_000)
    assert not Notification.objects.exists()


def test_two_seats_are_told_once(people, group, network):
    GroupMembership.objects.create(
        user=people[Role.PILOT], group=group, role=GroupRole.MEMBER, start=PAST
    )
    share(people, group)
    assert len(told_to(people[Role.PILOT])) == 1


def test_an_organisation_that_a_person_may_not_see_is_not_named(people, network):
    hidden = make_organisation("cache", "Organisme caché")
    OrganisationMembership.objects.create(
        user=people[Role.MEMBER], organisation=hidden, role="representative", start=PAST
    )
    report_error(actor=None, organisation=hidden, text="Fermé.")
    OrganisationMembership.objects.filter(organisation=hidden).update(end=timezone.localdate())
    assert words_for(people[Role.MEMBER]) == []


def test_items_of_another_group_are_never_told(people, group, network):
    item = share(people, group, title="Secret")
    notify("groupes.shared", about=item.pk, to=[people[Role.MEMBER]])
    assert words_for(people[Role.MEMBER]) == []
