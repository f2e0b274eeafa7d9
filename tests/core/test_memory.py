"""What is remembered is nobody's view in particular, and outlives no change."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache

from core import memory
from core.models import Menus
from core.navigation import MENU
from core.services.audience import set_page_audience
from core.visibility import MEMBER
from home.models import StandardPage
from home.services.menus import lead_to
from tests.people import Role


def make_page(network, title="Salle du fond", slug="salle") -> StandardPage:
    page = network.home.add_child(instance=StandardPage(title=title, slug=slug))
    page.save_revision().publish()
    lead_to(Menus.objects.get(site=network.site), page, MENU)
    return page


def test_a_new_title_is_in_the_menu_at_the_next_request(client, network):
    page = make_page(network)
    assert "Salle du fond" in client.get("/").content.decode()
    page.title = "Salle rouge"
    page.save_revision().publish()
    text = client.get("/").content.decode()
    assert "Salle rouge" in text
    assert "Salle du fond" not in text


def test_a_page_that_closes_leaves_the_menu_at_once(clients, people, network):
    page = make_page(network)
    visitor, member = clients[Role.VISITOR], clients[Role.MEMBER]
    for client in (member, visitor):
        assert "Salle du fond" in client.get("/").content.decode()
    set_page_audience(actor=people[Role.COORDINATOR], page=page, tokens={MEMBER})
    assert "Salle du fond" in member.get("/").content.decode()
    assert "Salle du fond" not in visitor.get("/").content.decode()


def test_an_unpublished_page_leaves_the_menu(client, network):
    page = make_page(network)
    assert "Salle du fond" in client.get("/").content.decode()
    page.unpublish()
    assert "Salle du fond" not in client.get("/").content.decode()


def test_a_version_is_one_for_a_request_and_another_after_a_change(client, network):
    first = memory.version()
    assert memory.version() == first
    network.home.save()
    assert memory.version() != first


def test_an_emptied_cache_forgets(db):
    made = []
    for _visit in range(2):
        memory.remember(("essai",), lambda: made.append(1))
    cache.clear()
    memory.remember(("essai",), lambda: made.append(1))
    assert len(made) == 2


def test_memory_has_an_end(db, monkeypatch):
    monkeypatch.setattr(memory, "MAX_VALUES", 5)
    for number in range(50):
        memory.remember(("essai", number), lambda: None)
    assert len(memory._values[memory.version()]) <= 5


def test_what_is_of_another_time_goes(db):
    for number in range(20):
        memory.forget()
        memory.remember(("essai", number), lambda: None)
    assert len(memory._values) <= memory.MAX_VERSIONS


def test_what_fails_is_not_remembered(db):
    with pytest.raises(ZeroDivisionError):
        memory.remember(("panne",), lambda: 1 / 0)
    assert memory.remember(("panne",), lambda: "mieux") == "mieux"


def test_two_pages_that_are_being_written_are_not_confused(network, rf):
    """In a preview neither has a number yet."""
    seen = []
    for parent in (network.home, make_page(network)):
        draft = StandardPage(title="À venir", slug="a-venir", locale=network.home.locale)
        draft.path, draft.depth = f"{parent.path}0009", parent.depth + 1
        request = rf.get("/")
        request.user = AnonymousUser()
        seen.append([crumb["label"] for crumb in draft.get_context(request)["crumbs"]])
    assert seen == [["Réseau"], ["Réseau", "Salle du fond"]]
