"""What people upload: refused with a message, or stored without what it should not say."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.models import PortalDocument, PortalImage
from core.uploads import check_document, clean_image
from tests.conftest import client_of
from tests.people import Role

GPS = 0x8825


def picture(kind: str = "JPEG", *, gps: bool = True, size=(40, 20)) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, "brown")
    exif = Image.Exif()
    if gps:
        exif[0x010F] = "AppareilSecret"
        exif[0x0112] = 6  # turned a quarter
        exif.get_ifd(GPS).update({1: "N", 2: (50.0, 49.0, 30.0), 3: "E", 4: (4.0, 22.0, 20.0)})
    options = {"exif": exif} if kind in {"JPEG", "PNG", "WEBP", "AVIF"} else {}
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_loses_its_place(kind):
    raw = picture(kind)
    assert Image.open(io.BytesIO(raw)).getexif().get_ifd(GPS)
    upload = SimpleUploadedFile(f"photo.{kind.lower()}", raw)
    clean = clean_image(upload).read()
    again = Image.open(io.BytesIO(clean))
    assert not again.getexif().get_ifd(GPS)
    assert not again.getexif()
    assert b"AppareilSecret" not in clean
    assert again.size == (20, 40)  # upright


def test_a_moving_picture_keeps_moving():
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=90)
    clean = clean_image(SimpleUploadedFile("anime.gif", out.getvalue()))
    assert Image.open(clean).n_frames > 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rapport.pdf", b"<html><script>alert(1)</script>"),
        ("rapport.pdf", b"MZ\x90\x00"),
        ("rapport.docx", b"%PDF-1.4"),
        ("page.html", b"<html>"),
        ("dessin.svg", b"<svg onload='x'>"),
        ("prog.exe", b"MZ"),
        ("notes.txt", b"<html><script>"),
        ("vide.txt", b""),
        ("sans-extension", b"abc"),
    ],
)
def test_a_document_that_is_not_what_it_says_is_refused(name, content):
    with pytest.raises(ValidationError):
        check_document(SimpleUploadedFile(name, content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rapport.pdf", b"%PDF-1.7 ..."),
        ("rapport.docx", b"PK\x03\x04...."),
        ("vieux.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...."),
        ("notes.TXT", "Été à Ixelles".encode()),
        ("liste.csv", b"nom;rue\n"),
    ],
)
def test_a_document_that_is_what_it_says_is_taken(name, content):
    check_document(SimpleUploadedFile(name, content))


def test_a_document_over_the_limit_is_refused_with_the_limit(settings):
    settings.PORTAL_DOCUMENT_MAX_BYTES = 10
    with pytest.raises(ValidationError, match="limite est de 10"):
        check_document(SimpleUploadedFile("notes.txt", b"a" * 11))


BROKEN_GIF = b"GIF89a\x0a\x00\x0a\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x00"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("abime.gif", BROKEN_GIF),
        ("abime.jpg", picture()[:200]),
        ("texte.png", b"pas une image"),
        ("dessin.svg", b"<svg/>"),
    ],
)
def test_a_broken_picture_is_a_message_in_the_admin(people, name, content):
    client = client_of(people[Role.PILOT])
    response = client.post(
        reverse("wagtailimages:add"),
        {"title": "Titre gardé", "file": SimpleUploadedFile(name, content), "audience": ["member"]},
    )
    assert response.status_code == 200
    assert "Titre gardé" in response.content.decode()
    assert not PortalImage.objects.exists()


def test_a_pilots_picture_is_for_the_group_until_the_pilot_says_otherwise(people):
    client = client_of(people[Role.PILOT])
    group = people[Role.PILOT].group_memberships.get().group
    response = client.post(
        reverse("wagtailimages:add_multiple"),
        {
            "title": "photo.jpg",
            "files[]": SimpleUploadedFile("photo.jpg", picture()),
            "collection": group.collection.pk,
        },
    )
    answer = response.json()
    assert answer["success"], answer
    # Nothing is stored before the audience is chosen; the group's own is ticked.
    assert not PortalImage.objects.exists()
    assert re.search(rf'value="group:{group.pk}"[^>]*checked', answer["form"])
    assert 'value="public"' in answer["form"]


def test_a_pilot_cannot_give_a_file_to_another_group(people):
    client = client_of(people[Role.PILOT])
    response = client.post(
        reverse("wagtaildocs:add"),
        {
            "title": "Note",
            "file": SimpleUploadedFile("note.txt", b"bonjour"),
            "audience": ["group:999"],
        },
    )
    assert response.status_code == 200
    assert not PortalDocument.objects.exists()


def test_what_is_stored_has_lost_its_place(people):
    client = client_of(people[Role.PILOT])
    group = people[Role.PILOT].group_memberships.get().group
    response = client.post(
        reverse("wagtailimages:add"),
        {
            "title": "Photo",
            "file": SimpleUploadedFile("photo.jpg", picture()),
            "collection": group.collection.pk,
            "audience": [f"group:{group.pk}"],
        },
    )
    assert response.status_code == 302, response.context["form"].errors
    image = PortalImage.objects.get()
    assert image.audience.tokens == {f"group:{group.pk}"}
    with Image.open(image.file.path) as stored:
        assert not stored.getexif()
    assert (image.width, image.height) == (20, 40)
