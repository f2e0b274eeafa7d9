"""A record kept up to date in a browser: on a small phone, with the keyboard alone, in both
languages, without JavaScript."""

import pytest

from coordination.directory.models import (
    Organisation,
    OrganisationContact,
    OrganisationDraft,
    OrganisationMembership,
)
from tests.e2e.actions import enter, press_enter, tab_to
from tests.people import PAST, Role, make_organisation

pytestmark = pytest.mark.browser
RECORD = "/repertoire/organisme-a/"
DUTCH = "/nl/gids/organisme-a/"


@pytest.mark.parametrize(("path", "done"), [(RECORD, "La fiche est à jour"), (DUTCH, "bijgewerkt")])
def test_a_representative_corrects_the_record_with_the_keyboard_on_a_phone(site, path, done):
    word = "bewerken/" if path.startswith("/nl") else "modifier/"
    page = enter(site, Role.REPRESENTATIVE, path + word, width=360)
    tab_to(page, "summary_fr")
    page.keyboard.type("Une maison ouverte")
    tab_to(page, "phone")
    page.keyboard.type("02 123 45 67")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")
    assert page.get_by_text(done).is_visible()
    assert page.get_by_text("02 123 45 67").first.is_visible()
    assert Organisation.objects.get(slug="organisme-a").summary_fr == "Une maison ouverte"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_record_is_corrected_without_javascript(site):
    page = enter(
        site, Role.REPRESENTATIVE, RECORD + "modifier/", width=360, java_script_enabled=False
    )
    page.fill("[name=phone]", "pas un numéro")
    page.fill("[name=note_fr]", "À garder")
    page.get_by_role("button", name="Enregistrer").click()
    assert page.get_by_text("Rien de ce que vous avez écrit n’est perdu.").is_visible()
    assert page.input_value("[name=note_fr]") == "À garder"
    page.fill("[name=phone]", "02 123 45 67")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"**{RECORD}")
    assert page.get_by_text("À garder").is_visible()


def test_what_is_typed_is_kept_by_itself_and_found_again(site):
    page = enter(site, Role.REPRESENTATIVE, RECORD + "modifier/")
    page.fill("[name=summary_fr]", "Commencé au bureau")
    page.get_by_text("Brouillon gardé à").wait_for(timeout=15_000)
    assert OrganisationDraft.objects.count() == 1
    assert not page.problems
    page.context.close()
    again = enter(site, Role.REPRESENTATIVE, RECORD + "modifier/", width=360)
    assert again.input_value("[name=summary_fr]") == "Commencé au bureau"
    assert again.get_by_text("Votre brouillon est repris").is_visible()


@pytest.mark.parametrize(
    ("address", "button", "done"),
    [
        ("/compte/transmettre/", "Transmettre", "2 fonctions sont transmises"),
        ("/nl/account/overdragen/", "Overdragen", "2 functies zijn overgedragen"),
    ],
)
def test_a_function_is_handed_over_with_the_keyboard(site, address, button, done):
    organisation = Organisation.objects.get(slug="organisme-a")
    OrganisationMembership.objects.create(
        user=site.people[Role.MEMBER], organisation=organisation, start=PAST
    )
    OrganisationContact.objects.create(
        organisation=organisation, function_fr="Accueil", holder=site.people[Role.REPRESENTATIVE]
    )
    page = enter(site, Role.REPRESENTATIVE, address, width=360)
    tab_to(page, "successor")
    page.keyboard.press("ArrowDown")
    tab_to(page, button)
    press_enter(page)
    assert page.get_by_text(done).is_visible()
    assert OrganisationContact.objects.get().holder == site.people[Role.MEMBER]


@pytest.mark.parametrize(
    ("record", "merge", "button", "scripts"),
    [
        (RECORD, "reunir/", "Réunir les deux fiches", True),
        (RECORD, "reunir/", "Réunir les deux fiches", False),
        (DUTCH, "samenvoegen/", "De twee fiches samenvoegen", True),
    ],
)
def test_the_coordinator_merges_two_records_with_the_keyboard(site, record, merge, button, scripts):
    make_organisation("organisme-a-bis", "Organisme A bis", phone="02 987 65 43")
    page = enter(site, Role.COORDINATOR, record + merge, width=360, java_script_enabled=scripts)
    page.get_by_role("link", name="Organisme A bis").focus()
    press_enter(page)
    assert page.locator("input[name=phone][value=dropped]").is_checked()
    page.get_by_role("button", name=button).focus()
    press_enter(page)
    assert page.url.endswith(record)
    assert page.get_by_text("02 987 65 43").first.is_visible()
    page.goto(site.url + record.replace("organisme-a", "organisme-a-bis"))
    assert page.url.endswith(record)


def test_look_alikes_appear_while_typing(site):
    page = enter(site, Role.COORDINATOR, "/repertoire/ajouter/")
    page.focus("[name=name]")
    page.keyboard.type("organisme a")
    page.get_by_text("Cette fiche existe peut-être déjà").wait_for(timeout=10_000)
    assert not page.problems
