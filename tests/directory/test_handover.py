"""The person changes, the function stays: one action hands everything over."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.handover import hand_over
from accounts.models import User
from coordination.directory.models import OrganisationContact, OrganisationMembership
from tests.conftest import client_of
from tests.people import PAST, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(people, organisation) -> User:
    """Works for organisation A, where the representative holds a contact."""
    OrganisationMembership.objects.create(
        user=people[Role.MEMBER], organisation=organisation, start=PAST
    )
    OrganisationContact.objects.create(
        organisation=organisation,
        function_fr="Service social",
        holder=people[Role.REPRESENTATIVE],
        email=people[Role.REPRESENTATIVE].email,
    )
    return people[Role.MEMBER]


def keys(client, url) -> list[str]:
    return [value for value, _label in client.get(url).context["form"].fields["functions"].choices]


def test_representative_leaves_and_the_colleague_holds_everything(
    people, clients, organisation, colleague
):
    url = reverse("accounts_hand_over")
    held = keys(clients[Role.REPRESENTATIVE], url)
    assert len(held) == 2
    clients[Role.REPRESENTATIVE].post(url, {"functions": held, "successor": colleague.pk})
    contact = OrganisationContact.objects.get()
    assert (contact.holder, contact.email) == (colleague, colleague.email)
    edit = reverse("directory:organisation_edit", args=[organisation.slug])
    assert client_of(User.objects.get(pk=colleague.pk)).get(edit).status_code == 200
    former = client_of(User.objects.get(pk=people[Role.REPRESENTATIVE].pk))
    assert former.get(edit).status_code == 404
    roles = OrganisationMembership.objects.live().filter(user=colleague)
    assert [row.role for row in roles] == ["representative"]


def test_nothing_of_the_former_persons_address_stays(people, clients, organisation, colleague):
    url = reverse("accounts_hand_over")
    held = keys(clients[Role.REPRESENTATIVE], url)
    clients[Role.REPRESENTATIVE].post(url, {"functions": held, "successor": colleague.pk})
    page = clients[Role.VISITOR].get(organisation.url).content.decode()
    assert people[Role.REPRESENTATIVE].email not in page
    assert colleague.email in page


def test_representative_hands_over_for_a_colleague_of_the_same_organisation(
    people, clients, organisation, colleague
):
    OrganisationContact.objects.update(holder=colleague)
    url = reverse("accounts_hand_over_for", args=[colleague.pk])
    held = keys(clients[Role.REPRESENTATIVE], url)
    assert len(held) == 1
    data = {"functions": held, "successor": people[Role.REPRESENTATIVE].pk}
    assert clients[Role.REPRESENTATIVE].post(url, data).status_code == 302
    assert OrganisationContact.objects.get().holder == people[Role.REPRESENTATIVE]


def test_others_do_not_even_learn_that_somebody_holds_something(people, clients, colleague):
    url = reverse("accounts_hand_over_for", args=[people[Role.REPRESENTATIVE].pk])
    for role in (Role.GROUP_MEMBER, Role.PILOT, Role.MODERATOR, Role.EDITOR, Role.FORMER):
        assert clients[role].get(url).status_code == 404
    assert clients[Role.COORDINATOR].get(url).status_code == 200


def test_stranger_or_former_member_cannot_take_over(people, clients, colleague):
    url = reverse("accounts_hand_over")
    held = keys(clients[Role.REPRESENTATIVE], url)
    for role in (Role.FORMER, Role.WAITING, Role.GROUP_MEMBER, Role.REPRESENTATIVE):
        data = {"functions": held, "successor": people[role].pk}
        assert clients[Role.REPRESENTATIVE].post(url, data).status_code == 422
    assert OrganisationContact.objects.get().holder == people[Role.REPRESENTATIVE]


def test_function_of_somebody_else_cannot_be_given_away(people, clients, colleague):
    contact = OrganisationContact.objects.get()
    url = reverse("accounts_hand_over")
    data = {"functions": [f"organisation:contact:{contact.pk}"], "successor": colleague.pk}
    response = clients[Role.GROUP_MEMBER].post(url, data)
    assert response.status_code == 422
    contact.refresh_from_db()
    assert contact.holder == people[Role.REPRESENTATIVE]


def test_service_refuses_what_is_not_the_actors_to_give(people, colleague):
    """Behind the form too: another's contact, for a person who holds nothing there."""
    contact = OrganisationContact.objects.get()
    with pytest.raises(ValidationError):
        hand_over(
            actor=people[Role.GROUP_MEMBER],
            leaving=people[Role.REPRESENTATIVE],
            successor=colleague,
            keys=[f"organisation:contact:{contact.pk}"],
        )
    contact.refresh_from_db()
    assert contact.holder == people[Role.REPRESENTATIVE]
