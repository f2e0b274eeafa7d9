"""Only the administration touches the administration."""

import pytest
from django.urls import reverse

from accounts.models import NetworkMembership
from tests.conftest import client_of
from tests.people import Role


def give(client, membership, office):
    return client.post(
        reverse("networkmembership:edit", args=[membership.pk]),
        {
            "user": membership.user_id,
            "site": membership.site_id,
            "office": office,
            "start": "2024-01-01",
            "end": "",
        },
    )


@pytest.mark.parametrize(
    ("actor", "office", "allowed"),
    [
        (Role.COORDINATOR, "editor", True),
        (Role.COORDINATOR, "administrator", False),
        (Role.ADMINISTRATOR, "administrator", True),
    ],
)
def test_who_gives_which_office(people, actor, office, allowed):
    membership = NetworkMembership.objects.get(user=people[Role.MEMBER])
    give(client_of(people[actor]), membership, office)
    membership.refresh_from_db()
    assert (membership.office == office) == allowed


def test_a_coordinator_does_not_take_over_an_administrator(people):
    administrator = people[Role.ADMINISTRATOR]
    url = reverse("user:edit", args=[administrator.pk])
    data = {"email": "pris@essai.example", "is_active": "on"}
    client_of(people[Role.COORDINATOR]).post(url, data)
    administrator.refresh_from_db()
    assert administrator.email == "administrator@essai.example"
    membership = NetworkMembership.objects.get(user=administrator)
    give(client_of(people[Role.COORDINATOR]), membership, "none")
    membership.refresh_from_db()
    assert membership.office == "administrator"


def test_the_coordination_opens_an_account(people):
    response = client_of(people[Role.COORDINATOR]).post(
        reverse("user:add"),
        {
            "email": "Nouvelle@Essai.example",
            "function_fr": "Accueil",
            "language": "nl",
            "is_active": "on",
        },
    )
    assert response.status_code == 302
    from accounts.models import User

    assert not User.objects.get(email="nouvelle@essai.example").has_usable_password()
