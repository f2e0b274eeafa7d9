"""Many invitations at once: every line accounted for, nothing sent that was not ticked."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from coordination.directory.models import Organisation
from coordination.welcome.models import Invitation
from coordination.welcome.services.bulk import MAX_LINES, decode, read_lines, split_lines
from coordination.welcome.services.invitations import invite
from tests.conftest import client_of
from tests.people import Role, make_organisation

SIGNS = 'a@.;,\t"<>\r\n é\x00\u2028\u202e'


@given(st.text() | st.text(alphabet=SIGNS, max_size=300))
def test_reading_never_fails_and_every_line_is_accounted_for(text):
    lines = read_lines(text)
    assert lines.count == len(split_lines(text))
    numbers = [row.number for row in lines.rows]
    assert numbers == sorted(set(numbers))
    assert len(numbers) <= MAX_LINES
    for row in lines.rows:
        assert row.raw == split_lines(text)[row.number - 1]
        assert row.state in {"valid", "unreadable"}
        assert (row.state == "valid") <= ("@" in row.address)


@given(st.binary(max_size=500))
def test_any_file_is_read(data):
    text = decode(data)
    assert read_lines(text).count == len(split_lines(text))


@given(
    st.lists(st.sampled_from(["accueil@essai.example", "direction@essai.example"]), max_size=250),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_a_spreadsheet_writes_is_read_back(addresses, delimiter, end):
    text = end.join(delimiter.join((one, "Organisme A", "Accueil", "nl")) for one in addresses)
    lines = read_lines(text)
    assert [row.address for row in lines.rows] == addresses[:MAX_LINES]
    assert lines.beyond == max(0, len(addresses) - MAX_LINES)
    for row in lines.rows:
        assert (row.organisation_name, row.function, row.language) == (
            "Organisme A",
            "Accueil",
            "nl",
        )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_accents_survive_what_spreadsheets_save(encoding):
    text = 'Fonction;Courriel;Organisme\r\n"Médiation; rue";a@essai.example;Café Élan\r\n'
    lines = read_lines(decode(text.encode(encoding)))
    assert lines.has_heading
    (row,) = lines.rows
    assert (row.number, row.address) == (2, "a@essai.example")
    assert (row.function, row.organisation_name) == ("Médiation; rue", "Café Élan")


def test_names_and_links_around_an_address_are_understood():
    text = "Accueil <accueil@essai.example>\nmailto:b@essai.example\nmoi\nAccueil;c@essai.example"
    rows = read_lines(text).rows
    assert [(row.address, row.state) for row in rows] == [
        ("accueil@essai.example", "valid"),
        ("b@essai.example", "valid"),
        ("moi", "unreadable"),
        ("c@essai.example", "valid"),
    ]


# On the screen

LIST = "/rejoindre/gestion/inviter/liste/"
COMMON = {"role": "worker", "language": "fr"}


@pytest.fixture
def coordinator(db, people):
    return client_of(people[Role.COORDINATOR])


@pytest.fixture
def typed(network, people, organisation) -> str:
    """One line of each sort."""
    invite(
        actor=people[Role.COORDINATOR],
        site=network.site,
        address="invitee@essai.example",
        organisation=organisation,
    )
    return "\n".join(
        (
            "neuve@essai.example;Organisme A;Accueil",
            "representative@essai.example;organisme a",
            "invitee@essai.example;ORGANISME A",
            "pas une adresse;Organisme A",
            "ailleurs@essai.example;Organisme inconnu",
            "neuve@essai.example;Organisme A",
            "",
            "seule@essai.example",
        )
    )


def test_each_line_says_its_state_and_only_ticked_ones_leave(
    coordinator, organisation, typed, on_commit
):
    page = coordinator.post(LIST, {**COMMON, "lines": typed, "preview": "1"})
    assert [row.state for row, _label in page.context["rows"]] == [
        *("valid", "member", "invited", "unreadable", "unknown", "twice", "valid"),
    ]
    assert page.context["ticked"] == {1, 8}
    text = page.content.decode()
    for words in ("pas une adresse", "Organisme inconnu", "seule@essai.example"):
        assert words in text
    assert Invitation.objects.count() == 1
    data = {**COMMON, "lines": typed, "invite": "1", "line": ["1", "2", "4"]}
    with on_commit(execute=True):
        assert coordinator.post(LIST, data).status_code == 302
    assert {letter.to[0] for letter in mail.outbox} == {"neuve@essai.example"}
    new = Invitation.objects.get(address="neuve@essai.example")
    assert (new.organisation, new.function_fr) == (organisation, "Accueil")


def test_an_unknown_organisation_is_written_anew_or_left_out(
    coordinator, organisation, typed, on_commit
):
    data = {**COMMON, "lines": typed, "invite": "1", "line": ["5", "8"]}
    page = coordinator.post(LIST, data | {"organisation-5": "Encore inconnu"})
    assert page.status_code == 422
    assert "Encore inconnu" in page.content.decode()
    assert "Écrivez l’organisme" in page.content.decode()
    assert page.context["ticked"] == {5, 8}
    assert Invitation.objects.count() == 1
    coordinator.post(LIST, data | {"organisation-5": "organisme  A"})
    places = dict(Invitation.objects.values_list("address", "organisation"))
    assert places["ailleurs@essai.example"] == organisation.pk
    assert places["seule@essai.example"] is None


def test_the_same_list_twice_invites_once(coordinator, organisation, typed, on_commit):
    data = {**COMMON, "lines": typed, "invite": "1", "line": ["1"]}
    with on_commit(execute=True):
        statuses = [coordinator.post(LIST, data).status_code for _time in range(3)]
    assert statuses == [302, 422, 422]
    assert Invitation.objects.filter(address="neuve@essai.example").count() == 1
    assert len(mail.outbox) == 1


def test_a_file_is_read_like_pasted_lines(coordinator, organisation):
    data = "Adresse;Organisme\r\nélan@essai.example;x\r\nb@essai.example;Organisme A".encode(
        "cp1252"
    )
    page = coordinator.post(LIST, {**COMMON, "file": SimpleUploadedFile("liste.csv", data)})
    assert [row.state for row, _label in page.context["rows"]] == ["unreadable", "valid"]
    assert "b@essai.example;Organisme A" in page.context["form"]["lines"].value()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"lines": ""}, "Collez au moins une adresse"),
        ({"lines": "a@essai.example\n" * 201}, "1 ligne de trop"),
        ({"lines": "é" * 100_001}, "C’est trop long"),
        ({"file": SimpleUploadedFile("x.csv", b"a" * 200_001)}, "Ce fichier est trop lourd"),
    ],
)
def test_limits_are_said_and_what_was_pasted_stays(coordinator, data, words):
    page = coordinator.post(LIST, {**COMMON, **data})
    assert page.status_code == 422
    assert words in page.content.decode()
    if data.get("lines"):
        assert page.context["form"]["lines"].value() == data["lines"]
    assert not Invitation.objects.exists()


def test_a_representative_invites_for_the_own_organisation_only(people, organisation, on_commit):
    make_organisation("organisme-b", "Organisme B")
    client = client_of(people[Role.REPRESENTATIVE])
    text = "a@essai.example;Organisme B\nb@essai.example\nc@essai.example;Organisme A"
    page = client.post(LIST, {**COMMON, "lines": text})
    assert [row.state for row, _label in page.context["rows"]] == ["unknown", "unknown", "valid"]
    data = {**COMMON, "lines": text, "invite": "1", "line": ["1", "3"]}
    assert client.post(LIST, data | {"organisation-1": "Organisme B"}).status_code == 422
    client.post(LIST, data | {"line": ["3"]})
    assert [one.address for one in Invitation.objects.all()] == ["c@essai.example"]


def test_an_acronym_that_two_share_names_the_one_that_a_person_may_invite_for(
    people, coordinator, organisation
):
    make_organisation("organisme-b", "Organisme B")
    Organisation.objects.update(acronym="OAB")
    data = {**COMMON, "lines": "a@essai.example;OAB"}
    for client, state in (
        (coordinator, "unknown"),  # either of them
        (client_of(people[Role.REPRESENTATIVE]), "valid"),
    ):
        page = client.post(LIST, data)
        assert [row.state for row, _label in page.context["rows"]] == [state]


def test_a_list_costs_the_same_whatever_its_length(
    coordinator, organisation, django_assert_max_num_queries
):
    text = "\n".join(f"a{number}@essai.example;Organisme A" for number in range(200))
    coordinator.get(reverse("welcome:invite_many"))
    with django_assert_max_num_queries(45):
        page = coordinator.post(LIST, {**COMMON, "lines": text})
    assert page.context["ready"] == 200
