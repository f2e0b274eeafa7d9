"""Mails that go to a folder are read by those who oversee the network, and harm nobody."""

import re
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import override

from core import mail_folder
from core.mail import send_mail
from core.models import NetworkSettings
from home.models import ContactMessage
from tests.conftest import client_of
from tests.people import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.EMAIL_BACKEND = mail_folder.BACKEND
    settings.EMAIL_FILE_PATH = str(tmp_path / "courriels")
    return tmp_path / "courriels"


@pytest.fixture
def reader(people, folder):
    return client_of(people[Role.COORDINATOR])


def put(folder: Path, data: bytes, number: int = 1) -> str:
    """A mail that somebody else wrote into the folder."""
    folder.mkdir(exist_ok=True)
    key = f"{number:020d}-0123abcd"
    (folder / f"{key}.eml").write_bytes(data)
    return key


def send(subject: str = "Bonjour", **details) -> str:
    EmailMultiAlternatives(subject, "Le texte", to=["a@essai.example"], **details).send()
    return mail_folder.newest()[0]


def receipt(network) -> str:
    message = ContactMessage.objects.create(
        site=network.site,
        subject="help",
        text="Où manger ?",
        email="voisine@essai.example",
        once="a",
    )
    send_mail(
        "home/mail/contact_receipt",
        to=[message.email],
        context={"message": message, "receipt_url": f"http://testserver{message.receipt_url}"},
        language="fr",
        network=NetworkSettings.for_site(network.site),
    )
    return mail_folder.newest()[0]


def test_a_mail_is_listed_and_read_whole(reader, network):
    key = receipt(network)
    listed = reader.get("/courriels/").content.decode()
    assert "voisine@essai.example" in listed
    assert f"/courriels/{key}/" in listed
    assert '<meta name="robots" content="noindex">' in listed
    page = reader.get(f"/courriels/{key}/").content.decode()
    assert "voisine@essai.example" in page
    assert "Où manger ?" in page
    assert re.search(r'<a href="http://testserver/contact/recu/[^"]+" rel="nofollow">', page)
    assert f'src="/courriels/{key}/html/"' in page
    with override("nl"):
        address = reverse("core_mail", args=[key])
    assert address.startswith("/nl/")
    assert reader.get(address).status_code == 200


def test_the_html_stands_by_itself_in_a_box(reader, network):
    response = reader.get(f"/courriels/{receipt(network)}/html/")
    html = response.content.decode()
    assert "cid:" not in html
    assert 'src="data:image/png;base64,' in html
    assert '<base target="_blank">' in html
    policy = dict(
        directive.strip().partition(" ")[::2]
        for directive in response["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert "script-src" not in policy
    assert policy["sandbox"] == "allow-popups allow-popups-to-escape-sandbox"
    assert policy["frame-ancestors"] == "'self'"
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_frames_are_allowed_on_the_page_of_a_mail_and_nowhere_else(reader):
    key = send()
    framing = reader.get(f"/courriels/{key}/")
    assert "frame-src 'self'" in framing["Content-Security-Policy"]
    assert framing["X-Frame-Options"] == "DENY"
    for path in ("/courriels/", "/"):
        assert "frame-src" not in reader.get(path)["Content-Security-Policy"]
    assert reader.get(f"/courriels/{key}/html/").status_code == 404, "it has no HTML"


def test_where_mails_go_to_people_there_is_nothing(people, folder, settings):
    key = send()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for path in ("/courriels/", f"/courriels/{key}/", f"/courriels/{key}/html/", "/nl/mails/"):
        for role in (Role.COORDINATOR, Role.VISITOR):
            assert client_of(people[role]).get(path).status_code == 404


def test_the_admin_leads_there_only_where_mails_stay(people, folder, settings):
    client = client_of(people[Role.COORDINATOR])
    assert "/courriels/" in client.get("/gestion/").content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert "/courriels/" not in client.get("/gestion/").content.decode()


HOSTILE = b"""From: =?utf-8?q?=3Cscript=3Ealert(1)=3C/script=3E?= <x@essai.example>
To: a@essai.example\xe2\x80\xae
Subject: =?utf-8?q?Bonjour=0D=0AX-Evil:_1_=3Cimg_src=3Dx_onerror=3Dalert(1)=3E?=
Reply-To: <<<>>>;;;,,@@@ "
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain; charset=no-such-charset

javascript:alert(1) <script>alert(2)</script> http://essai.example/"><script>
--x
Content-Type: text/html; charset=utf-8

<html><head></head><body><script>parent.location='/'</script><img src="http://loin.example/p.gif">
<img src="cid:p"></body></html>
--x
Content-Type: text/html
Content-ID: <p>

<script>alert(3)</script>
--x--
"""


def test_a_hostile_mail_is_shown_and_does_nothing(reader, folder):
    key = put(folder, HOSTILE)
    for path in ("/courriels/", f"/courriels/{key}/"):
        response = reader.get(path)
        page = response.content.decode()
        assert response.status_code == 200
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "X-Evil" not in response.headers
        assert "script-src 'self'" in response["Content-Security-Policy"]
    assert 'href="javascript' not in page
    html = reader.get(f"/courriels/{key}/html/")
    assert "default-src 'none'" in html["Content-Security-Policy"]
    assert "img-src data:;" in html["Content-Security-Policy"] + ";"
    assert "sandbox" in html["Content-Security-Policy"]
    assert "allow-scripts" not in html["Content-Security-Policy"]
    assert b"data:text/html" not in html.content, "only pictures are put into it"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\xfe" * 1000,
        b"Subject: " + b"=?utf-8?b?" * 500 + b"\n\nx",
        b"From: \xff\xfe\nTo: =?x?q?a?=\nSubject: =?\n\n\xff",
        b"Content-Type: multipart/mixed; boundary=\n\n--\n--\n",
        b"Content-Type: multipart/mixed\n\nx",
        b"Content-Type: text/plain; charset=\x00\nContent-Transfer-Encoding: base64\n\n!!!",
        b"To: " + b"a@b," * 5000 + b"\n\nx",
        b"List-Unsubscribe: <javascript:alert(1)>\nTo: [1.2.3.4\nFrom: @\n\nx",
    ],
)
def test_what_is_no_mail_breaks_no_page(reader, folder, data):
    key = put(folder, data)
    assert reader.get("/courriels/").status_code == 200
    assert reader.get(f"/courriels/{key}/").status_code == 200


@pytest.mark.parametrize(
    "key", ["..", "x", "0" * 20, "0" * 20 + "-zzzzzzzz", "1" * 20 + "-0123abcd"]
)
def test_only_a_mail_of_the_folder_is_read(reader, folder, key):
    put(folder, b"Subject: x\n\nx")
    (folder.parent / "secret.eml").write_text("Subject: secret\n\nx")
    assert reader.get(f"/courriels/{key}/").status_code == 404


def test_the_newest_comes_first_and_the_oldest_go(folder, monkeypatch):
    monkeypatch.setattr(mail_folder, "MAX_KEPT", 3)
    for number in range(5):
        send(f"Mail {number}")
    subjects = [mail_folder.read(key).subject for key in mail_folder.newest()]
    assert subjects == ["Mail 4", "Mail 3", "Mail 2"]
    assert len(list(folder.iterdir())) == 3, "nothing unfinished is left"
    assert folder.stat().st_mode & 0o077 == 0, "nobody else on the machine reads it"
    assert not getattr(mail, "outbox", [])


def test_accents_arrive_as_they_left(folder):
    key = send("Épicerie d’à côté — œuvre")
    read = mail_folder.read(key)
    assert (read.subject, read.text.strip()) == ("Épicerie d’à côté — œuvre", "Le texte")


def test_many_mails_are_read_page_by_page(reader, folder, django_assert_max_num_queries):
    for number in range(65):
        put(folder, b"Subject: Sujet %d\n\nx" % number, number)
    with django_assert_max_num_queries(40):
        first = reader.get("/courriels/").content.decode()
    assert first.count('class="row__title"') == 30
    assert "Sujet 64" in first
    last = reader.get("/courriels/?page=3").content.decode()
    assert last.count('class="row__title"') == 5
