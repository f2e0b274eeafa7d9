"""« Mon espace »: what waits, where one takes part, what is new."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.services.audience import set_page_audience
from core.visibility import MEMBER
from groupes.enums import Scope
from groupes.models import GroupPage
from groupes.services.sharing import share_item
from home.models import NewsPage
from tests.people import Role


def publish_news(network, title: str, **fields) -> NewsPage:
    page = network.news.add_child(
        instance=NewsPage(title=title, slug=title.lower().replace(" ", "-"), intro="Bref", **fields)
    )
    page.save_revision().publish()
    return page


def test_a_stranger_is_asked_to_sign_in(client, network):
    response = client.get("/mon-espace/")
    assert response.status_code == 302
    assert response["Location"] == "/compte/connexion/?next=/mon-espace/"


@pytest.mark.parametrize("role", [Role.WAITING, Role.FORMER])
def test_whoever_is_no_member_has_an_account_page_only(clients, role):
    response = clients[role].get("/mon-espace/")
    assert response.status_code == 302
    assert response["Location"] == "/compte/"


def test_signing_in_leads_there(client, people):
    credentials = {"login": people[Role.MEMBER].email, "password": "mot-de-passe-essai"}
    assert client.post("/compte/connexion/", credentials)["Location"] == "/mon-espace/"


def test_it_stands_first_in_the_menu_of_members_only(clients):
    for role, client in clients.items():
        navigation = client.get("/nl/").context["navigation"]
        is_first = navigation[0]["url"] == "/nl/mijn-ruimte/"
        assert is_first == (role not in {Role.VISITOR, Role.WAITING, Role.FORMER}), role


def test_what_is_new_is_what_this_person_may_see(clients, people, network):
    publish_news(network, "Pour tous")
    private = publish_news(network, "Entre membres")
    set_page_audience(actor=people[Role.COORDINATOR], page=private, tokens={MEMBER})
    group = GroupPage.objects.get(slug="groupe-a", locale=network.home.locale).group
    share_item(
        actor=people[Role.GROUP_MEMBER],
        group=group,
        title="Pour le groupe",
        text="Réunion lundi.",
        scope=Scope.GROUP,
    )
    titles = {
        role: {item.title for item in clients[role].get("/mon-espace/").context["latest"]}
        for role in (Role.MEMBER, Role.GROUP_MEMBER, Role.COORDINATOR)
    }
    assert titles[Role.MEMBER] == {"Pour tous", "Entre membres"}
    assert titles[Role.GROUP_MEMBER] == titles[Role.MEMBER] | {"Pour le groupe"}
    assert titles[Role.COORDINATOR] == titles[Role.GROUP_MEMBER]


def test_the_newest_comes_first_and_the_list_is_short(clients, network):
    for day in range(1, 13):
        publish_news(network, f"Nouvelle {day}", date=f"2026-01-{day:02}")
    latest = clients[Role.MEMBER].get("/mon-espace/").context["latest"]
    assert [item.title for item in latest][:2] == ["Nouvelle 12", "Nouvelle 11"]
    assert len(latest) == 8


def test_an_empty_space_says_what_will_come(clients):
    text = clients[Role.MEMBER].get("/mon-espace/").content.decode()
    assert "Rien ne vous attend." in text
    assert "Rien de nouveau pour l’instant" in text


def test_the_queries_are_bounded(clients, network):
    def queries() -> int:
        clients[Role.PILOT].get("/mon-espace/")
        with CaptureQueriesContext(connection) as seen:
            clients[Role.PILOT].get("/mon-espace/")
        return len(seen)

    few = queries()
    for number in range(12):
        publish_news(network, f"Nouvelle {number}")
    assert queries() == few <= 24
