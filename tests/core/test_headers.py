"""Headers of every class of response; no cookie on a public page; no third party anywhere."""

import re

import pytest

from tests.conftest import client_of, read
from tests.people import Role

PUBLIC = ["/", "/nl/", "/groupes/", "/nl/werkgroepen/", "/repertoire/", "/nl/gids/", "/actualites/"]
EVERY_CLASS = [
    *PUBLIC,
    "/nulle-part/",
    "/sante/",
    "/sitemap.xml",
    "/groupes",
    "/compte/",
    "/compte/connexion/",
    "/static/css/base.css",
    "/gestion/",
    "/fichiers/rien.txt",
]


@pytest.mark.parametrize("path", EVERY_CLASS)
def test_every_answer_carries_the_headers(client, network, path):
    response = client.get(path)
    read(response)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "geolocation=()" in response["Permissions-Policy"]
    if not path.startswith("/gestion/"):
        assert "unsafe" not in policy


def test_an_error_of_ours_carries_the_headers_and_speaks_both_languages(network, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("mot-secret")

    monkeypatch.setattr("coordination.directory.filters.DirectorySearch.__init__", broken)
    response = client_of(None).get("/repertoire/")
    assert response.status_code == 500
    assert "default-src 'none'" in response["Content-Security-Policy"]
    text = response.content.decode()
    assert 'lang="nl"' in text
    assert "mot-secret" not in text


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_sets_no_cookie_and_asks_nobody_else(client, network, path):
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    text = response.content.decode()
    assert "style=" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text)
    loaded = re.findall(
        r'<(?:img|script|link|source|use)[^>]*(?:src|href|srcset)="(https?:[^"]+)', text
    )
    assert [url for url in loaded if "testserver" not in url] == []


def test_what_a_signed_in_person_reads_is_kept_nowhere(people):
    client = client_of(people[Role.MEMBER])
    for path in ("/", "/repertoire/", "/compte/", "/groupes/"):
        assert "no-store" in client.get(path)["Cache-Control"], path


def test_the_admin_asks_nobody_else(people):
    text = client_of(people[Role.COORDINATOR]).get("/gestion/").content.decode()
    assert "gravatar" not in text
    assert "releases.wagtail" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/gestion/pages/search/?q=%22",
        "/gestion/pages/search/?q=a%22b",
        "/gestion/images/?q=%00",
        "/gestion/pages/search/?q=" + "mot+" * 2000,
        "/gestion/images/?p=" + "9" * 400,
        "/gestion/documents/?p=-1",
        "/gestion/pages/search/?q=   ",
    ],
)
def test_no_query_breaks_the_admin(people, path):
    assert client_of(people[Role.COORDINATOR]).get(path).status_code in {200, 302, 404}


@pytest.mark.parametrize(
    "path",
    [
        "/repertoire/?q=%00",
        "/repertoire/?page=%00",
        "/repertoire/?q=" + "é" * 5000,
        "/repertoire/?page=" + "9" * 500,
        "/repertoire/?page=-3",
        "/repertoire/?commune=%FF",
        "/repertoire/?theme[]=x&theme=" + "x" * 3000,
        "/repertoire/lieux/?q=%27%22--",
        "/%00/",
        "/repertoire/?q=%E2%80%AE%F0%9F%98%80",
        "/nl/gids/?groupe=inconnu&famille=inconnue",
        "/fichiers/%00",
        "/fichiers/../../etc/passwd",
        "/repertoire/%C3%A9/",
        "/actualites/?page=zz",
    ],
)
def test_no_query_breaks_a_public_page(client, network, path):
    client.raise_request_exception = False
    assert client.get(path).status_code in {200, 301, 302, 400, 404}


def test_health_tells_the_state_and_nothing_secret(client, network):
    response = client.get("/sante/")
    assert response.json() == {
        "version": "0.1.0",
        "database": "ok",
        "jobs": "off",
        "search": "none",
    }
