"""A record edited on the site by those it belongs to."""

import pytest
from django.urls import reverse
from django.utils import timezone

from coordination.directory.models import (
    Organisation,
    OrganisationChange,
    OrganisationContact,
    OrganisationDraft,
)
from core.models import Audience, PortalImage
from tests.directory.conftest import typed
from tests.people import Role, make_organisation
from tests.world import png

pytestmark = pytest.mark.django_db


def edit_url(organisation) -> str:
    return reverse("directory:organisation_edit", args=[organisation.slug])


def test_representative_corrects_the_record(clients, organisation):
    response = clients[Role.REPRESENTATIVE].post(
        edit_url(organisation),
        typed(
            organisation,
            summary_fr="Une  maison\u200b ouverte à tous",
            summary_nl="Een open huis",
            phone="02 123 45 67",
            website="www.essai.example",
            languages=["fr", "ar"],
        ),
    )
    assert response.status_code == 302
    organisation.refresh_from_db()
    assert organisation.summary_fr == "Une maison ouverte à tous"
    assert organisation.website == "https://www.essai.example"
    assert organisation.languages == ["ar", "fr"]
    assert organisation.verified_at.date() == timezone.now().date()
    change = OrganisationChange.objects.get(organisation=organisation)
    assert change.differences["phone"] == ["", "02 123 45 67"]
    assert change.version == organisation.version == 2


def test_saving_without_a_change_keeps_the_version_and_dates_the_check(clients, organisation):
    clients[Role.REPRESENTATIVE].post(edit_url(organisation), typed(organisation))
    organisation.refresh_from_db()
    assert organisation.version == 1
    assert organisation.is_fresh
    assert not organisation.changes.exists()


def test_still_exact_is_one_click(clients, organisation):
    url = reverse("directory:organisation_verify", args=[organisation.slug])
    assert not organisation.is_fresh
    assert "À vérifier" in clients[Role.VISITOR].get(organisation.url).content.decode()
    clients[Role.REPRESENTATIVE].post(url)
    organisation.refresh_from_db()
    assert organisation.is_fresh
    assert "Vérifié le" in clients[Role.VISITOR].get(organisation.url).content.decode()


def test_refused_form_keeps_what_was_typed_and_says_what_to_do(clients, organisation):
    response = clients[Role.REPRESENTATIVE].post(
        edit_url(organisation),
        typed(organisation, phone="appelez-nous", summary_fr="Des mots à garder"),
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Des mots à garder" in page
    assert "appelez-nous" in page
    assert "Écrivez un numéro de téléphone" in page
    organisation.refresh_from_db()
    assert organisation.summary_fr == ""


def test_contact_is_added_changed_and_taken_away(clients, organisation):
    client, url = clients[Role.REPRESENTATIVE], edit_url(organisation)
    first = {
        "contacts-0-function_fr": "Accueil",
        "contacts-0-phone": "02 111 22 33",
        "contacts-0-audience": "member",
    }
    client.post(url, typed(organisation, **first))
    contact = OrganisationContact.objects.get()
    assert contact.audience.tokens == {"member"}
    assert "02 111 22 33" in clients[Role.MEMBER].get(organisation.url).content.decode()
    assert "02 111 22 33" not in clients[Role.VISITOR].get(organisation.url).content.decode()
    client.post(url, typed(organisation, **{"contacts-0-phone": "02 999 88 77"}))
    contact.refresh_from_db()
    assert contact.phone == "02 999 88 77"
    client.post(url, typed(organisation, **{"contacts-0-remove": "on"}))
    assert not OrganisationContact.objects.exists()
    assert [list(c.differences) for c in organisation.changes.order_by("version")] == [
        [f"contact:{contact.pk}"]
    ] * 3


def test_form_sent_twice_makes_one_contact(clients, organisation):
    data = typed(
        organisation, **{"contacts-0-function_fr": "Accueil", "contacts-0-audience": "public"}
    )
    for _ in range(2):
        clients[Role.REPRESENTATIVE].post(edit_url(organisation), data)
    assert OrganisationContact.objects.count() == 1


def test_contact_without_a_function_is_refused_with_the_others_kept(clients, organisation):
    response = clients[Role.REPRESENTATIVE].post(
        edit_url(organisation),
        typed(
            organisation, **{"contacts-0-phone": "02 111 22 33", "contacts-0-audience": "public"}
        ),
    )
    assert response.status_code == 422
    assert "Dites quelle est la fonction" in response.content.decode()
    assert "02 111 22 33" in response.content.decode()


def test_contact_of_another_organisation_is_never_touched(clients, organisation):
    other = make_organisation("organisme-b", "Organisme B")
    theirs = OrganisationContact.objects.create(
        organisation=other, function_fr="Direction", phone="02 000 00 00"
    )
    clients[Role.REPRESENTATIVE].post(
        edit_url(organisation),
        typed(
            organisation,
            **{
                "contacts-0-pk": str(theirs.pk),
                "contacts-0-function_fr": "Pirate",
                "contacts-0-audience": "public",
            },
        ),
    )
    theirs.refresh_from_db()
    assert (theirs.organisation, theirs.function_fr) == (other, "Direction")


def test_contact_is_never_wider_than_its_record(clients, organisation):
    clients[Role.REPRESENTATIVE].post(
        edit_url(organisation),
        typed(
            organisation,
            audience=["member"],
            **{"contacts-0-function_fr": "Accueil", "contacts-0-audience": "public"},
        ),
    )
    assert OrganisationContact.objects.get().audience.tokens == {"member"}
    assert clients[Role.VISITOR].get(organisation.url).status_code == 404


def test_representative_cannot_give_an_audience_that_is_not_theirs(clients, organisation):
    response = clients[Role.REPRESENTATIVE].post(
        edit_url(organisation), typed(organisation, audience=["group:1"])
    )
    assert response.status_code == 422


def test_logo_follows_the_audience_of_the_record(clients, organisation):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("logo.png", png(), content_type="image/png")
    client, url = clients[Role.REPRESENTATIVE], edit_url(organisation)
    client.post(url, {**typed(organisation), "logo_file": upload})
    image = PortalImage.objects.get()
    assert image.owner == f"org:{organisation.pk}"
    assert image.audience.tokens == {"public"}
    assert "record-head__logo" in clients[Role.VISITOR].get(organisation.url).content.decode()
    client.post(url, typed(organisation, audience=["member"]))
    image.refresh_from_db()
    assert image.audience.tokens == {"member"}
    client.post(url, typed(organisation, remove_logo="on"))
    organisation.refresh_from_db()
    assert organisation.logo is None


def test_broken_logo_is_a_message(clients, organisation):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("logo.png", b"GIF89a" + b"\0" * 40, content_type="image/png")
    response = clients[Role.REPRESENTATIVE].post(
        edit_url(organisation), {**typed(organisation), "logo_file": upload}
    )
    assert response.status_code == 422
    assert not PortalImage.objects.exists()


def test_draft_is_kept_taken_up_again_and_thrown_away(clients, organisation):
    client = clients[Role.REPRESENTATIVE]
    draft_url = reverse("directory:organisation_draft", args=[organisation.slug])
    answer = client.post(draft_url, typed(organisation, summary_fr="À moitié", phone="pas encore"))
    assert answer.json()["saved_at"]
    page = client.get(edit_url(organisation)).content.decode()
    assert "À moitié" in page
    assert "pas encore" in page
    assert "Votre brouillon est repris" in page
    assert "Écrivez un numéro" not in page  # a draft is not judged
    organisation.refresh_from_db()
    assert organisation.summary_fr == ""
    client.post(edit_url(organisation), {"discard": "1"})
    assert not OrganisationDraft.objects.exists()


def test_draft_is_one_persons_own(clients, organisation):
    draft_url = reverse("directory:organisation_draft", args=[organisation.slug])
    clients[Role.REPRESENTATIVE].post(draft_url, typed(organisation, summary_fr="À moitié"))
    assert "À moitié" not in clients[Role.COORDINATOR].get(edit_url(organisation)).content.decode()


def test_saving_ends_the_draft(clients, organisation):
    draft_url = reverse("directory:organisation_draft", args=[organisation.slug])
    client = clients[Role.REPRESENTATIVE]
    client.post(draft_url, typed(organisation, summary_fr="À moitié"))
    client.post(edit_url(organisation), typed(organisation, summary_fr="En entier"))
    assert not OrganisationDraft.objects.exists()


def test_huge_draft_is_cut_and_never_an_error(clients, organisation):
    draft_url = reverse("directory:organisation_draft", args=[organisation.slug])
    data = typed(organisation, services_fr="x" * 100_000, name="\x00nul")
    assert clients[Role.REPRESENTATIVE].post(draft_url, data).status_code == 200
    assert clients[Role.REPRESENTATIVE].get(edit_url(organisation)).status_code == 200


def test_two_people_change_different_fields_and_both_stay(clients, organisation):
    mine = typed(organisation, summary_fr="De la représentante")
    theirs = typed(organisation, phone="02 123 45 67")
    clients[Role.REPRESENTATIVE].post(edit_url(organisation), mine)
    response = clients[Role.COORDINATOR].post(edit_url(organisation), theirs)
    assert response.status_code == 302
    organisation.refresh_from_db()
    assert organisation.summary_fr == "De la représentante"
    assert organisation.phone == "02 123 45 67"


def test_two_people_change_the_same_words_and_each_sees_both(clients, organisation):
    mine = typed(organisation, summary_fr="Des mots de la représentante", hours_fr="lundi")
    theirs = typed(organisation, summary_fr="Des mots de la coordination", phone="02 123 45 67")
    clients[Role.REPRESENTATIVE].post(edit_url(organisation), mine)
    response = clients[Role.COORDINATOR].post(edit_url(organisation), theirs)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Des mots de la représentante" in page
    assert "Des mots de la coordination" in page
    organisation.refresh_from_db()
    assert organisation.summary_fr == "Des mots de la représentante"
    assert organisation.phone == ""  # nothing is saved before the person decides
    # What the form shows is sent again: the decision is taken, the other's hours are kept.
    again = dict(response.context["editor"].form.data.lists())
    second = clients[Role.COORDINATOR].post(edit_url(organisation), again)
    assert second.status_code == 302
    organisation.refresh_from_db()
    assert organisation.summary_fr == "Des mots de la coordination"
    assert organisation.hours_fr == "lundi"
    assert organisation.phone == "02 123 45 67"
    last = organisation.changes.first()
    assert last.differences["summary_fr"][0] == "Des mots de la représentante"


def test_two_people_change_one_contact(clients, organisation):
    contact = OrganisationContact.objects.create(
        organisation=organisation, function_fr="Accueil", phone="02 000 00 00"
    )
    mine = typed(organisation, **{"contacts-0-phone": "02 111 11 11"})
    theirs = typed(organisation, **{"contacts-0-phone": "02 222 22 22"})
    clients[Role.REPRESENTATIVE].post(edit_url(organisation), mine)
    response = clients[Role.COORDINATOR].post(edit_url(organisation), theirs)
    assert response.status_code == 409
    assert "02 111 11 11" in response.content.decode()
    assert "02 222 22 22" in response.content.decode()
    contact.refresh_from_db()
    assert contact.phone == "02 111 11 11"


def test_version_that_makes_no_sense_saves_against_today(clients, organisation):
    for version in ("", "-1", "9999999999", "²", "abc"):
        data = typed(organisation, version=version, note_fr=f"note {version}")
        assert clients[Role.REPRESENTATIVE].post(edit_url(organisation), data).status_code == 302


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.VISITOR, 302),
        (Role.WAITING, 404),
        (Role.FORMER, 404),
        (Role.MEMBER, 404),
        (Role.GROUP_MEMBER, 404),
        (Role.PILOT, 404),
        (Role.MODERATOR, 404),
        (Role.EDITOR, 404),
        (Role.REPRESENTATIVE, 200),
        (Role.COORDINATOR, 200),
        (Role.ADMINISTRATOR, 200),
    ],
)
def test_who_edits_a_record(clients, organisation, role, status):
    assert clients[role].get(edit_url(organisation)).status_code == status
    other = make_organisation("organisme-b", "Organisme B")
    elsewhere = clients[role].get(edit_url(other)).status_code
    oversees = role in {Role.COORDINATOR, Role.ADMINISTRATOR}
    assert elsewhere == (200 if oversees else 302 if role is Role.VISITOR else 404)
    if status != 200:
        response = clients[role].post(edit_url(organisation), typed(organisation, name="Pirate"))
        assert response.status_code == status
        organisation.refresh_from_db()
        assert organisation.name == "Organisme A"


def test_worker_sees_the_team_and_edits_nothing(people, clients, organisation):
    from coordination.directory.models import OrganisationMembership
    from tests.people import PAST

    OrganisationMembership.objects.create(
        user=people[Role.MEMBER], organisation=organisation, start=PAST
    )
    team = reverse("directory:organisation_team", args=[organisation.slug])
    assert clients[Role.MEMBER].get(team).status_code == 200
    assert clients[Role.MEMBER].get(edit_url(organisation)).status_code == 404
    assert clients[Role.GROUP_MEMBER].get(team).status_code == 404


def test_record_out_of_reach_stays_unknown_to_its_former_representative(people, clients):
    from coordination.directory.models import OrganisationMembership
    from tests.people import ENDED, PAST

    hidden = make_organisation(
        "cache", "Réseau caché", audience=Audience.objects.for_tokens({"org:999"})
    )
    OrganisationMembership.objects.create(
        user=people[Role.MEMBER],
        organisation=hidden,
        role="representative",
        start=PAST,
        end=ENDED,
    )
    assert clients[Role.MEMBER].get(edit_url(hidden)).status_code == 404
    assert clients[Role.MEMBER].get(hidden.url).status_code == 404


def test_dutch_reader_is_told_the_language_of_each_text(clients, organisation):
    Organisation.objects.filter(pk=organisation.pk).update(
        summary_fr="Seulement en français", hours_nl="Maandag"
    )
    page = clients[Role.VISITOR].get(f"/nl/gids/{organisation.slug}/").content.decode()
    assert '<p class="lead" lang="fr">Seulement en français</p>' in page
    assert "Maandag" in page
