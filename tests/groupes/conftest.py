"""A group with a charter and people around it, another one beside it."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from accounts.models import NetworkMembership, User
from groupes.enums import GroupRole
from groupes.models import GroupMembership, GroupPage, WorkingGroup
from tests.people import PAST, Role, make_group

TODAY = datetime.date.today


@pytest.fixture(autouse=True)
def _in_french():
    """The language of the last page asked for stays with the thread: each test begins anew."""
    with override("fr"):
        yield


@pytest.fixture
def group(people) -> WorkingGroup:
    """Group A, which has a charter."""
    group = WorkingGroup.objects.get(slug="groupe-a")
    group.charter_fr = "Nous nous écoutons."
    group.save()
    return group


@pytest.fixture
def page(group) -> GroupPage:
    return GroupPage.objects.get(group=group, locale__language_code="fr")


@pytest.fixture
def other(network, people) -> dict:
    """Group B with a member and a pilot of its own: `{"group", "page", "member", "pilot"}`."""
    page = make_group(network, "groupe-b", "Groupe B")
    return {
        "group": page.group,
        "page": page,
        "member": make_person(network, "membre.b", page.group, GroupRole.MEMBER),
        "pilot": make_person(network, "pilote.b", page.group, GroupRole.PILOT),
    }


def make_person(network, name: str, group: WorkingGroup | None = None, role=None) -> User:
    user = User.objects.create_user(f"{name}@essai.example", "mot-de-passe-essai")
    NetworkMembership.objects.create(user=user, site=network.site, start=PAST)
    if group:
        GroupMembership.objects.create(user=user, group=group, role=role, start=PAST)
    return user


def again(user: User) -> User:
    """The same person at the next request: what they may reach is computed anew."""
    return User.objects.get(pk=user.pk)


def a_file(name: str = "compte_rendu-2026.txt", text: bytes = b"Bonjour") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text, content_type="text/plain")


__all__ = ["TODAY", "Role", "a_file", "again", "make_person"]
