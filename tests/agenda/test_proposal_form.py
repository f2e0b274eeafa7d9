"""The form of an event, with an account and without: what is sent, refused, kept, said back."""

import datetime as dt
from uuid import UUID

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Notification
from agenda.enums import Access, Frequency, Price, ProposalState, Registration
from agenda.models import Event, EventDraft, Proposal, TrustedOrganisation
from coordination.directory.models import Organisation, OrganisationContact, Place
from core.models import Audience, PortalDocument, PortalImage
from tests.agenda.posting import (
    NEXT_YEAR,
    ONE_DATE,
    accept,
    propose_url,
    send,
    typed,
    typed_by_member,
)
from tests.conftest import client_of
from tests.people import Role
from tests.welcome.conftest import letter_to, link_in
from tests.world import png

pytestmark = pytest.mark.django_db
ADA = "ada@essai.example"


@pytest.fixture
def organisation(people) -> Organisation:
    return Organisation.objects.get(slug="organisme-a")


@pytest.fixture
def member(people):
    return client_of(people[Role.REPRESENTATIVE])


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_a_visitor_proposes_confirms_and_is_answered(client, people, on_commit):
    with on_commit(execute=True):
        response = client.post(propose_url(), typed())
    proposal = Proposal.objects.get()
    assert response.status_code == 302
    assert response["Location"] == proposal.receipt_url
    letter = letter_to(ADA)
    assert "Repas de quartier" not in letter.as_string()
    assert proposal.reference in letter["Subject"]
    assert not Notification.objects.exists()
    page = text_of(client.get(proposal.receipt_url))
    assert proposal.reference in page
    assert proposal.secret not in page

    link = link_in(letter, "/proposition/")
    assert client.get(link).status_code == 200
    assert Proposal.objects.get().state == ProposalState.UNCONFIRMED  # nothing by GET alone
    with on_commit(execute=True):
        client.post(link, {"confirm": "1"})
    assert Proposal.objects.get().state == ProposalState.WAITING
    assert "Repas de quartier" in str(letter_to(ADA).get_body(("plain",)).get_content())

    with on_commit(execute=True):
        accept(people[Role.MODERATOR], Proposal.objects.get())
    letter = letter_to(ADA)
    assert link_in(letter, "/proposition/") == link
    assert Event.objects.visible_to(None).count() == 1
    assert len(mail.outbox) == 3


def test_the_first_words_are_kept_as_they_mean(client, network):
    client.post(
        propose_url(),
        typed(
            {**ONE_DATE, "back": "weekly", "skip_school": "fr", "until": "times", "count": "10"},
            is_free="on",
            is_step_free="on",
            no_registration="on",
            contact_phone="02/123.45.67",
            seen="",
        ),
    )
    assert not Event.objects.exists()  # what comes back is said back first
    page = client.post(
        propose_url(),
        typed(
            {**ONE_DATE, "back": "weekly", "skip_school": "fr", "until": "times", "count": "10"},
        ),
    )
    seen = page.context["form"].data["seen"]
    assert "tous les" in text_of(page)
    client.post(
        propose_url(),
        typed(
            {**ONE_DATE, "back": "weekly", "skip_school": "fr", "until": "times", "count": "10"},
            is_free="on",
            is_step_free="on",
            no_registration="on",
            contact_phone="02/123.45.67",
            seen=seen,
        ),
    )
    event = Event.objects.get()
    timing = event.timings.get()
    assert timing.frequency == Frequency.WEEKS
    assert timing.weekdays == str(dt.date(NEXT_YEAR, 3, 4).isoweekday())
    assert (timing.count, timing.skip_school) == (10, "fr")
    assert event.price == Price.FREE
    assert event.registration == Registration.NONE
    assert event.access == [Access.STEP_FREE]
    assert event.contact_phone == "02 123 45 67"


def test_errors_come_first_and_nothing_is_lost(client, network):
    response = client.post(
        propose_url(),
        typed(
            {"first": f"{NEXT_YEAR}-03-28", "start_time": "10:00", "end_time": "09:00"},
            title_fr="",
            description_fr="Une belle journée",
        ),
    )
    page = text_of(response)
    assert response.status_code == 422
    assert "Il y a 2 points à corriger" in page
    assert 'href="#id_timings-0-end_time"' in page
    assert 'href="#id_title_fr"' in page
    assert "Une belle journée" in page
    assert 'value="09:00"' in page
    assert not Event.objects.exists()


def test_a_date_is_added_without_script_with_the_same_hours(client, network):
    data = typed(title_fr="")
    data["add_date"] = "1"
    page = client.post(propose_url(), data)
    forms = page.context["editor"].timings.forms
    assert page.status_code == 200
    assert len(forms) == 2
    assert forms[1]["start_time"].value() == "10:00"
    assert not forms[1]["first"].value()
    assert "à corriger" not in text_of(page)
    client.post(propose_url(), typed(ONE_DATE, {**ONE_DATE, "first": f"{NEXT_YEAR}-03-11"}))
    assert Event.objects.get().timings.count() == 2


def test_sending_twice_makes_one(client, network):
    data = typed()
    first, second = client.post(propose_url(), data), client.post(propose_url(), data)
    assert first["Location"] == second["Location"]
    assert Event.objects.count() == 1


def test_a_member_chooses_an_organisation_and_empty_fields_are_filled(member, organisation):
    Organisation.objects.filter(pk=organisation.pk).update(
        phone="02 111 11 11", address="Rue d’Exemple 9", website="https://a.example/"
    )
    OrganisationContact.objects.create(
        organisation=organisation,
        function_fr="Ligne des professionnels",
        phone="02 999 99 99",
        audience=Audience.objects.for_tokens(["member"]),
    )
    response = member.post(
        propose_url(), typed_by_member(organisation=organisation, where="Chez nous")
    )
    proposal = Proposal.objects.get()
    assert response["Location"] == proposal.follow_url
    event = Event.objects.get()
    assert event.contact_phone == "02 111 11 11"
    assert event.address == "Chez nous"
    assert [row.organisation for row in event.organisings.all()] == [organisation]
    filled = member.get(reverse("agenda:fill"), {"organisme": organisation.pk}).json()["fields"]
    assert filled["contact_phone"] == "02 111 11 11"
    assert "02 999 99 99" not in str(filled)


def test_what_is_out_of_reach_fills_nothing(client, member, network, organisation):
    hidden = Audience.objects.for_tokens(["org:99"])
    Organisation.objects.filter(pk=organisation.pk).update(audience=hidden, phone="02 111")
    Place.objects.create(slug="l", name_fr="Lieu secret", address="Rue 1", audience=hidden)
    for browser in (client, member):
        answer = browser.get(reverse("agenda:fill"), {"organisme": organisation.pk})
        assert answer.json() == {"fields": {}, "said": ""}
        answer = browser.get(reverse("agenda:fill"), {"lieu": "Lieu secret"})
        assert answer.json() == {"fields": {}, "said": ""}


def test_a_place_of_the_directory_is_found_by_name(member, organisation):
    place = Place.objects.create(slug="l", name_fr="Centre le Canvas", address="Rue 1")
    member.post(propose_url(), typed_by_member(organisation=organisation, where="centre LE canvas"))
    assert Event.objects.get().place == place
    assert Event.objects.get().address == ""


def test_one_cannot_propose_for_an_organisation_that_is_not_ones_own(member, people):
    from tests.people import make_organisation

    other = make_organisation("organisme-z", "Organisme Z")
    response = member.post(propose_url(), typed_by_member(organisation=other))
    assert response.status_code == 422
    assert not Event.objects.exists()


def test_co_organisers_are_found_by_name_or_offered(member, organisation):
    from tests.people import make_organisation

    other = make_organisation("la-serre", "La Serre")
    refused = member.post(
        propose_url(), typed_by_member(organisation=organisation, co_organisers="Serre")
    )
    assert "La Serre" in text_of(refused)
    member.post(propose_url(), typed_by_member(organisation=organisation, co_organisers="la serre"))
    organisers = [row.organisation for row in Event.objects.get().organisings.all()]
    assert organisers == [organisation, other]


def test_a_draft_is_kept_as_typed_for_its_author_alone(member, people, organisation):
    data = typed_by_member(organisation=organisation, title_fr="Fête <b>&")
    data["timings-0-first"] = "n’importe quoi"
    data["draft"] = "1"
    member.post(propose_url(), data)
    page = text_of(member.get(propose_url()))
    assert "Votre brouillon est repris" in page
    assert "Fête &lt;b&gt;&amp;" in page
    assert "n’importe quoi" in page or "n&#x27;importe quoi" in page
    other = client_of(people[Role.COORDINATOR])
    assert "Fête" not in text_of(other.get(propose_url()))
    member.post(propose_url(), typed_by_member(organisation=organisation))
    assert not EventDraft.objects.exists()


def test_a_past_event_fills_the_form_without_its_dates(member, network, people, organisation):
    proposal = send(network, people[Role.REPRESENTATIVE], organisers=[organisation], room="Bleue")
    page = member.get(propose_url(), {"copie": proposal.event.slug})
    form = page.context["form"]
    assert form["room"].value() == "Bleue"
    timing = page.context["editor"].timings.forms[0]
    assert timing["first"].value() is None
    assert timing["start_time"].value() == dt.time(10)
    stranger = client_of(people[Role.MEMBER])
    assert stranger.get(propose_url(), {"copie": proposal.event.slug}).status_code == 404


def test_a_trusted_organisation_reads_that_it_is_published(member, organisation):
    TrustedOrganisation.objects.create(organisation=organisation)
    page = member.post(propose_url(), typed_by_member(organisation=organisation), follow=True)
    assert "dans l’agenda" in text_of(page)
    assert Event.objects.get().live


def test_a_published_event_is_edited_on_the_same_form(member, network, people, organisation):
    author = people[Role.REPRESENTATIVE]
    proposal = accept(people[Role.MODERATOR], send(network, author, organisers=[organisation]))
    url = reverse("agenda:event_edit", args=[proposal.event.slug])
    page = member.get(url)
    assert "Complet à" in text_of(page)
    uid = page.context["editor"].timings.forms[0]["uid"].value()
    base = page.context["editor"].base
    data = typed_by_member(
        {**ONE_DATE, "uid": str(uid)}, organisation=organisation, title_fr="Nouveau", base=str(base)
    )
    assert member.post(url, data).status_code == 302
    event = Event.objects.get()
    assert event.title_fr != "Nouveau"
    assert event.get_latest_revision_as_object().title_fr == "Nouveau"
    assert event.get_latest_revision_as_object().timings.first().uid == UUID(str(uid))
    again = member.post(url, data | {"title_fr": "Trop tard"})
    assert again.status_code == 409
    assert "Trop tard" in text_of(again)
    assert client_of(people[Role.MEMBER]).get(url).status_code == 404


def test_the_private_link_changes_and_withdraws(client, network, people, on_commit):
    client.post(propose_url(), typed())
    proposal = Proposal.objects.get()
    client.post(proposal.follow_url, {"confirm": "1"})
    edit = reverse("agenda:proposal_edit", args=[proposal.secret])
    base = client.get(edit).context["editor"].base
    data = typed(title_fr="Repas corrigé", base=str(base))
    del data["email"]
    assert client.post(edit, data)["Location"] == proposal.follow_url
    assert Event.objects.get().title_fr == "Repas corrigé"
    client.post(proposal.follow_url, {"write": "1", "text": "Merci de lire vite."})
    assert Event.objects.get().messages.get().text == "Merci de lire vite."
    client.post(proposal.follow_url, {"withdraw": "1"})
    assert Proposal.objects.get().state == ProposalState.WITHDRAWN
    assert client.get(reverse("agenda:proposal", args=["x" * 32])).status_code == 404


def test_with_an_account_the_link_alone_opens_nothing(client, network, people, organisation):
    proposal = send(network, people[Role.REPRESENTATIVE], organisers=[organisation])
    assert client.get(proposal.follow_url).status_code == 404
    assert client_of(people[Role.MEMBER]).get(proposal.follow_url).status_code == 404
    assert client_of(people[Role.REPRESENTATIVE]).get(proposal.follow_url).status_code == 200


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_poster_is_kept_with_the_event(member, organisation, kind):
    content = png() if kind == "png" else b"%PDF-1.7\n" + b"x" * 100
    poster = SimpleUploadedFile(f"affiche.{kind}", content)
    member.post(propose_url(), typed_by_member(organisation=organisation, poster=poster))
    event = Event.objects.get()
    if kind == "png":
        assert event.get_latest_revision_as_object().image == PortalImage.objects.get()
    else:
        document = event.get_latest_revision_as_object().event_documents.first().document
        assert document == PortalDocument.objects.get()


def test_a_file_that_is_not_what_it_says_is_refused_and_to_choose_again(member, organisation):
    poster = SimpleUploadedFile("affiche.png", b"<script>alert(1)</script>")
    response = member.post(propose_url(), typed_by_member(organisation=organisation, poster=poster))
    assert response.status_code == 422
    assert "choisissez-le à nouveau" in text_of(response)
    assert not PortalImage.objects.exists()


def test_a_series_beyond_the_known_school_year_says_so(client, network):
    from agenda.services.holidays import load_school_holidays

    load_school_holidays()
    block = {**ONE_DATE, "back": "weekly", "skip_school": "both"}
    page = client.get(reverse("agenda:dates"), typed(block))
    assert "Les vacances scolaires sont connues" in text_of(page)


def test_the_form_costs_no_more_with_many_places(
    member, network, organisation, django_assert_max_num_queries
):
    for number in range(150):
        Place.objects.create(slug=f"l{number}", name_fr=f"Lieu {number}")
    member.get(propose_url())
    with django_assert_max_num_queries(30):
        member.get(propose_url())
