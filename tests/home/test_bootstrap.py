"""`bootstrap` makes a real, empty network, once."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site, Workflow

from accounts.models import NetworkMembership, User
from tests.conftest import client_of


def bootstrap(**changes) -> str:
    out = io.StringIO()
    options = {"host": "portail.exemple.be", "name": "Mon réseau", "admin": "Moi@Exemple.be"}
    call_command("bootstrap", stdout=out, **(options | changes))
    return out.getvalue()


def test_a_network_from_nothing(db, settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert "mot-de-passe" in bootstrap()
    site = Site.objects.get()
    assert site.hostname == "portail.exemple.be"
    assert site.is_default_site
    assert not Page.objects.filter(title__contains="Welcome").exists()
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    assert not Workflow.objects.filter(name="Moderators approval").exists()
    user = User.objects.get()
    assert user.email == "moi@exemple.be"
    assert NetworkMembership.objects.get().office == "administrator"
    client = client_of(user)
    assert client.get("/gestion/").status_code == 200
    for path in (
        "/",
        "/nl/",
        "/groupes/",
        "/nl/werkgroepen/",
        "/actualites/",
        "/nl/nieuws/",
        "/repertoire/",
        "/nl/gids/",
    ):
        assert client_of(None).get(path).status_code == 200, path


def test_a_second_time_changes_nothing(db):
    bootstrap()
    before = list(Page.objects.values_list("pk", "title"))
    bootstrap()
    assert list(Page.objects.values_list("pk", "title")) == before
    assert User.objects.count() == NetworkMembership.objects.count() == 1
    assert Workflow.objects.count() == 2  # of pages, of events


@pytest.mark.parametrize(
    "changes", [{"admin": "pas-une-adresse"}, {"host": "https://a.be"}, {"host": "a.be:8000"}]
)
def test_a_mistake_is_said_before_anything_is_made(db, changes):
    with pytest.raises(CommandError):
        bootstrap(**changes)
    assert not User.objects.exists()
