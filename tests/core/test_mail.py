"""Mails, parsed back: two parts that say the same, one picture inside, no header slipped in."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core import mail
from django.utils.translation import override

from accounts.models import User
from core.mail import compose
from core.models import NetworkSettings
from tests.conftest import client_of, run_commit_hooks
from tests.people import Role

KEY = "account/email/password_reset_key"
LINK = re.compile(r"https?://[^\s\"<>]+")


def parsed(letter) -> EmailMessage:
    return message_from_bytes(letter.message().as_bytes(), policy=policy.default)


def texts(message: EmailMessage) -> tuple[str, str]:
    """The plain text and the HTML, decoded."""
    found = {}
    for part in message.walk():
        if part.get_content_maintype() == "text":
            assert part.get_content_charset() == "utf-8"
            found[part.get_content_type()] = part.get_content()
    return found["text/plain"], found["text/html"]


def shown_links(html: str) -> set[str]:
    return set(re.findall(r'href="(https?://[^"]+)"', html))


@pytest.fixture
def identity(network) -> NetworkSettings:
    identity = NetworkSettings.objects.get()
    identity.helpline_number, identity.email = "02 123 45 67", "reseau@essai.example"
    identity.save()
    return identity


def letter(identity, language="fr", stem=KEY, to=("a@essai.example",), **details):
    url = "http://testserver/compte/mot-de-passe/choisir/1-abc/"
    context = {"password_reset_url": url, **details.pop("context", {})}
    return compose(stem, to=to, context=context, language=language, network=identity, **details)


def test_two_parts_and_the_picture_inside(identity):
    message = parsed(letter(identity))
    assert message.get_content_type() == "multipart/alternative"
    plain, related = message.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert related.get_content_type() == "multipart/related"
    html, picture = related.iter_parts()
    assert html.get_content_type() == "text/html"
    assert picture["Content-ID"] == "<galon>"
    assert picture.get_content_disposition() == "inline"
    assert picture.get_content().startswith(b"\x89PNG")
    assert 'src="cid:galon"' in html.get_content()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@testserver>")


def test_nothing_is_asked_from_a_server_when_it_is_read(identity):
    _plain, html = texts(parsed(letter(identity)))
    assert set(re.findall(r'src="([^"]+)"', html)) == {"cid:galon"}
    assert "url(" not in html
    assert "<link" not in html
    assert 'style="' in html


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_both_parts_lead_to_the_same_places(identity, language):
    message = parsed(letter(identity, language))
    plain, html = texts(message)
    links = shown_links(html)
    assert links == set(LINK.findall(plain))
    assert "http://testserver/compte/mot-de-passe/choisir/1-abc/" in links
    assert f'<html lang="{language}"' in html
    for text in (plain, html):
        assert "02 123 45 67" in text
        assert "reseau@essai.example" in text
    assert message["Subject"]


def test_the_reader_s_language_and_not_the_page_s(identity):
    with override("nl"):
        message = parsed(letter(identity, "fr"))
    assert message["Subject"] == "Choisir un nouveau mot de passe"


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\u2028", "\x0b"])
def test_no_header_is_slipped_in(identity, break_, settings, tmp_path):
    (tmp_path / "hostile_subject.txt").write_text(
        "{% autoescape off %}{{ name }}{% endautoescape %}"
    )
    for name in ("hostile.txt", "hostile.html"):
        (tmp_path / name).write_text("Texte")
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]
    evil = f"Bonjour{break_}Bcc: victime@essai.example"
    message = parsed(
        letter(
            identity,
            stem="hostile",
            to=[f"a@essai.example{break_}"],
            reply_to=[f"b@essai.example{break_}"],
            context={"name": evil},
        )
    )
    assert message["Bcc"] is None
    assert message["Subject"] == "Bonjour Bcc: victime@essai.example"
    assert message["To"] == "a@essai.example"
    assert message["Reply-To"] == "b@essai.example"


def test_html_is_escaped_and_plain_text_is_not(identity):
    identity.name_fr = "L’un & <l’autre>"
    plain, html = texts(parsed(letter(identity)))
    assert "L’un & <l’autre>" in plain
    assert "L’un &amp; &lt;l’autre" in html


@pytest.mark.parametrize(
    ("language", "subject"),
    [("fr", "Choisir un nouveau mot de passe"), ("nl", "Een nieuw wachtwoord kiezen")],
)
def test_a_forgotten_password_has_the_look(client, people, language, subject):
    User.objects.filter(pk=people[Role.MEMBER].pk).update(language=language)
    client.post("/compte/mot-de-passe/oublie/", {"email": "member@essai.example"})
    run_commit_hooks()
    message = parsed(mail.outbox[0])
    plain, html = texts(message)
    assert message["Subject"] == subject
    assert shown_links(html) == set(LINK.findall(plain))
    choose = next(link for link in shown_links(html) if link != "http://testserver")
    assert client.get(choose, follow=True).status_code == 200


def test_a_changed_password_is_announced_in_both_parts(people):
    chosen = "un-nouveau-fil-solide"
    client = client_of(people[Role.MEMBER])
    data = {"oldpassword": "mot-de-passe-essai", "password1": chosen, "password2": chosen}
    response = client.post("/compte/mot-de-passe/", data, headers={"user-agent": "<b>Navigateur"})
    assert response.status_code == 302
    run_commit_hooks()
    message = parsed(mail.outbox[0])
    plain, html = texts(message)
    assert message["Subject"] == "Votre mot de passe a changé"
    assert message["To"] == "member@essai.example"
    assert "http://testserver/compte/mot-de-passe/oublie/" in shown_links(html)
    assert shown_links(html) == set(LINK.findall(plain))
    assert "<b>Navigateur" in plain
    assert "&lt;b&gt;Navigateur" in html


def test_no_text_of_a_mail_writes_a_day_with_tags():
    """The first of a month is « 1<sup>er</sup> » on a page."""
    dated = re.compile(r"\|(?:full_moment|full_date|day_date)(?!\|striptags)\b")
    root = Path(__file__).resolve().parents[2]
    letters = [path for path in root.glob("*/**/templates/**/*.txt") if ".venv" not in path.parts]
    assert len(letters) > 10
    assert [path.name for path in letters if dated.search(path.read_text(encoding="utf-8"))] == []
