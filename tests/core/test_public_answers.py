"""What browsers, proxies and search engines get besides the page."""

import gzip
import json
import re

import pytest

from home.models import StandardPage
from tests.conftest import read
from tests.people import Role

PUBLIC = ["/", "/nl/", "/groupes/", "/repertoire/", "/repertoire/?vue=complete", "/actualites/"]


@pytest.mark.parametrize("path", [*PUBLIC, "/aide/", "/actualites.rss", "/sitemap.xml"])
def test_a_visitor_who_comes_back_receives_nothing_new(client, network, path):
    first = client.get(path)
    assert first["ETag"]
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get(path, HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304
    assert again.content == b""


def test_a_change_is_seen_at_once(client, network):
    etag = client.get("/")["ETag"]
    network.home.heading = "Un autre titre"
    network.home.save_revision().publish()
    assert client.get("/", HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_what_a_signed_in_person_sees_is_kept_nowhere(clients):
    for path in [*PUBLIC, "/mon-espace/", "/compte/", "/groupes/groupe-a/espace/"]:
        response = clients[Role.PILOT].get(path)
        assert "no-store" in response["Cache-Control"], path
        assert "private" in response["Cache-Control"], path


def test_the_same_address_is_two_answers_for_two_people(clients):
    """A proxy that heeds `Vary` never gives one person's page to another."""
    for role in (Role.VISITOR, Role.MEMBER):
        assert "Cookie" in clients[role].get("/")["Vary"]
    etag = clients[Role.VISITOR].get("/")["ETag"]
    assert clients[Role.MEMBER].get("/", HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_a_form_with_a_token_is_not_public(client, network):
    response = client.get("/compte/connexion/")
    assert response.cookies
    assert "public" not in response.get("Cache-Control", "")


def test_text_goes_out_compressed(client, network):
    plain = client.get("/").content
    response = client.get("/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == plain
    assert len(response.content) < len(plain) / 2
    sheet = client.get("/static/css/components.css", headers={"accept-encoding": "gzip"})
    assert sheet["Content-Encoding"] == "gzip"
    assert b".button" in gzip.decompress(read(sheet))


def test_a_picture_is_not_compressed_twice(client, network):
    response = client.get("/static/img/partage.png", headers={"accept-encoding": "gzip"})
    assert not response.has_header("Content-Encoding")
    read(response)


def head(client, path: str) -> str:
    return client.get(path).content.decode().split("</head>")[0]


def test_a_page_says_its_own_address_and_the_other_language(client, network):
    text = head(client, "/repertoire/?theme=x&page=2")
    assert '<link rel="canonical" href="http://testserver/repertoire/">' in text
    assert 'hreflang="fr" href="http://testserver/repertoire/"' in text
    assert 'hreflang="nl" href="http://testserver/nl/gids/"' in text
    text = head(client, "/nl/werkgroepen/")
    assert '<link rel="canonical" href="http://testserver/nl/werkgroepen/">' in text
    assert 'hreflang="fr" href="http://testserver/groupes/"' in text


def test_a_mirror_gives_the_address_of_what_it_mirrors(client, network):
    page = network.home.add_child(
        instance=StandardPage(title="Notre charte", slug="charte", intro="Ce qui nous lie.")
    )
    page.save_revision().publish()
    dutch = page.copy_for_translation(network.home.get_translations().first().locale, alias=True)
    text = head(client, dutch.get_url())
    assert '<link rel="canonical" href="http://testserver/charte/">' in text
    assert "hreflang" not in text
    assert '<meta property="og:locale" content="fr_BE">' in text


def test_a_shared_link_shows_what_the_page_is(client, network):
    page = network.home.add_child(
        instance=StandardPage(title="Notre charte", slug="charte", intro="Ce qui\nnous lie.")
    )
    page.save_revision().publish()
    text = head(client, "/charte/")
    assert '<meta property="og:title" content="Notre charte">' in text
    assert '<meta property="og:description" content="Ce qui nous lie.">' in text
    assert '<meta name="description" content="Ce qui nous lie.">' in text
    image = re.search(r'og:image" content="http://testserver([^"]+)"', text).group(1)
    assert read(client.get(image)).startswith(b"\x89PNG")


def test_error_pages_and_members_pages_are_for_no_search_engine(client, clients, network):
    for path, who in (("/nulle-part/", client), ("/compte/connexion/", client)):
        text = head(who, path)
        assert 'name="robots" content="noindex"' in text
        assert "canonical" not in text
    assert "canonical" not in head(clients[Role.MEMBER], "/")


def test_robots_are_told_what_to_leave(client, network):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /gestion/" in text
    assert "Disallow: /compte/" in text
    assert "Disallow: /nl/account/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


@pytest.mark.parametrize(("path", "start"), [("", "/"), ("nl/", "/nl/")])
def test_a_telephone_can_keep_the_portal_on_its_screen(client, network, path, start):
    data = json.loads(client.get(f"/{path}portail.webmanifest").content)
    assert data["name"] in {"Réseau", "Netwerk"}
    assert data["start_url"] == start
    for icon in data["icons"]:
        assert read(client.get(icon["src"])).startswith(b"\x89PNG")
