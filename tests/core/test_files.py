"""Files that belong to a group or an organisation, and the addresses that stay."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import Audience, PortalDocument
from core.services.audience import replace_token, set_page_audience
from core.services.files import narrow_files, readable_title, replace_document, store_document
from groupes.models import GroupPage
from tests.conftest import read
from tests.people import Role, make_group, make_organisation

pytestmark = pytest.mark.django_db


def upload(name: str = "compte_rendu.txt", text: bytes = b"un texte") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text, content_type="text/plain")


@pytest.fixture
def group_page(network) -> GroupPage:
    return make_group(network, "groupe-b", "Groupe B")


@pytest.fixture
def document(people, group_page) -> PortalDocument:
    return store_document(
        actor=people[Role.COORDINATOR],
        upload=upload(),
        owner=f"group:{group_page.group.pk}",
        tokens={"public"},
        collection=group_page.group.collection,
    )


def test_document_has_a_name_people_understand(document):
    assert document.title == "Compte rendu"
    assert readable_title("PV-2026_03\u202e.final.pdf") == "PV 2026 03.final"
    assert readable_title(".pdf") == ".pdf"
    assert readable_title("\u200b.pdf") == "Document"


def test_replaced_document_keeps_its_address(clients, document, django_capture_on_commit_callbacks):
    address, old_name = document.url, document.file.name
    assert read(clients[Role.VISITOR].get(address)) == b"un texte"
    with django_capture_on_commit_callbacks(execute=True):
        replace_document(document=document, upload=upload("autre.txt", b"plus neuf"))
    moved = clients[Role.VISITOR].get(address)
    assert moved.status_code == 302
    assert read(clients[Role.VISITOR].get(moved.url)) == b"plus neuf"
    assert not document.file.storage.exists(old_name)


def test_address_of_a_private_document_tells_strangers_nothing(clients, document):
    document.audience = Audience.objects.for_tokens({document.owner})
    document.save()
    for name in (document.filename, "devine.txt"):
        address = reverse("core_document", args=[document.pk, name])
        assert clients[Role.VISITOR].get(address).status_code == 404
        assert clients[Role.MEMBER].get(address).status_code == 404
    response = clients[Role.COORDINATOR].get(document.url)
    read(response)
    assert response["Cache-Control"] == "private, no-store"


def test_file_narrows_with_its_group_and_never_opens_with_it(people, group_page, document):
    token = f"group:{group_page.group.pk}"
    set_page_audience(actor=people[Role.COORDINATOR], page=group_page, tokens={token})
    narrow_files(token)
    document.refresh_from_db()
    assert document.audience.tokens == {token}
    set_page_audience(actor=people[Role.COORDINATOR], page=group_page, tokens={"public"})
    narrow_files(token)
    document.refresh_from_db()
    assert document.audience.tokens == {token}


def test_file_is_born_no_wider_than_its_owner(people, network):
    hidden = make_organisation("cache", "Caché", audience=Audience.objects.for_tokens({"member"}))
    made = store_document(
        actor=people[Role.COORDINATOR],
        upload=upload(),
        owner=hidden.owner_token,
        tokens={"public"},
    )
    assert made.audience.tokens == {"member"}


def test_file_in_the_folder_of_a_group_belongs_to_it_and_is_bounded_in_the_admin(
    people, clients, group_page
):
    token = f"group:{group_page.group.pk}"
    set_page_audience(actor=people[Role.COORDINATOR], page=group_page, tokens={token})
    data = {
        "title": "Trop ouvert",
        "file": upload("ouvert.txt"),
        "collection": group_page.group.collection.pk,
        "audience": ["public"],
    }
    refused = clients[Role.COORDINATOR].post(reverse("wagtaildocs:add"), data)
    assert "plus ouvert" in refused.content.decode()
    data |= {"file": upload("ouvert.txt"), "audience": [token]}
    clients[Role.COORDINATOR].post(reverse("wagtaildocs:add"), data)
    assert PortalDocument.objects.get(title="Trop ouvert").owner == token


def test_empty_or_disguised_upload_is_refused(people, group_page):
    for name, content in (("vide.txt", b""), ("faux.pdf", b"MZ\x90"), ("page.html", b"<p>")):
        with pytest.raises(ValidationError):
            store_document(
                actor=people[Role.COORDINATOR],
                upload=upload(name, content),
                owner=f"group:{group_page.group.pk}",
                tokens={"public"},
            )


def test_token_is_replaced_in_every_audience(people, network):
    first = make_organisation("un", "Un", audience=Audience.objects.for_tokens({"org:1"}))
    both = make_organisation(
        "deux", "Deux", audience=Audience.objects.for_tokens({"org:1", "org:2"})
    )
    other = make_organisation("trois", "Trois", audience=Audience.objects.for_tokens({"org:3"}))
    replace_token("org:1", "org:2")
    for organisation in (first, both, other):
        organisation.refresh_from_db()
    assert first.audience == both.audience == Audience.objects.for_tokens({"org:2"})
    assert other.audience.tokens == {"org:3"}
