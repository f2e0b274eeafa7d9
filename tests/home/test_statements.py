"""Accessibility and privacy: there from the first day, in two languages."""

import pytest

from home.models import AccessibilityPage, HomePage, PrivacyPage
from home.services.statements import build_statements
from tests.home.test_bootstrap import bootstrap

PATHS = {
    "fr": ("/accessibilite/", "/vie-privee/"),
    "nl": ("/nl/toegankelijkheid/", "/nl/privacy/"),
}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_everybody_reads_them_in_both_languages(client, network, language):
    build_statements(network)
    for path in PATHS[language]:
        page = client.get(path).content.decode()
        assert f'<html lang="{language}"' in page
        assert "components/untranslated" not in page
        assert 'class="main" tabindex="-1">' in page, "the text is in the page's own language"
        assert '<time datetime="' in page


def test_bootstrap_makes_them_once_and_keeps_what_is_written(db):
    bootstrap()
    PrivacyPage.objects.filter(slug="vie-privee").update(intro="À nous")
    bootstrap()
    assert AccessibilityPage.objects.count() == PrivacyPage.objects.count() == 2
    assert PrivacyPage.objects.get(slug="vie-privee").intro == "À nous"


def test_a_home_has_one_of_each_at_its_own_address(network):
    build_statements(network)
    home = HomePage.objects.get(pk=network.home.pk)
    page = PrivacyPage.objects.child_of(home).get()
    assert not PrivacyPage.can_create_at(home)
    page.slug = "ailleurs"
    page.full_clean()
    assert page.slug == "vie-privee"
