"""What every test may ask for: a network, people in each role, a world of secrets."""

import shutil

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import translation
from wagtail.models import Collection, Locale
from wagtail.models import Page as WagtailPage

from accounts.models import User
from coordination.directory.models import Organisation
from groupes.models import WorkingGroup
from home.services.network import Network, build_network
from tests.kept import kept
from tests.people import Role, make_people
from tests.world import World, build_world

_database = None  # pytest-django's blocker, kept for the hook below


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test that commits empties the whole database at its end, and with it what Wagtail's
    migrations made. The next test finds it again."""
    result = yield
    marker = item.get_closest_marker("django_db")
    commits = "transactional_db" in item.fixturenames or (
        marker is not None and marker.kwargs.get("transaction")
    )
    # After the last test the database itself is gone.
    if _database is not None and commits and nextitem is not None:
        with _database.unblock():
            plant_roots()
    return result


def plant_roots() -> None:
    """The roots of the trees of pages and files, as after the migrations."""
    Locale.objects.get_or_create(language_code="fr")
    if WagtailPage.get_first_root_node() is None:
        WagtailPage.add_root(instance=WagtailPage(title="Root", slug="root"))
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")


@pytest.fixture(scope="session", autouse=True)
def _files_go_away(django_db_blocker):
    global _database
    _database = django_db_blocker
    yield
    shutil.rmtree(settings.TEST_FOLDER, ignore_errors=True)


@pytest.fixture(autouse=True)
def _fresh_start():
    """Sign-in limits, Wagtail's root paths and the last visitor's language do not pass from one
    test to the next."""
    cache.clear()
    translation.activate("fr")


@pytest.fixture
def network(db) -> Network:
    """A real, empty network, as `bootstrap` makes it."""
    return kept(
        "network",
        lambda: build_network(host="testserver", port=80, name="Réseau", name_nl="Netwerk"),
        without=(User, Organisation, WorkingGroup),
    )


@pytest.fixture(scope="module")
def shared_database(django_db_setup, django_db_blocker):
    """For a module that builds something big once and only reads it."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture(scope="module")
def world(shared_database) -> World:
    """Something of each kind for each audience, each with a word that stands nowhere else."""
    cache.clear()
    return build_world(build_network(host="testserver", port=80, name="Réseau", name_nl="Netwerk"))


@pytest.fixture
def people(network) -> dict:
    """One person per role, in a network with two groups and two organisations."""
    return kept("people", lambda: make_people(network), without=(User, Organisation, WorkingGroup))


def run_commit_hooks() -> None:
    """What waits for the end of the transaction: wagtail-localize publishes translations there."""
    while connection.run_on_commit:
        _savepoints, hook, _robust = connection.run_on_commit.pop(0)
        hook()


def client_of(user) -> Client:
    """A browser in which `user` has signed in; a stranger's when there is none."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def read(response) -> bytes:
    """The whole body. A file is read to its end, where Django's client closes it by itself:
    `response.close()` would close the database's connection too."""
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def queue(settings) -> None:
    """Jobs wait for a worker, as on a server. Here a test is its worker: `Worker().step()`."""
    settings.TASKS = settings.TASKS | {"jobs": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def clients(people) -> dict[Role, Client]:
    return {role: client_of(user) for role, user in people.items()}
