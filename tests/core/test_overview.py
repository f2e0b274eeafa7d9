"""The first page of the admin: the network for those who oversee it, the desk for the others."""

import pytest
from django.urls import reverse

from coordination.directory.models import ErrorReport, Organisation
from tests.people import Role, make_organisation

pytestmark = pytest.mark.django_db


def home(client, query: str = "") -> str:
    return client.get(reverse("wagtailadmin_home") + query).content.decode()


def test_coordinator_sees_what_waits_and_what_ages(clients, people):
    organisation = Organisation.objects.get(slug="organisme-a")
    ErrorReport.objects.create(organisation=organisation, text="Le numéro a changé")
    page = home(clients[Role.COORDINATOR])
    assert "Ce qui vous attend" in page
    assert "1 erreur signalée" in page
    assert "vérifiés depuis moins de six mois" in page


def test_names_are_found_without_accents(clients, people):
    make_organisation("etoile", "L’Étoile du Cœur", acronym="EDC")
    user = people[Role.MEMBER]
    user.function_fr = "Chargée d’accueil"
    user.save()
    for query, found in (
        ("etoile", "L’Étoile du Cœur"),
        ("coeur", "L’Étoile"),
        ("CHARGEE", user.email),
    ):
        assert found in home(clients[Role.COORDINATOR], f"?q={query}")
    listing = clients[Role.COORDINATOR].get(reverse("organisation:index"), {"q": "étoile COEUR"})
    assert "L’Étoile du Cœur" in listing.content.decode()
    people_list = clients[Role.COORDINATOR].get(reverse("user:index"), {"q": "accueil chargee"})
    assert user.email in people_list.content.decode()


def test_functions_of_a_person_found_can_be_handed_over(clients, people):
    user = people[Role.REPRESENTATIVE]
    page = home(clients[Role.COORDINATOR], "?q=representative")
    assert reverse("accounts_hand_over_for", args=[user.pk]) in page
    nothing = reverse("accounts_hand_over_for", args=[people[Role.EDITOR].pk])
    assert "aucune fonction" in clients[Role.COORDINATOR].get(nothing).content.decode()
    assert "Organisme A (représente l’organisme)" in page


def test_nothing_found_says_what_to_try(clients, people):
    assert "les accents ne comptent pas" in home(clients[Role.COORDINATOR], "?q=introuvable")


@pytest.mark.parametrize("role", [Role.PILOT, Role.EDITOR, Role.MODERATOR])
def test_others_in_the_admin_search_and_count_nothing(clients, people, role):
    make_organisation("etoile", "L’Étoile du Cœur")
    page = home(clients[role], "?q=etoile")
    assert "Étoile" not in page
    assert "Organismes dans les listes" not in page
    assert "overview-search" not in page


def test_record_is_made_and_edited_on_the_site(clients, people):
    organisation = Organisation.objects.get(slug="organisme-a")
    client = clients[Role.COORDINATOR]
    assert client.get(reverse("organisation:add")).url == reverse("directory:organisation_add")
    for name in ("edit", "delete"):
        response = client.get(reverse(f"organisation:{name}", args=[organisation.pk]))
        assert response.url == reverse("directory:organisation_edit", args=[organisation.slug])
        client.post(reverse(f"organisation:{name}", args=[organisation.pk]))
    assert Organisation.objects.filter(pk=organisation.pk).exists()
