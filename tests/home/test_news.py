"""News by month and theme, what comes before and after, the feed."""

import datetime as dt
from email.utils import parsedate_to_datetime

import pytest
from defusedxml import ElementTree
from django.core.cache import cache
from wagtail.models import Locale

from coordination.directory.models import Theme
from core.services.audience import set_page_audience
from home.models import NewsPage, StandardPage
from tests.conftest import client_of
from tests.people import Role

ATOM = "{http://www.w3.org/2005/Atom}link"


@pytest.fixture
def theme(db) -> Theme:
    return Theme.objects.create(slug="logement", name_fr="Logement", name_nl="Wonen")


@pytest.fixture
def publish(network, people):
    """Publish one piece of news, mirrored in Dutch."""

    def make(slug: str, day: str, *, tokens=None, **fields) -> NewsPage:
        page = network.news.add_child(
            instance=NewsPage(
                title=f"Titre {slug}",
                slug=slug,
                date=dt.date.fromisoformat(day),
                intro=f"Intro {slug}",
                **fields,
            )
        )
        if tokens:
            set_page_audience(actor=people[Role.COORDINATOR], page=page, tokens=tokens)
        page.save_revision().publish()
        page.copy_for_translation(Locale.objects.get(language_code="nl"), alias=True)
        return page

    return make


def titles(response) -> list[str]:
    return [page.title for page in response.context["news"]]


def channel_of(response):
    assert response.status_code == 200, response
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).find("channel")


def test_archive_counts_what_the_reader_may_see(client, publish, people):
    publish("mars", "2026-03-04")
    publish("prive", "2026-03-05", tokens={"member"})
    publish("ancien", "2025-12-31")
    years = client.get("/actualites/").context["search"].years
    assert [(year["year"], year["count"]) for year in years] == [(2026, 1), (2025, 1)]
    assert years[0]["months"][0]["name"] == "mars"
    assert titles(client.get(years[0]["months"][0]["url"])) == ["Titre mars"]
    years = client_of(people[Role.MEMBER]).get("/actualites/").context["search"].years
    assert years[0]["months"][0]["count"] == 2
    dutch = client.get("/nl/nieuws/?annee=2026").context["search"].years
    assert dutch[0]["months"][0]["name"] == "maart"


def test_filters_add_up_and_pages_keep_them(client, publish, theme):
    for number in range(13):
        publish(f"n{number}", "2026-03-04", theme=theme)
    publish("autre", "2026-03-04")
    publish("avril", "2026-04-01", theme=theme)
    response = client.get("/actualites/?annee=2026&mois=3&theme=logement")
    assert response.context["news"].paginator.count == 13
    assert "annee=2026&amp;mois=3&amp;theme=logement&amp;page=2" in response.content.decode()
    assert [chip["label"] for chip in response.context["search"].chips] == ["mars 2026", "Logement"]
    assert "Logement" in client.get("/actualites/n1/").content.decode()


@pytest.mark.parametrize(
    "query",
    ["mois=13&annee=2026", "annee=abc", "mois=3", "theme=nulle-part", "annee=-1"],
)
def test_a_value_that_means_nothing_gives_a_sentence_and_everything(client, publish, query):
    publish("mars", "2026-03-04")
    response = client.get(f"/actualites/?{query}")
    assert titles(response) == ["Titre mars"]
    assert "n’a pas été compris" in response.content.decode()


def test_a_month_without_news_says_so(client, publish):
    publish("mars", "2026-03-04")
    for query in ("annee=2026&mois=2", "annee=9999"):
        response = client.get(f"/actualites/?{query}")
        assert response.status_code == 200
        assert "Aucune nouvelle" in response.content.decode()


def test_before_and_after_are_those_the_reader_may_see(client, publish, people):
    publish("un", "2026-03-01")
    publish("prive", "2026-03-02", tokens={"member"})
    publish("trois", "2026-03-02")
    publish("quatre", "2026-03-02")
    context = client.get("/actualites/trois/").context
    assert context["previous_news"].slug == "un"
    assert context["next_news"].slug == "quatre"
    member = client_of(people[Role.MEMBER]).get("/actualites/trois/").context
    assert member["previous_news"].slug == "prive"
    assert client.get("/actualites/un/").context["previous_news"] is None


def test_feed_holds_what_the_reader_may_see(client, publish, people, theme):
    publish("un", "2026-03-01", theme=theme)
    publish("deux", "2026-03-02")
    secret = publish("prive", "2026-03-03", tokens={"member"})
    response = client.get("/actualites.rss")
    channel = channel_of(response)
    assert [item.findtext("title") for item in channel.iter("item")] == ["Titre deux", "Titre un"]
    item = channel.find("item")
    assert item.findtext("link") == "http://testserver/actualites/deux/"
    assert item.findtext("description") == "Intro deux"
    assert parsedate_to_datetime(item.findtext("pubDate")).date() == dt.date(2026, 3, 2)
    assert channel.find(ATOM).get("href") == "http://testserver/actualites.rss"
    assert channel.findtext("language") == "fr-be"
    narrowed = channel_of(client.get("/actualites.rss?theme=logement"))
    assert [item.findtext("title") for item in narrowed.iter("item")] == ["Titre un"]

    signed_in = client_of(people[Role.MEMBER]).get("/actualites.rss")
    assert secret.title in signed_in.content.decode()
    assert signed_in["Cache-Control"] == "private, no-store"


def test_feed_identities_outlive_titles_and_addresses(client, publish):
    page = publish("un", "2026-03-01")
    before = channel_of(client.get("/actualites.rss")).find("item").findtext("guid")
    page.title, page.slug = "Autre\x08 titre", "autre"
    page.save()
    item = channel_of(client.get("/actualites.rss")).find("item")
    assert item.findtext("guid") == before
    assert item.findtext("title") == "Autre titre"
    dutch = channel_of(client.get("/nl/nieuws.rss")).find("item")
    assert dutch.findtext("guid") != before
    assert dutch.findtext("link").startswith("http://testserver/nl/nieuws/")


def test_feed_is_only_where_news_are(client, network, people):
    network.home.add_child(instance=StandardPage(title="Texte", slug="texte")).save()
    for path in ("/texte.rss", "/repertoire.rss", "/rien.rss", "/actualites/rien.rss", "/nl/x.rss"):
        assert client.get(path).status_code == 404, path
    set_page_audience(actor=people[Role.COORDINATOR], page=network.news, tokens={"member"})
    assert client.get("/actualites.rss").status_code == 404
    assert client_of(people[Role.MEMBER]).get("/actualites.rss").status_code == 200


def test_queries_do_not_follow_the_number_of_news(client, publish, theme, count_queries):
    publish("un", "2026-03-01", theme=theme)
    counts = {}
    for path in ("/actualites/", "/actualites.rss"):
        client.get(path)
        counts[path] = count_queries(lambda path=path: client.get(path))
    for number in range(8):
        publish(f"n{number}", "2026-02-01", theme=theme)
    for path, before in counts.items():
        cache.clear()
        client.get(path)
        assert count_queries(lambda path=path: client.get(path)) <= before + 1, path
