"""Each mail of sign-in, read back: for whom, why it came, what to do when it was not them."""

import re

import pytest
from allauth.account.adapter import get_adapter
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Site

from accounts.mails import CODES, EVENTS, GUESSING, SILENT, deliver, send_reset_link, tell_guessing
from accounts.models import User
from core.jobs import BACKEND
from tests.accounts.letters import letters
from tests.accounts.test_codes import CONFIRM, ask
from tests.core.test_mail import LINK, parsed, shown_links, texts
from tests.people import Role

WORDS = {
    "timestamp": timezone.now().isoformat(),
    "ip": "198.51.100.7",
    "user_agent": "Firefox <b>140</b>\r\nBcc: autre@essai.example",
}
HOSTILE = "Coordination\r\nBcc: autre@essai.example <b>"


@pytest.fixture
def person(people) -> User:
    user = people[Role.COORDINATOR]
    user.function_fr, user.function_nl = "Accueil de Malibran", "Onthaal Malibran"
    user.save()
    return user


def site() -> int:
    return Site.objects.get().pk


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("stem", [*EVENTS, *CODES, "reset"])
def test_it_says_for_whom_it_is_why_it_came_and_what_to_do(person, stem, language):
    User.objects.filter(pk=person.pk).update(language=language)
    with override("fr" if language == "nl" else "nl"):  # the page's language is another
        if stem == GUESSING:
            assert tell_guessing.call(person.email, site())
        elif stem == "reset":
            assert send_reset_link.call(person.email, site()) == 1
        else:
            words = {"code": "12345678"} if stem in CODES else WORDS
            assert deliver.call(stem, person.email, {**words, "person": person.pk}, site())
    (letter,) = letters()
    message = parsed(letter)
    plain, html = texts(message)
    assert message["To"] == person.email
    assert message["Bcc"] is None
    assert message["Subject"]
    assert f'<html lang="{language}"' in html
    assert shown_links(html) == set(LINK.findall(plain))
    for text in (plain, html):
        assert ("Onthaal" if language == "nl" else "Accueil") in text
    if language == "fr":
        assert "Ce courriel est venu parce que" in plain
        assert re.search(r"Ce n’est pas vous|Vous n’avez rien demandé|Si ce n’est pas vous", plain)
    if stem in CODES:
        assert "1234 5678" in plain
        assert "12345678" not in message["Subject"].replace(" ", "")
    elif stem not in (GUESSING, "reset"):
        assert "198.51.100.7" in plain
        assert "<b>140" not in html


def test_all_that_allauth_sends_is_ours():
    """Its templates tell what it can send; what a new one brings is seen here."""
    from pathlib import Path

    import allauth

    folder = Path(allauth.__file__).parent / "templates"
    stems = {
        path.relative_to(folder).as_posix().removesuffix("_subject.txt")
        for app in ("account", "mfa")
        for path in (folder / app / "email").glob("*_subject.txt")
    }
    never = {
        "account/email/email_confirm",  # addresses that are only added
        "account/email/email_deleted",  # several addresses for one person
        "account/email/password_reset_code",  # a link instead
        "account/email/password_reset_key",  # a job of its own
    }
    assert stems - never == (EVENTS.keys() | CODES.keys() | SILENT) - {GUESSING}


def test_nothing_of_a_person_ends_in_a_header(person):
    User.objects.filter(pk=person.pk).update(function_fr=HOSTILE)
    deliver.call("account/email/login_code", person.email, {"code": "12345678"}, site())
    message = parsed(letters()[0])
    assert message["Bcc"] is None
    assert "<b>" not in texts(message)[1].replace("<body>", "")


def test_links_lead_to_the_network_whatever_host_the_request_names(people, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(headers={"host": "mal.example"})
    client.post("/compte/mot-de-passe/oublie/", {"email": people[Role.MEMBER].email})
    (letter,) = letters()
    assert "mal.example" not in letter.body
    assert "http://testserver/compte/mot-de-passe/choisir/" in letter.body


@pytest.mark.parametrize("email", ["member@essai.example", "personne@essai.example"])
def test_a_request_gives_one_job_to_do_for_any_address(people, email, monkeypatch):
    """Nothing is looked up, rendered or sent before the answer."""
    from django_tasks import task_backends

    backend, given = type(task_backends[BACKEND]), []
    monkeypatch.setattr(
        backend, "enqueue", lambda self, task, args, kwargs: given.append(task.name)
    )
    client = Client()
    ask(client, email)
    client.post(CONFIRM, {"action": "resend"})
    Client().post("/compte/mot-de-passe/oublie/", {"email": email})
    assert not letters()
    assert given == ["deliver", "deliver", "send_reset_link"]


def test_a_mail_that_a_new_allauth_brings_still_leaves(people):
    request = RequestFactory().get("/")
    request.user = people[Role.MEMBER]
    from allauth.core.context import request_context

    with request_context(request):
        adapter = get_adapter(request)
        context = {"user": request.user, "deleted_email": "a@essai.example"}
        adapter.send_notification_mail("account/email/email_deleted", request.user, context)
    assert letters()[0].to == [request.user.email]
