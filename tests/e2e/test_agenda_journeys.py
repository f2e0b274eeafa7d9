"""Posting on a small phone with the keyboard alone, and what the script adds; then moderation."""

import datetime as dt
import re
import time

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from agenda.enums import DateState, Frequency, ProposalState
from agenda.models import Event, Proposal
from coordination.directory.models import Organisation
from core.forms import robots
from tests.agenda.making import make_event, timing
from tests.agenda.posting import NEXT_YEAR, send
from tests.e2e.actions import enter, press_enter, tab_to
from tests.people import Role

pytestmark = pytest.mark.browser
MINUTE = 60  # seconds


@pytest.fixture(autouse=True)
def _quick_typist(monkeypatch):
    monkeypatch.setattr(robots, "MIN_AGE", dt.timedelta(0))


def test_a_visitor_posts_with_the_keyboard_alone_in_under_a_minute(site):
    page = site.open("/agenda/proposer/", width=360, locale="fr-BE")
    steps, start = [], time.monotonic()

    def step(name: str) -> None:
        steps.append((name, round(time.monotonic() - start, 1)))

    tab_to(page, "title_fr")
    page.keyboard.type("Repas de quartier")
    tab_to(page, "other_organisers")
    page.keyboard.type("Le Vivier")
    step("what and who")
    tab_to(page, "timings-0-first")
    page.keyboard.type(f"0404{NEXT_YEAR}")  # whatever comes first, day or month
    tab_to(page, "timings-0-start_time")
    page.keyboard.type("1000A")
    tab_to(page, "timings-0-end_time")
    page.keyboard.type("1100A")
    tab_to(page, "timings-0-back")
    page.keyboard.press("ArrowRight")
    page.locator("[data-dates]").get_by_text(re.compile(r"de 10\sh à 11\sh")).wait_for()
    step("when")
    tab_to(page, "where")
    page.keyboard.type("Place d’Exemple 1")
    tab_to(page, "is_free")
    page.keyboard.press("Space")
    step("where")
    tab_to(page, "Plus de détails")
    tab_to(page, "email")
    page.keyboard.type("ada@essai.example")
    tab_to(page, "Envoyer ma proposition")
    press_enter(page)
    step("sent")
    proposal = Proposal.objects.get()
    assert page.get_by_text(proposal.reference).is_visible()
    assert proposal.event.timings.get().frequency == Frequency.WEEKS
    assert steps[-1][1] < MINUTE, steps
    assert not page.problems


def test_a_refusal_takes_focus_and_keeps_everything(site):
    page = site.open("/agenda/proposer/", width=360)
    page.fill("[name=other_organisers]", "Le Vivier")
    tab_to(page, "Envoyer ma proposition")
    press_enter(page)
    expect(page.locator("#erreurs")).to_be_focused()
    assert page.input_value("[name=other_organisers]") == "Le Vivier"
    page.get_by_role("link", name="Titre").click()
    assert page.evaluate("document.activeElement.name") == "title_fr"


def test_choosing_an_organisation_fills_what_is_empty_and_only_that(site):
    Organisation.objects.filter(slug="organisme-a").update(
        phone="02 111 11 11", email="a@essai.example"
    )
    page = enter(site, Role.REPRESENTATIVE, "/agenda/proposer/", width=360)
    page.fill("[name=contact_email]", "moi@essai.example")
    page.select_option("[name=organisation]", label="un autre organisme")
    page.select_option("[name=organisation]", label="Organisme A")
    expect(page.locator("[name=contact_phone]")).to_have_value("02 111 11 11")
    assert page.input_value("[name=contact_email]") == "moi@essai.example"
    assert "Téléphone" in page.locator("[data-filled]").inner_text()
    assert not page.problems


def test_dates_are_added_with_and_without_a_round_trip(site):
    page = site.open("/agenda/proposer/", width=360)
    page.fill("[name=title_fr]", "Goûters")
    page.fill("[name=timings-0-first]", f"{NEXT_YEAR}-03-04")
    page.fill("[name=timings-0-start_time]", "10:00")
    page.get_by_role("button", name="Ajouter une date").click()
    page.wait_for_selector("[name=timings-1-first]")
    assert page.input_value("[name=title_fr]") == "Goûters"
    page.fill("[name=timings-1-first]", f"{NEXT_YEAR}-03-11")
    page.get_by_role("button", name="Ajouter une date").click()
    page.wait_for_selector("[name=timings-2-first]")
    assert page.evaluate("document.activeElement.name") == "timings-2-first"
    assert page.input_value("[name=timings-2-start_time]") == "10:00"
    assert page.input_value("[name=timings-2-first]") == ""
    page.fill("[name=timings-2-first]", f"{NEXT_YEAR}-03-18")
    page.fill("[name=other_organisers]", "Le Vivier")
    page.fill("[name=email]", "ada@essai.example")
    page.wait_for_load_state("networkidle")  # the dates are said back: one database in memory
    page.get_by_role("button", name="Envoyer ma proposition").click()
    page.wait_for_url("**/recu/**")
    assert Event.objects.get().timings.count() == 3
    assert not page.problems


def test_dates_that_are_not_right_are_named_when_they_are_looked_at(site):
    page = site.open("/agenda/proposer/", width=360)
    page.fill("[name=title_fr]", "Goûters")
    page.fill("[name=timings-0-first]", f"{NEXT_YEAR}-03-04")
    page.fill("[name=timings-0-start_time]", "10:00")
    page.fill("[name=timings-0-end_time]", "09:00")
    page.get_by_role("button", name="Voir les dates").click()
    expect(page.locator("#erreurs")).to_be_focused()
    assert page.input_value("[name=title_fr]") == "Goûters"
    page.fill("[name=timings-0-end_time]", "11:00")
    page.get_by_role("button", name="Voir les dates").click()
    page.locator("[data-dates]").get_by_text(re.compile(r"de 10\sh à 11\sh")).wait_for()


def test_filters_and_steps_need_no_new_page(site):
    make_event(
        site.network,
        timing(timezone.localdate(), frequency=Frequency.DAYS),
        title_fr="Table de conversation",
    )
    page = site.open("/agenda/")
    page.evaluate("window.sameDocument = true")

    def stands_at_the_count() -> bool:
        expect(page.locator(".listing__count")).to_be_focused()
        return page.evaluate("window.sameDocument === true")

    page.get_by_role("link", name="Aujourd’hui").click()
    page.wait_for_url("**quand=aujourdhui")
    assert stands_at_the_count()
    page.get_by_label("Un mot, un lieu").fill("conversation")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=conversation**")
    assert stands_at_the_count()
    page.get_by_role("link", name="Mois", exact=True).click()
    page.wait_for_url("**/mois/**")
    assert stands_at_the_count()
    title = page.title()
    page.get_by_role("link", name="Après").click()
    expect(page).not_to_have_title(title)
    assert stands_at_the_count()
    page.go_back()
    expect(page).to_have_title(title)
    assert page.locator(".entry__title", has_text="Table de conversation").count() > 0
    assert not page.problems


def test_what_cannot_be_put_in_place_is_a_page(site):
    page = site.open("/agenda/")

    def break_scripts(route) -> None:
        is_script = route.request.resource_type in ("xhr", "fetch")
        route.abort() if is_script else route.continue_()

    page.route("**/agenda/?quand=aujourdhui", break_scripts)
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="Aujourd’hui").click()
    page.wait_for_url("**quand=aujourdhui")
    assert page.evaluate("window.sameDocument === undefined")


def test_a_moderator_publishes_from_the_desk(site):
    organisation = Organisation.objects.get(slug="organisme-a")
    author = site.people[Role.REPRESENTATIVE]
    proposal = send(site.network, author, organisers=[organisation])
    page = enter(site, Role.MODERATOR, reverse("agenda_moderation"))
    page.get_by_role("link", name=str(proposal.event)).click()
    page.get_by_role("button", name="Publier").click()
    page.wait_for_url(f"**{reverse('agenda_moderation')}")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ACCEPTED
    assert proposal.event.decisions.get().spent <= MINUTE


def test_the_text_to_send_is_copied(site):
    event = make_event(site.network, timing(timezone.localdate()), title_fr="Repas")
    page = site.open(event.url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Le texte, à copier").first.click()
    page.get_by_role("button", name="Copier").click()
    expect(page.get_by_text("C’est copié.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Le texte, à copier").input_value()
    assert copied.startswith("Repas\n")
    assert not page.problems


def test_a_date_is_cancelled_in_two_taps_and_asks_for_no_more_than_it_needs(site):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    event = make_event(site.network, timing(tomorrow), title_fr="Repas")
    page = enter(site, Role.COORDINATOR, event.date_url(tomorrow), width=360)
    page.get_by_role("link", name="Reporter cette date").click()
    button, day = page.locator(".date-change .button"), page.locator("[name=new_day]")
    expect(button).to_have_accessible_name("Reporter cette date")
    expect(day).to_be_visible()
    page.get_by_label("Elle a lieu à d’autres heures").check()
    expect(button).to_have_accessible_name("Changer cette date")
    expect(day).to_be_hidden()
    expect(page.locator("[name=new_start_time]")).to_be_visible()
    page.goto(site.url + event.date_url(tomorrow))
    page.get_by_role("link", name="Annuler cette date").click()
    expect(page.locator("[name=new_start_time]")).to_be_hidden()
    page.get_by_role("button", name="Annuler cette date").click()
    page.get_by_text("C’est noté").wait_for()
    assert event.date_changes.get().state == DateState.CANCELLED
    assert not page.problems
