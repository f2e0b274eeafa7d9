"""A real Chromium on a real server, for what only a browser can tell."""

from dataclasses import dataclass

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page

from home.services.network import Network, build_network
from tests.browser import chromium
from tests.conftest import run_commit_hooks
from tests.people import make_people

__all__ = ["Site", "chromium", "site"]


@dataclass
class Site:
    """A small network behind a real address."""

    url: str
    network: Network
    people: dict
    browser: Browser

    def open(self, path: str, *, width: int = 1280, scheme: str = "light", **options) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, **options
        )
        page = context.new_page()
        page.problems = []
        page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
        page.on(
            "request",
            lambda r: (
                None if r.url.startswith((self.url, "data:")) else page.problems.append(r.url)
            ),
        )
        page.goto(self.url + path)
        return page


@pytest.fixture
def site(live_server, transactional_db, chromium) -> Site:
    host, port = live_server.url.removeprefix("http://").split(":")
    cache.clear()
    network = build_network(host=host, port=int(port), name="Réseau", name_nl="Netwerk")
    people = make_people(network)
    run_commit_hooks()
    return Site(live_server.url, network, people, chromium)
