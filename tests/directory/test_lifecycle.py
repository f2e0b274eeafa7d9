"""Records that leave the lists, come back, or become one."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from coordination.directory.models import (
    Organisation,
    OrganisationContact,
    OrganisationMembership,
    Place,
    Theme,
)
from coordination.directory.services.lifecycle import archive, create_record, merge, restore
from coordination.directory.services.record import snapshot
from core.models import Audience, PortalDocument, PortalImage
from groupes.models import GroupOrganisation, WorkingGroup
from tests.conftest import client_of, read
from tests.people import PAST, Role, make_organisation
from tests.world import png

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(organisation) -> Organisation:
    return make_organisation("organisme-b", "Organisme B", phone="02 555 55 55")


def test_archived_record_leaves_every_list_and_its_address_says_so(people, clients, organisation):
    organisation.phone = "02 987 65 43"
    organisation.save()
    archive(actor=people[Role.COORDINATOR], organisation=organisation, note="A fermé.")
    for role in (Role.VISITOR, Role.MEMBER, Role.REPRESENTATIVE, Role.COORDINATOR):
        client = clients[role]
        for url in ("/repertoire/", "/repertoire/?vue=complete", "/repertoire/imprimer/"):
            assert "Organisme A" not in client.get(url).content.decode()
        response = client.get(organisation.url)
        assert response.status_code == 410
        assert "A fermé." in response.content.decode()
        assert "02 987 65 43" not in response.content.decode()
    edit = reverse("directory:organisation_edit", args=[organisation.slug])
    assert clients[Role.REPRESENTATIVE].get(edit).status_code == 404
    report = reverse("directory:organisation_report", args=[organisation.slug])
    assert clients[Role.VISITOR].get(report).status_code == 404


def test_archived_private_record_says_nothing_to_strangers(people, clients, organisation):
    organisation.audience = Audience.objects.for_tokens({"member"})
    organisation.save()
    archive(actor=people[Role.COORDINATOR], organisation=organisation, note="A fermé.")
    assert clients[Role.VISITOR].get(organisation.url).status_code == 404
    assert clients[Role.MEMBER].get(organisation.url).status_code == 410


def test_restored_record_is_what_it_was(people, clients, organisation):
    before = snapshot(organisation)
    archive(actor=people[Role.COORDINATOR], organisation=organisation, note="Erreur.")
    restore(actor=people[Role.COORDINATOR], organisation=organisation)
    organisation.refresh_from_db()
    assert snapshot(organisation) == before
    assert clients[Role.VISITOR].get(organisation.url).status_code == 200


def test_logo_of_an_archived_record_is_for_nobody(people, clients, organisation):
    image = PortalImage(title="Logo", owner=f"org:{organisation.pk}")
    image.file = ContentFile(png(), name="logo-archive.png")
    image.save()
    organisation.logo = image
    organisation.save()
    assert read(clients[Role.VISITOR].get(image.file.url))
    archive(actor=people[Role.COORDINATOR], organisation=organisation, note="Fermé.")
    assert clients[Role.VISITOR].get(image.file.url).status_code == 404
    restore(actor=people[Role.COORDINATOR], organisation=organisation)
    assert read(clients[Role.VISITOR].get(image.file.url))


def test_merge_loses_no_link(people, clients, organisation, other):
    group = WorkingGroup.objects.get()
    GroupOrganisation.objects.create(group=group, organisation=other, start="2024-01-01")
    OrganisationMembership.objects.create(
        user=people[Role.MEMBER], organisation=other, role="representative", start=PAST
    )
    place = Place.objects.create(slug="lieu", name_fr="Lieu", organisation=other)
    child = make_organisation("enfant", "Enfant", parent=other)
    contact = OrganisationContact.objects.create(organisation=other, function_fr="Accueil")
    document = PortalDocument(
        title="Privé",
        owner=f"org:{other.pk}",
        audience=Audience.objects.for_tokens({f"org:{other.pk}"}),
    )
    document.file.save("prive-fusion.txt", ContentFile(b"mot"))
    merge(
        actor=people[Role.COORDINATOR],
        kept=organisation,
        dropped=other,
        values={"phone": "02 555 55 55"},
    )
    for row in (place, contact, document):
        row.refresh_from_db()
    child.refresh_from_db()
    organisation.refresh_from_db()
    assert organisation.phone == "02 555 55 55"
    assert place.organisation == contact.organisation == child.parent == organisation
    assert group.organisations.filter(organisation=organisation).exists()
    assert document.owner == f"org:{organisation.pk}"
    assert document.audience.tokens == {f"org:{organisation.pk}"}
    # The people of both are colleagues now.
    newcomer = client_of(type(people[Role.MEMBER]).objects.get(pk=people[Role.MEMBER].pk))
    edit = reverse("directory:organisation_edit", args=[organisation.slug])
    assert newcomer.get(edit).status_code == 200
    moved = clients[Role.VISITOR].get(other.url)
    assert (moved.status_code, moved.url) == (301, organisation.url)


def test_merged_address_does_not_tell_of_a_record_out_of_reach(
    people, clients, organisation, other
):
    organisation.audience = Audience.objects.for_tokens({"member"})
    organisation.save()
    merge(actor=people[Role.COORDINATOR], kept=organisation, dropped=other, values={})
    response = clients[Role.VISITOR].get(other.url)
    assert response.status_code == 410
    assert "Organisme A" not in response.content.decode()
    assert organisation.slug not in response.content.decode()
    assert clients[Role.MEMBER].get(other.url).status_code == 301


def test_contact_of_a_private_record_stays_private_in_a_public_one(
    people, clients, organisation, other
):
    other.audience = Audience.objects.for_tokens({"member"})
    other.save()
    OrganisationContact.objects.create(
        organisation=other, function_fr="Ligne discrète", phone="02 444 44 44"
    )
    merge(actor=people[Role.COORDINATOR], kept=organisation, dropped=other, values={})
    assert "02 444 44 44" not in clients[Role.VISITOR].get(organisation.url).content.decode()
    assert "02 444 44 44" in clients[Role.MEMBER].get(organisation.url).content.decode()


def test_name_of_the_dropped_record_can_be_kept(people, organisation, other):
    merge(
        actor=people[Role.COORDINATOR],
        kept=organisation,
        dropped=other,
        values={"name": "Organisme B"},
    )
    organisation.refresh_from_db()
    assert organisation.name == "Organisme B"


def test_merge_through_the_screen(clients, organisation, other):
    url = reverse("directory:merge_records", args=[organisation.slug, other.slug])
    page = clients[Role.COORDINATOR].get(url).content.decode()
    assert "02 555 55 55" in page
    clients[Role.COORDINATOR].post(url, {"phone": "dropped", "name": "kept"})
    organisation.refresh_from_db()
    other.refresh_from_db()
    assert (organisation.name, organisation.phone) == ("Organisme A", "02 555 55 55")
    assert other.merged_into == organisation


def test_themes_of_a_merged_record_are_those_chosen(people, organisation, other):
    mine = Theme.objects.create(slug="logement", name_fr="Logement")
    theirs = Theme.objects.create(slug="sante", name_fr="Santé")
    organisation.themes.set([mine])
    other.themes.set([theirs])
    merge(actor=people[Role.COORDINATOR], kept=organisation, dropped=other, values={})
    assert list(organisation.themes.all()) == [mine]


def test_record_is_not_merged_with_itself_nor_by_others(clients, organisation, other):
    itself = reverse("directory:merge_records", args=[organisation.slug, organisation.slug])
    assert clients[Role.COORDINATOR].get(itself).status_code == 404
    url = reverse("directory:merge_records", args=[organisation.slug, other.slug])
    for role in (Role.REPRESENTATIVE, Role.MEMBER, Role.PILOT, Role.MODERATOR, Role.VISITOR):
        assert clients[role].post(url).status_code == 404
    other.refresh_from_db()
    assert other.merged_into is None


def test_new_record_asks_about_look_alikes(clients, people, organisation):
    make_organisation("bras", "Bras dessus bras dessous", acronym="BDBD", phone="02 648 50 01")
    client, url = clients[Role.COORDINATOR], reverse("directory:organisation_add")
    for typed_name, acronym, phone in (
        ("Bras-dessus, bras dessous asbl", "", ""),
        ("Tout autre nom", "bdbd", ""),
        ("Tout autre nom", "", "02/648.50.01"),
    ):
        data = {"name": typed_name, "acronym": acronym, "phone": phone, "kind": "association"}
        response = client.post(url, data)
        assert response.status_code == 422, typed_name
        assert "Bras dessus bras dessous" in response.content.decode()
    alike = client.get(reverse("directory:organisation_alike"), {"name": "bras dessous"})
    assert "Bras dessus bras dessous" in alike.content.decode()
    response = client.post(url, {**data, "name": "Rien à voir", "not_a_duplicate": "on"})
    assert response.status_code == 302
    assert Organisation.objects.filter(name="Rien à voir").exists()


def test_new_record_takes_no_address_of_the_directory(people, organisation):
    for name, slug in (("Lieux", "lieux-2"), ("Ajouter", "ajouter-2"), ("Lieux ?", "lieux-3")):
        made = create_record(
            actor=people[Role.COORDINATOR],
            organisation=Organisation(name=name, kind="association"),
        )
        assert made.slug == slug


def test_dates_of_memberships_survive_a_merge(people, organisation, other):
    row = GroupOrganisation.objects.create(
        group=WorkingGroup.objects.get(),
        organisation=other,
        start=dt.date(2020, 1, 1),
        end=dt.date(2022, 1, 1),
    )
    merge(actor=people[Role.COORDINATOR], kept=organisation, dropped=other, values={})
    row.refresh_from_db()
    assert (row.organisation, row.end) == (organisation, dt.date(2022, 1, 1))
