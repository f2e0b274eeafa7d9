"""« C’est toujours exact », from a mail: that and nothing else, once, by whoever still may."""

import datetime as dt

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from time_machine import travel
from wagtail.models import ModelLogEntry

from accounts.models import NetworkMembership, User
from coordination.directory.enums import OrganisationRole
from coordination.directory.links import SALT, confirm_by_link, record_link
from coordination.directory.models import Organisation, OrganisationMembership
from coordination.directory.services.record import verify
from tests.people import Role

NOW = "2026-12-01 10:00+01:00"


@pytest.fixture
def keeper(people) -> User:
    return people[Role.REPRESENTATIVE]


@pytest.fixture
def link(keeper, organisation) -> str:
    with travel(NOW, tick=False):
        return record_link(keeper, organisation)


def state(organisation) -> tuple:
    return Organisation.objects.values_list("verified_at", "verified_by").get(pk=organisation.pk)


def test_opening_it_changes_nothing_and_the_button_confirms(link, keeper, organisation, client):
    with travel(NOW, tick=False):
        for method in (client.get, client.head, client.get):
            assert method(link).status_code == 200
        page = client.get(link).content.decode()
        assert organisation.name in page
        assert 'content="noindex"' in page
        assert state(organisation) == (None, None)
        assert client.post(link).status_code == 200
        assert state(organisation) == (timezone.now(), keeper.pk)
    logged = ModelLogEntry.objects.for_instance(organisation).get(action="directory.verify")
    assert logged.user == keeper


def test_it_signs_nobody_in(link, client):
    with travel(NOW, tick=False):
        client.get(link)
        client.post(link)
        assert client.get("/compte/").status_code == 302
        assert "_auth_user_id" not in client.session


def test_it_serves_once(link, organisation, client):
    with travel(NOW, tick=False):
        client.post(link)
        before = state(organisation)
    with travel("2026-12-02 10:00+01:00", tick=False):
        assert client.get(link).status_code == 410
        assert client.post(link).status_code == 410
    assert state(organisation) == before


def test_a_check_made_otherwise_ends_it(link, keeper, organisation, client):
    verify(actor=keeper, organisation=organisation)
    before = state(organisation)
    with travel(NOW, tick=False):
        assert client.post(link).status_code == 410
    assert state(organisation) == before


def test_it_dies_after_45_days(link, organisation, client):
    with travel("2027-01-15 09:59+01:00", tick=False):
        assert client.get(link).status_code == 200
    with travel("2027-01-15 10:01+01:00", tick=False):
        assert client.post(link).status_code == 410
    assert state(organisation) == (None, None)


def leaves(user, organisation):
    OrganisationMembership.objects.filter(user=user).update(end=dt.date(2026, 11, 30))


def works_there(user, organisation):
    OrganisationMembership.objects.filter(user=user).update(role=OrganisationRole.WORKER)


def leaves_network(user, organisation):
    NetworkMembership.objects.filter(user=user).update(end=dt.date(2026, 11, 30))


def closed(user, organisation):
    User.objects.filter(pk=user.pk).update(is_active=False)


def deleted(user, organisation):
    User.objects.filter(pk=user.pk).update(deleted_at=timezone.now())


def moved(user, organisation):
    user.email = "ailleurs@essai.example"
    user.save()


def archived(user, organisation):
    Organisation.objects.filter(pk=organisation.pk).update(archived_at=timezone.now())


@pytest.mark.parametrize(
    "change", [leaves, works_there, leaves_network, closed, deleted, moved, archived]
)
def test_it_dies_with_what_gave_it(link, keeper, organisation, client, change):
    change(keeper, organisation)
    with travel(NOW, tick=False):
        assert client.get(link).status_code == 410
        assert client.post(link).status_code == 410
    assert state(organisation) == (None, None)


def test_it_is_for_one_record_and_cannot_be_made_up(link, keeper, organisation, client):
    other = Organisation.objects.create(slug="autre", name="Autre", kind=organisation.kind)
    token = link.split("/")[-2]
    forged = signing.dumps([keeper.pk, organisation.pk, ""], salt=SALT)
    strange = signing.dumps({"a": 1}, salt=SALT)
    with travel(NOW, tick=False):
        for path in (
            *(link.replace("organisme-a", "autre"), link.replace(token, f"{token}x")),
            *(link.replace(token, forged), link.replace(token, strange)),
            link.replace(token, signing.dumps([keeper.pk, organisation.pk, ""])),
        ):
            assert client.post(path).status_code == 410, path
    assert state(organisation) == state(other) == (None, None)


def test_whoever_oversees_has_no_link_of_a_representative(people, organisation, client):
    with travel(NOW, tick=False):
        path = record_link(people[Role.COORDINATOR], organisation)
        assert client.post(path).status_code == 410


def test_of_two_at_once_one_finds_it_used(link, organisation):
    token = link.split("/")[-2]
    with travel(NOW, tick=False):
        assert confirm_by_link(slug=organisation.slug, token=token) == organisation
        assert confirm_by_link(slug=organisation.slug, token=token) is None


def test_the_button_needs_the_token_of_its_form(link):
    with travel(NOW, tick=False):
        assert Client(enforce_csrf_checks=True).post(link).status_code == 403
