"""What every test may ask for: a network, people in each role, a world of secrets."""

import shutil

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from home.services.network import Network, build_network
from tests.people import Role, make_people
from tests.world import World, build_world


@pytest.fixture(scope="session", autouse=True)
def _files_go_away():
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
    return build_network(host="testserver", port=80, name="Réseau", name_nl="Netwerk")


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
    return make_people(network)


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
def clients(people) -> dict[Role, Client]:
    return {role: client_of(user) for role, user in people.items()}
