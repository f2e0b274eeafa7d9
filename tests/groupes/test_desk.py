"""What waits for pilots and for those who asked, in one list."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core.desk import waiting_for
from groupes.enums import Scope
from groupes.models import GroupPage, JoinRequest, Mandate
from groupes.services import joining, sharing
from tests.conftest import client_of
from tests.groupes.conftest import again
from tests.people import Role


def titles(user) -> list[str]:
    return [item.title for item in waiting_for(again(user))]


def make_things_wait(people, group) -> JoinRequest:
    asked = joining.ask_to_join(actor=people[Role.MEMBER], group=group, accepts_charter=True)
    sharing.share_item(
        actor=people[Role.GROUP_MEMBER], group=group, title="Une affiche", text="x", scope="public"
    )
    today = timezone.localdate()
    for days in (100, 400):
        Mandate.objects.create(
            group=group,
            start=today - datetime.timedelta(days=300),
            end=today + datetime.timedelta(days=days),
        )
    GroupPage.objects.filter(group=group).update(
        last_published_at=timezone.now() - datetime.timedelta(days=400)
    )
    return asked


def test_a_pilot_sees_in_one_place_what_waits(people, group, other):
    make_things_wait(people, group)
    found = titles(people[Role.PILOT])
    assert len(found) == 4
    assert "Une demande de participation attend votre réponse" in found
    assert "Un mandat prend fin dans les six mois" in found
    for user in (other["pilot"], people[Role.GROUP_MEMBER], people[Role.FORMER]):
        assert titles(user) == []
    # Those who oversee the network have the overview instead.
    assert titles(people[Role.COORDINATOR]) == []


def test_every_item_of_the_desk_leads_somewhere(people, group):
    make_things_wait(people, group)
    client = client_of(people[Role.PILOT])
    for item in waiting_for(again(people[Role.PILOT])):
        assert client.get(item.url).status_code == 200, item.title


def test_the_groups_own_list_shows_the_same_with_its_buttons(people, group):
    asked = make_things_wait(people, group)
    client = client_of(people[Role.PILOT])
    for code in ("fr", "nl"):
        with override(code):
            url = reverse("groupes:todo", args=[group.slug])
            answer = reverse("groupes:request", args=[group.slug, asked.pk])
        response = client.get(url)
        assert response.context["todo"].count == 4
        text = response.content.decode()
        assert answer in text
        assert "Une affiche" in text
    tab = next(tab for tab in response.context["tabs"] if tab["current"])
    assert tab["count"] == 4


def test_whoever_asked_finds_the_answer_for_a_month(people, group):
    asked = joining.ask_to_join(actor=people[Role.MEMBER], group=group, accepts_charter=True)
    assert titles(people[Role.MEMBER]) == []
    joining.refuse_request(actor=people[Role.PILOT], request=asked, answer="Complet.")
    assert len(titles(people[Role.MEMBER])) == 1
    old = timezone.now() - datetime.timedelta(days=31)
    JoinRequest.objects.update(answered_at=old)
    assert titles(people[Role.MEMBER]) == []


def test_a_mandate_that_ended_waits_no_more(people, group):
    today = timezone.localdate()
    Mandate.objects.create(group=group, start=today - datetime.timedelta(days=9), end=today)
    assert titles(people[Role.PILOT]) == []


def test_an_item_accepted_waits_no_more(people, group):
    item = sharing.share_item(
        actor=people[Role.GROUP_MEMBER], group=group, title="A", text="x", scope=Scope.PUBLIC
    )
    assert len(titles(people[Role.PILOT])) == 1
    sharing.accept_item(actor=people[Role.PILOT], item=item)
    assert titles(people[Role.PILOT]) == []
