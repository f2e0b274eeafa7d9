"""Who may delete whose account, and from which screen."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.enums import Office
from accounts.models import (
    NetworkMembership,
    User,
)
from accounts.permissions import can_delete_account
from groupes.models import GroupMembership
from tests.accounts.deletion.traces import PASSWORD, URL, delete
from tests.conftest import client_of
from tests.people import PAST, Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.WAITING, Role.FORMER, Role.MEMBER, Role.EDITOR])
def test_ones_own_account_also_without_being_a_member(people, role):
    delete(people[role])
    assert User.objects.get(pk=people[role].pk).deleted_at


def test_who_may_delete_whose(people):
    def may(actor: Role, person: Role) -> bool:
        return can_delete_account(
            User.objects.get(pk=people[actor].pk), User.objects.get(pk=people[person].pk)
        )

    assert may(Role.COORDINATOR, Role.PILOT)
    assert may(Role.COORDINATOR, Role.FORMER)
    assert may(Role.ADMINISTRATOR, Role.COORDINATOR)
    assert not may(Role.COORDINATOR, Role.ADMINISTRATOR)
    for role in (Role.MEMBER, Role.PILOT, Role.MODERATOR, Role.EDITOR, Role.FORMER):
        assert not may(role, Role.GROUP_MEMBER)
        with pytest.raises(PermissionDenied):
            delete(people[Role.GROUP_MEMBER], actor=people[role])
    delete(people[Role.MEMBER])
    assert not may(Role.COORDINATOR, Role.MEMBER)


def test_what_nobody_else_holds_is_handed_over_first(people, clients, organisation, group):
    for role, words in (
        (Role.PILOT, "Piloter Groupe A"),
        (Role.REPRESENTATIVE, "Représenter Organisme A"),
    ):
        page = clients[role].get(URL).content.decode()
        assert words in page
        assert reverse("accounts_hand_over") in page
        assert "understood" not in page
        with pytest.raises(ValidationError):
            delete(people[role])
    # With somebody beside them the way is free.
    GroupMembership.objects.create(user=people[Role.MEMBER], group=group, role="pilot", start=PAST)
    assert "understood" in clients[Role.PILOT].get(URL).content.decode()
    # The coordination is told, and decides.
    path = reverse("accounts_delete_for", args=[people[Role.REPRESENTATIVE].pk])
    page = clients[Role.COORDINATOR].get(path).content.decode()
    assert "Représenter Organisme A" in page
    assert "understood" in page
    delete(people[Role.REPRESENTATIVE], actor=people[Role.COORDINATOR])


def test_somebody_closed_or_gone_is_nobody_beside_one(people, group):
    mate = people[Role.GROUP_MEMBER]
    GroupMembership.objects.filter(user=mate).update(role="pilot")
    User.objects.filter(pk=mate.pk).update(is_active=False)
    with pytest.raises(ValidationError):
        delete(people[Role.PILOT])


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_the_last_of_an_office_of_oversight_stays(people, clients, network, role):
    assert "understood" not in clients[role].get(URL).content.decode()
    for actor in (role, Role.ADMINISTRATOR):
        with pytest.raises(ValidationError):
            delete(people[role], actor=people[actor])
    office = Office.COORDINATOR if role is Role.COORDINATOR else Office.ADMINISTRATOR
    NetworkMembership.objects.create(
        user=people[Role.MEMBER], site=network.site, office=office, start=PAST
    )
    delete(people[role])


# --- The screens ----------------------------------------------------------------------------


def test_from_the_screen_with_the_password_and_a_tick(people):
    client = client_of(None)
    member = people[Role.MEMBER]
    client.post("/compte/connexion/", {"login": member.email, "password": PASSWORD})
    assert client.get(URL).status_code == 200
    assert not User.objects.get(pk=member.pk).deleted_at  # reading deletes nothing
    asked = client.post(URL, {"understood": "on"})
    assert asked.status_code == 302
    assert asked["Location"].startswith("/compte/confirmation/")
    wrong = client.post(asked["Location"], {"password": "faux", "next": URL})
    assert wrong.status_code == 200
    assert not User.objects.get(pk=member.pk).deleted_at
    done = client.post(asked["Location"], {"password": PASSWORD, "next": URL}, follow=True)
    assert "Votre compte est supprimé" in done.content.decode()
    assert User.objects.get(pk=member.pk).deleted_at
    assert client.get("/compte/").status_code == 302


def test_without_the_tick_nothing_happens(people):
    client = client_of(None)
    member = people[Role.MEMBER]
    client.post("/compte/connexion/", {"login": member.email, "password": PASSWORD})
    refused = client.post(URL, {})  # before anybody is asked for a password
    assert refused.status_code == 422
    assert "Cochez cette case" in refused.content.decode()
    assert not User.objects.get(pk=member.pk).deleted_at


def test_the_coordination_deletes_at_somebodys_request(people, django_capture_on_commit_callbacks):
    client = client_of(None)
    coordinator, member = people[Role.COORDINATOR], people[Role.MEMBER]
    client.post("/compte/connexion/", {"login": coordinator.email, "password": PASSWORD})
    path = reverse("accounts_delete_for", args=[member.pk])
    asked = client.post(path, {"understood": "on"})
    assert not User.objects.get(pk=member.pk).deleted_at
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(asked["Location"], {"password": PASSWORD, "next": path})
    assert done["Location"] == reverse("user:index")
    assert User.objects.get(pk=member.pk).deleted_at
    assert "la coordination a supprimé votre compte" in mail.outbox[-1].body
    entry = ModelLogEntry.objects.get(action="accounts.delete")
    assert (entry.user, entry.label) == (coordinator, "Compte supprimé")


def test_whoever_has_no_password_proves_it_by_a_code(people):
    member = people[Role.MEMBER]
    member.set_unusable_password()
    member.save()
    client = client_of(member)  # in since nobody knows when
    response = client.post(URL, {"understood": "on"})
    assert response["Location"].startswith(reverse("account_reauthenticate_by_code"))
    assert not User.objects.get(pk=member.pk).deleted_at


def test_the_admin_never_deletes_a_row_of_people(people, clients):
    admin = clients[Role.ADMINISTRATOR]
    pk = people[Role.MEMBER].pk
    response = admin.post(reverse("user:delete", args=[pk]))
    assert response.status_code == 302
    assert response["Location"] == reverse("accounts_delete_for", args=[pk])
    bulk = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    assert admin.post(f"{bulk}?id={pk}").status_code in {403, 404}
    assert User.objects.get(pk=pk).deleted_at is None


def test_a_shell_is_not_brought_back_in_the_admin(people, clients):
    delete(people[Role.MEMBER])
    path = reverse("user:edit", args=[people[Role.MEMBER].pk])
    assert clients[Role.ADMINISTRATOR].get(path).status_code == 404
    assert (
        clients[Role.COORDINATOR]
        .get(reverse("accounts_delete_for", args=[people[Role.MEMBER].pk]))
        .status_code
        == 404
    )
