"""What changed on records, and taking it back field by field."""

import pytest
from django.urls import reverse

from coordination.directory.models import OrganisationChange, OrganisationContact
from coordination.directory.services.record import save_record, snapshot
from tests.directory.conftest import typed
from tests.people import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(people, organisation) -> OrganisationChange:
    return save_record(
        actor=people[Role.REPRESENTATIVE],
        organisation=organisation,
        values={"summary_fr": "Après", "phone": "02 123 45 67", "languages": ["fr"]},
    )


def test_coordinator_reads_every_change_in_one_list(clients, change):
    page = clients[Role.COORDINATOR].get(reverse("directory:change_list")).content.decode()
    assert "Organisme A" in page
    assert "02 123 45 67" in page
    for role in (Role.VISITOR, Role.MEMBER, Role.REPRESENTATIVE, Role.PILOT, Role.MODERATOR):
        assert clients[role].get(reverse("directory:change_list")).status_code == 404


def test_one_field_goes_back_and_the_others_stay(clients, organisation, change):
    url = reverse("directory:change_revert", args=[change.pk])
    assert clients[Role.COORDINATOR].get(url).status_code == 200
    clients[Role.COORDINATOR].post(url, {"field": ["phone"]})
    organisation.refresh_from_db()
    assert not organisation.is_fresh  # taking back is not checking
    assert organisation.phone == ""
    assert organisation.summary_fr == "Après"
    assert organisation.changes.first().kind == "revert"


def test_revert_says_when_the_field_has_changed_again(people, clients, organisation, change):
    save_record(
        actor=people[Role.REPRESENTATIVE],
        organisation=organisation,
        values={"phone": "02 999 99 99"},
    )
    page = clients[Role.COORDINATOR].get(reverse("directory:change_revert", args=[change.pk]))
    assert "02 999 99 99" in page.content.decode()


def test_revert_of_nothing_changes_nothing(clients, organisation, change):
    url = reverse("directory:change_revert", args=[change.pk])
    for fields in ([], ["inconnu"], ["contact:999"]):
        clients[Role.COORDINATOR].post(url, {"field": fields})
    organisation.refresh_from_db()
    assert organisation.summary_fr == "Après"


def test_contact_taken_away_comes_back(people, clients, organisation):
    contact = OrganisationContact.objects.create(
        organisation=organisation, function_fr="Accueil", phone="02 000 00 00"
    )
    pk = contact.pk
    clients[Role.REPRESENTATIVE].post(
        reverse("directory:organisation_edit", args=[organisation.slug]),
        typed(organisation, **{"contacts-0-remove": "on"}),
    )
    assert not OrganisationContact.objects.exists()
    change = organisation.changes.get()
    clients[Role.COORDINATOR].post(
        reverse("directory:change_revert", args=[change.pk]), {"field": [f"contact:{pk}"]}
    )
    back = OrganisationContact.objects.get()
    assert (back.pk, back.function_fr, back.phone) == (pk, "Accueil", "02 000 00 00")


def test_only_those_who_oversee_take_back(clients, organisation, change):
    url = reverse("directory:change_revert", args=[change.pk])
    for role in (Role.REPRESENTATIVE, Role.MEMBER, Role.PILOT, Role.VISITOR):
        assert clients[role].post(url, {"field": ["phone"]}).status_code == 404
    organisation.refresh_from_db()
    assert organisation.phone == "02 123 45 67"


def test_snapshot_and_change_are_each_others_inverse(people, organisation, change):
    organisation.refresh_from_db()
    before = snapshot(organisation)
    after = {**before, "name": "Autre nom", "note_fr": "Une note", "kind": "food"}
    made = save_record(actor=people[Role.COORDINATOR], organisation=organisation, values=after)
    assert set(made.differences) == {"name", "note_fr", "kind"}
    save_record(
        actor=people[Role.COORDINATOR],
        organisation=organisation,
        values={name: both[0] for name, both in made.differences.items()},
    )
    organisation.refresh_from_db()
    assert snapshot(organisation) == before


@pytest.mark.parametrize("number", [2, 30])
def test_history_costs_the_same_whatever_its_length(
    people, clients, organisation, number, django_assert_max_num_queries
):
    for index in range(number):
        save_record(
            actor=people[Role.REPRESENTATIVE],
            organisation=organisation,
            values={"summary_fr": f"Version {index}", "languages": ["fr"] if index % 2 else []},
        )
    clients[Role.COORDINATOR].get(reverse("directory:change_list"))
    with django_assert_max_num_queries(26):
        clients[Role.COORDINATOR].get(reverse("directory:change_list"))
