"""A group in a browser: joined, written in, opened to the public; on a small phone, with the
keyboard alone, in both languages, without JavaScript."""

import pytest

from groupes.models import GroupMembership, SharedItem, WorkingGroup
from tests.e2e.actions import enter, press_enter, tab_to
from tests.people import Role

pytestmark = pytest.mark.browser
GROUP = "/groupes/groupe-a/"
DUTCH = "/nl/werkgroepen/groupe-a/"


@pytest.fixture
def group(site) -> WorkingGroup:
    group = WorkingGroup.objects.get(slug="groupe-a")
    group.charter_fr, group.charter_nl = "Nous nous écoutons.", "We luisteren naar elkaar."
    group.save()
    return group


@pytest.mark.parametrize(
    ("path", "ask", "accept"),
    [
        (GROUP, "Envoyer ma demande", "Accepter"),
        (DUTCH, "Mijn aanvraag versturen", "Aanvaarden"),
    ],
)
def test_a_member_joins_with_the_keyboard_and_the_pilot_answers(site, group, path, ask, accept):
    join, todo = ("rejoindre/", "a-faire/") if path == GROUP else ("meedoen/", "te-doen/")
    page = enter(site, Role.MEMBER, path + join, width=360)
    tab_to(page, "message")
    page.keyboard.type("Je connais bien le quartier.")
    tab_to(page, "charter")
    page.keyboard.press("Space")
    tab_to(page, ask)
    press_enter(page)
    assert page.get_by_text("Je connais bien le quartier.").is_visible()
    assert not GroupMembership.objects.filter(user=site.people[Role.MEMBER]).exists()

    pilot = enter(site, Role.PILOT, path + todo, width=360)
    tab_to(pilot, "Répondre" if path == GROUP else "Antwoorden")
    press_enter(pilot)
    tab_to(pilot, "answer")
    pilot.keyboard.type("Bienvenue !")
    tab_to(pilot, accept)
    press_enter(pilot)
    membership = GroupMembership.objects.get(user=site.people[Role.MEMBER])
    assert membership.is_live
    assert membership.charter_version == group.charter_version
    for one in (page, pilot):
        assert one.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert not one.problems


def test_a_member_cannot_join_without_the_charter_and_loses_no_word(site, group):
    page = enter(site, Role.MEMBER, GROUP + "rejoindre/", width=360, java_script_enabled=False)
    page.fill("[name=message]", "Des mots à garder")
    page.get_by_role("button", name="Envoyer ma demande").click()
    assert page.get_by_text("Rien de ce que vous avez écrit n’est perdu.").is_visible()
    assert page.input_value("[name=message]") == "Des mots à garder"


@pytest.mark.parametrize(
    ("path", "share", "todo", "open_it"),
    [
        (GROUP, "partager/", "a-faire/", "Rendre publique"),
        (DUTCH, "delen/", "te-doen/", "Openbaar maken"),
    ],
)
def test_an_item_is_shared_on_a_phone_and_the_pilot_opens_it_to_the_public(
    site, group, path, share, todo, open_it
):
    page = enter(site, Role.GROUP_MEMBER, path + share, width=360)
    tab_to(page, "title")
    page.keyboard.type("Une soupe pour tous")
    tab_to(page, "text")
    page.keyboard.type("Chaque jeudi, à midi.")
    tab_to(page, "scope")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    press_enter(page)
    item = SharedItem.objects.get()
    assert item.is_pending
    visitor = site.open(path, width=360)
    assert not visitor.get_by_text("Une soupe pour tous").is_visible()

    pilot = enter(site, Role.PILOT, path + todo, width=360)
    tab_to(pilot, "Une soupe pour tous")
    press_enter(pilot)
    tab_to(pilot, open_it)
    press_enter(pilot)
    visitor.reload()
    assert visitor.get_by_text("Une soupe pour tous").is_visible()
    assert not page.problems
    assert not pilot.problems


def test_a_file_is_shared_and_withdrawn_without_javascript(site, group):
    page = enter(site, Role.GROUP_MEMBER, GROUP + "partager/", width=360, java_script_enabled=False)
    page.fill("[name=title]", "Une affiche")
    page.set_input_files(
        "[name=upload]",
        {"name": "affiche.txt", "mimeType": "text/plain", "buffer": b"une affiche"},
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Partager", exact=True).click()
    item = SharedItem.objects.get()
    address = site.url + item.document.url
    assert page.request.get(address).status == 200
    page.goto(site.url + item.url)
    page.get_by_text("Retirer", exact=False).first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Oui, retirer").click()
    item.refresh_from_db()
    assert item.is_withdrawn
    assert page.request.get(address).status == 404
