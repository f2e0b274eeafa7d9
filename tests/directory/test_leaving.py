"""Leaving an organisation; its last representative hands over or tells."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.handover import hand_over
from accounts.models import Notification, User
from accounts.notifications import tell
from coordination.directory.models import OrganisationContact, OrganisationMembership
from coordination.directory.services.membership import leave_organisation
from tests.conftest import client_of
from tests.people import PAST, Role

pytestmark = pytest.mark.django_db
LEAVE = "/repertoire/organisme-a/quitter/"


def seat(user, organisation, role="worker") -> OrganisationMembership:
    return OrganisationMembership.objects.create(
        user=user, organisation=organisation, role=role, start=PAST
    )


def is_there(user, organisation) -> bool:
    places = OrganisationMembership.objects.live()
    return places.filter(user=user, organisation=organisation).exists()


def test_a_worker_leaves_at_once(people, organisation):
    worker = people[Role.MEMBER]
    seat(worker, organisation)
    client = client_of(worker)
    assert LEAVE in client.get("/compte/").content.decode()
    assert "tell" not in client.get(LEAVE).context["form"].fields
    assert is_there(worker, organisation)  # looking leaves nothing
    assert client.post(LEAVE).url == "/compte/"
    assert not is_there(worker, organisation)
    assert client.post(LEAVE).url == "/compte/"  # the same button, once more
    assert client.get("/repertoire/organisme-a/equipe/").status_code == 404
    assert not Notification.objects.filter(kind="directory.unrepresented").exists()


def test_the_last_representative_hands_over_or_tells(people, organisation):
    client = client_of(people[Role.REPRESENTATIVE])
    page = client.post(LEAVE, {"word": "Demandez à l’accueil."})
    assert page.status_code == 422
    assert "/compte/transmettre/" in page.content.decode()
    assert "Demandez à l’accueil." in page.content.decode()
    assert is_there(people[Role.REPRESENTATIVE], organisation)
    client.post(LEAVE, {"tell": "on", "word": "Demandez à l’accueil."})
    assert not is_there(people[Role.REPRESENTATIVE], organisation)
    rows = list(Notification.objects.filter(kind="directory.unrepresented"))
    assert {row.user for row in rows} == {people[Role.COORDINATOR], people[Role.ADMINISTRATOR]}
    coordinator = User.objects.get(pk=people[Role.COORDINATOR].pk)
    ((_row, words),) = tell(coordinator, [row for row in rows if row.user == coordinator])
    assert "Demandez à l’accueil." in words.detail
    assert tell(User.objects.get(pk=people[Role.MEMBER].pk), rows) == []


def test_a_new_representative_settles_it(people, organisation):
    leaving = people[Role.REPRESENTATIVE]
    leave_organisation(actor=leaving, organisation=organisation, tell=True)
    rows = list(Notification.objects.filter(kind="directory.unrepresented"))
    seat(people[Role.MEMBER], organisation, "representative")
    assert tell(User.objects.get(pk=people[Role.COORDINATOR].pk), rows) == []


def test_handing_over_lets_one_leave(people, organisation):
    leaving, successor = people[Role.REPRESENTATIVE], people[Role.MEMBER]
    seat(successor, organisation)
    mine = OrganisationMembership.objects.get(user=leaving)
    hand_over(
        actor=leaving, leaving=leaving, successor=successor, keys=[f"organisation:seat:{mine.pk}"]
    )
    assert not is_there(leaving, organisation)
    roles = OrganisationMembership.objects.live().filter(organisation=organisation, user=successor)
    assert [one.role for one in roles] == ["representative"]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COORDINATOR])
def test_who_is_not_there_cannot_leave(people, organisation, role):
    with pytest.raises(PermissionDenied):
        leave_organisation(actor=people[role], organisation=organisation, tell=True)
    assert client_of(people[role]).get(LEAVE).status_code == 404
    assert client_of(people[role]).post(LEAVE, {"tell": "on"}).status_code == 404


def test_a_colleague_who_cannot_sign_in_does_not_count(people, organisation):
    colleague = people[Role.MEMBER]
    seat(colleague, organisation, "representative")
    colleague.is_active = False
    colleague.save()
    with pytest.raises(ValidationError):
        leave_organisation(actor=people[Role.REPRESENTATIVE], organisation=organisation)
    colleague.is_active = True
    colleague.save()
    leave_organisation(actor=people[Role.REPRESENTATIVE], organisation=organisation)


def test_the_function_stays_without_the_person_nor_their_address(people, organisation):
    leaving = people[Role.REPRESENTATIVE]
    for email in (leaving.email, "accueil@essai.example"):
        OrganisationContact.objects.create(
            organisation=organisation, function_fr="Accueil", holder=leaving, email=email
        )
    leave_organisation(actor=leaving, organisation=organisation, tell=True)
    kept = OrganisationContact.objects.order_by("pk").values_list("holder", "email")
    assert list(kept) == [(None, ""), (None, "accueil@essai.example")]


def test_a_word_that_is_too_long_is_refused(people, organisation):
    client = client_of(people[Role.REPRESENTATIVE])
    assert client.post(LEAVE, {"tell": "on", "word": "a" * 501}).status_code == 422
    with pytest.raises(ValidationError):
        leave_organisation(
            actor=people[Role.REPRESENTATIVE],
            organisation=organisation,
            tell=True,
            word="a" * 501,
        )
    assert is_there(people[Role.REPRESENTATIVE], organisation)
