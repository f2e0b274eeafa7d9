"""Two languages: the same page in the other, and text that says in which language it is."""

import pytest
from django.core.cache import cache

from core.services.audience import set_page_audience
from home.models import StandardPage
from tests.conftest import client_of
from tests.people import Role


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/", "/nl/"),
        ("/groupes/", "/nl/werkgroepen/"),
        ("/actualites/", "/nl/nieuws/"),
        ("/repertoire/", "/nl/gids/"),
        ("/repertoire/lieux/?q=a", "/nl/gids/plaatsen/?q=a"),
        ("/repertoire/organisme-a/", "/nl/gids/organisme-a/"),
        ("/groupes/groupe-a/", "/nl/werkgroepen/groupe-a/"),
        ("/compte/connexion/", "/nl/account/aanmelden/"),
    ],
)
def test_the_switch_leads_to_the_same_page(client, people, path, other):
    here, there = client.get(path), client.get(other)
    assert here.status_code == there.status_code == 200
    urls = {language["code"]: language["url"] for language in here.context["languages"]}
    assert urls == {"fr": path, "nl": other}
    assert {x["code"]: x["url"] for x in there.context["languages"]} == urls
    assert '<html lang="fr"' in here.content.decode()
    assert '<html lang="nl"' in there.content.decode()


def test_a_page_without_translation_leads_to_the_other_home(client, people, network):
    page = network.home.add_child(instance=StandardPage(title="Seule", slug="seule"))
    page.save_revision().publish()
    languages = client.get("/seule/").context["languages"]
    assert next(x["url"] for x in languages if x["code"] == "nl") == "/nl/"


def test_a_private_translation_is_not_pointed_at(people, network):
    from wagtail.models import Locale

    page = network.home.add_child(instance=StandardPage(title="Double", slug="double"))
    page.save_revision().publish()
    page.copy_for_translation(Locale.objects.get(language_code="nl"), alias=True)
    set_page_audience(actor=people[Role.COORDINATOR], page=page, tokens={"member"})
    assert client_of(None).get("/double/").status_code == 404
    assert client_of(None).get("/nl/double/").status_code == 404
    assert client_of(people[Role.MEMBER]).get("/nl/double/").status_code == 200


def test_a_mirror_says_its_text_is_french(client, people, network):
    from wagtail.models import Locale

    page = network.home.add_child(instance=StandardPage(title="Miroir", slug="miroir"))
    page.save_revision().publish()
    page.copy_for_translation(Locale.objects.get(language_code="nl"), alias=True)
    text = client.get("/nl/miroir/").content.decode()
    assert '<html lang="nl"' in text
    assert 'lang="fr"' in text.split("<main", 1)[1]


def test_home_without_dutch_serves_french_and_says_so(client, people, network):
    network.home.get_translations().get().unpublish()
    cache.clear()
    response = client.get("/nl/")
    if response.status_code == 200:
        assert 'lang="fr"' in response.content.decode().split("<main", 1)[1]
    else:
        assert response.status_code == 404


@pytest.mark.parametrize("path", ["/nulle-part/", "/nl/nergens/"])
def test_an_unknown_address_answers_in_its_language(client, people, path):
    response = client.get(path)
    assert response.status_code == 404
    code = "nl" if path.startswith("/nl/") else "fr"
    assert f'<html lang="{code}"' in response.content.decode()
