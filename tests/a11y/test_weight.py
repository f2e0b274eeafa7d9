"""What a small telephone receives, and what it sees while that arrives."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.utils import timezone

from coordination.directory.models import Organisation
from home.demonstration.loader import load
from tests.conftest import run_commit_hooks
from tests.e2e.conftest import Site

pytestmark = pytest.mark.browser
MAX_BYTES = 100_000  # transferred on a first visit, pictures of the content left out
MAX_SHIFT = 0.02
SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  const add = (list) => list.getEntries().forEach((entry) => { sum += entry.value; });
  new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(sum), 200);
})"""
BLOCKING = """() => performance.getEntriesByType('resource')
  .filter((entry) => entry.renderBlockingStatus === 'blocking')
  .map((entry) => new URL(entry.name).pathname)"""
SHOWN = """() => [
  document.querySelector('h1').textContent.trim(),
  ...[...document.querySelectorAll('a[href]')].map((link) => link.href),
]"""


@pytest.fixture
def village(live_server, transactional_db, chromium) -> Site:
    """The demonstration behind a real address."""
    host, port = live_server.url.removeprefix("http://").split(":")
    cache.clear()
    load(host=host, port=int(port))
    run_commit_hooks()
    return Site(live_server.url, None, {}, chromium)


def test_pages_are_light_steady_and_whole_without_scripts(village):
    record = Organisation.objects.get(name="Maison de quartier Malibran")
    for path in (
        "/",
        "/nl/",
        "/groupes/aide-alimentaire/",
        record.url,
        "/repertoire/",
        "/repertoire/?theme=manger&commune=ixelles",
        "/actualites/le-portail-est-ouvert/",
        "/agenda/",
        f"/agenda/mois/{timezone.localdate():%Y-%m}/",
    ):
        page, sizes = visit(village, path)
        assert sum(sizes.values()) <= MAX_BYTES, f"{path}: {told(sizes)}"
        assert page.evaluate(SHIFT) <= MAX_SHIFT, path
        blocking = page.evaluate(BLOCKING)
        assert blocking, path
        assert all(name.startswith("/static/css/") for name in blocking), f"{path}: {blocking}"
        shown = page.evaluate(SHOWN)
        page.context.close()
        plain = village.open(path, width=360, java_script_enabled=False)
        assert plain.evaluate(SHOWN) == shown, path
        plain.context.close()


def visit(village: Site, path: str):
    """A first visit with an empty cache: the page, and the bytes of each address."""
    context = village.browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    addresses, sizes = {}, {}
    session.on(
        "Network.responseReceived",
        lambda event: addresses.update({event["requestId"]: event["response"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(village.url + path, wait_until="networkidle")
    pictures = f"{village.url}/fichiers/"
    return page, {
        address: sizes.get(request, 0) - spared(address)
        for request, address in addresses.items()
        if not address.startswith(pictures)
    }


def spared(address: str) -> int:
    """Bytes that compression spares: the tests' server gives static files as they are, the real
    one (WhiteNoise) their compressed twins."""
    path = urlsplit(address).path
    if not path.startswith("/static/") or path.endswith((".woff2", ".png", ".ico")):
        return 0
    content = Path(finders.find(path.removeprefix("/static/"))).read_bytes()
    return len(content) - len(gzip.compress(content))


def told(sizes: dict[str, int]) -> str:
    heaviest = sorted(sizes.items(), key=lambda item: -item[1])
    return f"{sum(sizes.values())} bytes: {heaviest[:20]}"
