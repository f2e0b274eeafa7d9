"""What one does with one's own account, with the keyboard alone, on a small phone, in both
languages."""

import zipfile

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.models import DataExport, User
from tests.e2e.actions import enter, press_enter, tab_to
from tests.people import Role

pytestmark = pytest.mark.browser


def own_page(language: str) -> str:
    with override(language):
        return reverse("accounts_profile")


@pytest.mark.parametrize(
    ("language", "row", "ask", "ready", "take"),
    [
        (
            "fr",
            "Une copie de mes données",
            "Recevoir une copie de mes données",
            "Votre copie est prête.",
            "Prendre ma copie",
        ),
        (
            "nl",
            "Een kopie van mijn gegevens",
            "Een kopie van mijn gegevens krijgen",
            "Uw kopie is klaar.",
            "Mijn kopie nemen",
        ),
    ],
)
def test_a_copy_of_ones_data(site, language, row, ask, ready, take):
    page = enter(site, Role.MEMBER, own_page(language), width=360)
    tab_to(page, row)
    press_enter(page)
    tab_to(page, ask)
    press_enter(page)
    assert page.get_by_text(ready).is_visible()
    tab_to(page, take)
    with page.expect_download() as caught:
        page.keyboard.press("Enter")
    with zipfile.ZipFile(caught.value.path()) as archive:
        assert len(archive.namelist()) == 2
    assert DataExport.objects.get().user == site.people[Role.MEMBER]
    assert not page.problems


@pytest.mark.parametrize(
    ("language", "row", "refused", "done"),
    [
        (
            "fr",
            "Supprimer mon compte",
            "Cochez cette case pour supprimer le compte.",
            "Votre compte est supprimé",
        ),
        (
            "nl",
            "Mijn account verwijderen",
            "Vink dit vakje aan om het account te verwijderen.",
            "Uw account is verwijderd",
        ),
    ],
)
def test_an_account_is_deleted(site, language, row, refused, done):
    page = enter(site, Role.MEMBER, own_page(language), width=360)
    tab_to(page, row)
    press_enter(page)
    tab_to(page, row)  # without the tick
    press_enter(page)
    assert page.get_by_text(refused).first.is_visible()
    page.wait_for_function("document.activeElement.id === 'erreurs'")
    tab_to(page, "understood")
    page.keyboard.press("Space")
    tab_to(page, row)
    press_enter(page)
    tab_to(page, "password")
    page.keyboard.type("mot-de-passe-essai")
    press_enter(page)
    assert page.get_by_role("heading", name=done).is_visible()
    assert User.objects.get(pk=site.people[Role.MEMBER].pk).deleted_at
    page.goto(site.url + own_page(language))
    assert page.locator("[name=email]").is_visible()
    assert [p for p in page.problems if "422" not in p] == []
