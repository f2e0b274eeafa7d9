"""What a page costs, against a bare Wagtail page of the same install, in the same run."""

import copy
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from wagtail.models import Page, Site

from accounts.models import User
from coordination.directory.models import Organisation
from core.memory import forget

HERE = Path(__file__).parent
MEMBER = "membre.sante.mentale@maillage-demo.example"
BIG = 64  # times the demonstration: a little over ten thousand organisations
ROUNDS, CALLS = 7, 20

# What `wagtail start` puts into a project, and the languages' own.
STOCK_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
BARE = "/page-nue/"
# name, address, how many times the bare page it may cost
PAGES = [
    ("page simple", "/accessibilite/", 2.0),
    ("accueil", "/", 3.0),
    ("accueil en néerlandais", "/nl/", 3.0),
    ("liste des groupes", "/groupes/", 3.0),
    ("nouvelles", "/actualites/", 3.0),
    ("répertoire, liste simple", "/repertoire/?theme=logement", 3.0),
    ("répertoire, liste complète", "/repertoire/?vue=complete", 3.0),
]
SIGNED_IN = 1.5
QUERIES = {"visiteur": 14, "membre": 20}
AFTER_A_CHANGE = 45


@contextmanager
def bare() -> Iterator[None]:
    """The same install as Wagtail alone would serve it: stock middleware, one line of template."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [HERE / "templates"]
    templates[0]["OPTIONS"]["context_processors"] = [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]
    with override_settings(
        MIDDLEWARE=STOCK_MIDDLEWARE,
        TEMPLATES=templates,
        ROOT_URLCONF="tests.benchmarks.bare_urls",
    ):
        yield


@contextmanager
def ours() -> Iterator[None]:
    yield


def results() -> Iterator[dict]:
    """The pages of the demonstration, 155 organisations, then of one 65 times as large."""
    call_command("demo", host="testserver", port=80, verbosity=0)
    home = Site.objects.get(is_default_site=True).root_page
    home.add_child(instance=Page(title="Page nue", slug="page-nue"))
    yield from costs()
    small, small_anew = counts(), counts(anew=True)
    call_command("demo", scale=BIG, verbosity=0)
    number = Organisation.objects.count()
    for row in costs():
        yield row | {"name": f"{row['name']}, {number} organismes"}
    big = counts()
    for (who, name), queries in small.items():
        yield queries_row(f"requêtes, {name}, {who}", queries, big[who, name], QUERIES[who])
    big_anew = counts(anew=True)
    for (who, name), queries in small_anew.items():
        # The first visit after a change pays for what the others find made: bounded too.
        yield queries_row(
            f"requêtes après un changement, {name}, {who}",
            queries,
            big_anew[who, name],
            AFTER_A_CHANGE,
        )


def queries_row(name: str, small: int, big: int, most: int) -> dict:
    return {
        "name": name,
        "ours": max(small, big),
        "peer": most,
        "peer_name": "le plafond",
        "ratio": round(max(small, big) / most, 2),
        "target": 1.0,
        "better": "lower",
        "unit": "requêtes",
        "holds": small == big <= most,
    }


def costs() -> Iterator[dict]:
    """CPU per page, visitor and member, in milliseconds."""
    visitor, member = Client(), Client()
    member.force_login(User.objects.get(email=MEMBER))
    subjects = {("bare", ""): (bare, Client(), BARE)}
    for name, address, _target in PAGES:
        subjects["visiteur", name] = (ours, visitor, address)
        subjects["membre", name] = (ours, member, address)
    times: dict[tuple, list[float]] = {key: [] for key in subjects}
    for _round in range(ROUNDS):
        for key, (setting, client, address) in subjects.items():
            with setting():
                times[key].append(cost(client, address))
    best = {key: statistics.median(values) for key, values in times.items()}
    for name, _address, target in PAGES:
        yield row(
            f"{name}, visiteur",
            best["visiteur", name],
            best["bare", ""],
            "page Wagtail nue",
            target,
        )
    for name, _address, _target in PAGES:
        if name in DIFFERENT_FOR_MEMBERS:
            continue
        mine, public = best["membre", name], best["visiteur", name]
        yield row(f"{name}, membre", mine, public, "la même, visiteur", SIGNED_IN)


# The default list of a member is the complete one: another page.
DIFFERENT_FOR_MEMBERS = {"répertoire, liste simple"}


def cost(client: Client, address: str) -> float:
    """Milliseconds of CPU for one request, once everything that is made once is made."""
    for _warming in range(3):
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
    start = time.process_time()
    for _call in range(CALLS):
        client.get(address)
    return (time.process_time() - start) / CALLS * 1000


def row(name: str, mine: float, peer: float, peer_name: str, target: float) -> dict:
    return {
        "name": name,
        "ours": round(mine, 2),
        "peer": round(peer, 2),
        "peer_name": peer_name,
        "ratio": round(mine / peer, 2),
        "target": target,
        "better": "lower",
        "unit": "ms CPU",
        "holds": mine / peer <= target,
    }


def counts(*, anew: bool = False) -> dict[tuple[str, str], int]:
    """Queries of each page by who asks; with `anew`, of the first visit after a change."""
    found = {}
    member = Client()
    member.force_login(User.objects.get(email=MEMBER))
    for who, client in (("visiteur", Client()), ("membre", member)):
        for name, address, _target in PAGES:
            client.get(address)
            if anew:
                forget()
            found[who, name] = len(queries_of(client, address))
    return found


def queries_of(client: Client, address: str) -> list[str]:
    queries = []

    def note(execute, sql, params, many, context):
        queries.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        client.get(address)
    return queries
