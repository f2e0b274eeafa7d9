"""Coming in, with the keyboard alone, on a small phone, in both languages."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from coordination.directory.models import Organisation, OrganisationMembership
from coordination.welcome.models import Invitation, Request
from coordination.welcome.services.invitations import invite
from core.forms import robots
from tests.core.test_mail import parsed
from tests.e2e.actions import enter, press_enter, tab_to
from tests.people import Role
from tests.welcome.conftest import link_in

pytestmark = pytest.mark.browser
ADDRESS = "ada@essai.example"


def path_of(name: str, language: str, *args) -> str:
    with override(language):
        return reverse(name, args=args)


def type_in(page, **words: str) -> None:
    """Go to each field in turn and write."""
    for name, text in words.items():
        tab_to(page, name)
        page.keyboard.type(text)


def tick(page, name: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Space")


def mailed(part: str) -> str:
    """The path that the last mail to the newcomer leads to."""
    letter = [letter for letter in mail.outbox if letter.to == [ADDRESS]][-1]
    return link_in(parsed(letter), part)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_from_a_request_to_the_first_page_as_a_member(site, monkeypatch, language):
    monkeypatch.setattr(robots, "MIN_AGE", dt.timedelta(0))  # this typist is quick
    page = site.open(path_of("welcome:ask_person", language), width=360)
    tab_to(page, "organisation")
    page.keyboard.type("Organisme A")
    type_in(page, function="Accueil", why="Pour orienter.", first_name="Ada", last_name="Exemple")
    type_in(page, email=ADDRESS)
    tick(page, "accepts_rules")
    tab_to(page, "send")
    press_enter(page)
    asked = Request.objects.get()
    assert page.get_by_text(asked.reference).first.is_visible()
    assert asked.organisation == Organisation.objects.get()

    page.goto(site.url + mailed(asked.secret))
    tab_to(page, "confirm")
    press_enter(page)
    assert Request.objects.get().state == "waiting"

    desk = enter(site, Role.COORDINATOR, path_of("welcome:manage", language), width=360)
    tab_to(desk, "Accueil, Organisme A")
    press_enter(desk)
    tab_to(desk, "answer")
    desk.keyboard.type("Bienvenue !")
    tab_to(desk, "decision")
    press_enter(desk)
    assert Request.objects.get().state == "accepted"

    page.goto(site.url + mailed(asked.secret))
    tab_to(page, "enter")
    press_enter(page)
    assert page.url == site.url + path_of("space", language)
    assert page.locator("h1").get_by_text("Ada").is_visible()
    user = User.objects.get(email=ADDRESS)
    assert OrganisationMembership.objects.live().get(user=user).organisation == asked.organisation
    assert not [*page.problems, *desk.problems]


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_from_an_invitation_to_the_first_page_as_a_member(site, language):
    invite(
        actor=User.objects.get(pk=site.people[Role.REPRESENTATIVE].pk),
        site=site.network.site,
        address=ADDRESS,
        organisation=Organisation.objects.get(),
        language=language,
    )
    invitation = Invitation.objects.get()
    start = path_of("welcome:invitation", language, "x").rpartition("x/")[0]
    page = site.open(mailed(start), width=360)
    type_in(page, first_name="Ada", last_name="Exemple", function="Accueil")
    tab_to(page, "accept")
    page.keyboard.press("Enter")  # the rules are not accepted yet
    page.wait_for_function("document.activeElement.id === 'erreurs'")
    assert page.input_value("[name=first_name]") == "Ada"
    tick(page, "accepts_rules")
    tab_to(page, "accept")
    press_enter(page)
    assert page.url == site.url + path_of("space", language)
    invitation.refresh_from_db()
    assert invitation.state == "accepted"
    # The browser notes that the rules were missing the first time; nothing else.
    assert all("422" in problem for problem in page.problems)
