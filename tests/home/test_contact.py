"""« Contact »: a form that leaves a trace, and the answer to it."""

import datetime as dt
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from wagtail.models import Site

from core.desk import waiting_for
from core.forms.robots import new_stamp
from core.jobs import DELAYS
from core.models import NetworkSettings
from core.retention import forget_expired
from core.worker import Worker
from home.enums import MailState
from home.models import ContactMessage
from home.tasks import send_receipts
from tests.conftest import client_of
from tests.core.test_mail import LINK, parsed, shown_links, texts
from tests.people import Role

pytestmark = pytest.mark.django_db
TEXT = "Bonjour,\n\nje cherche une épicerie sociale."


class FailingBackend(EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("down")


class NoStrangersBackend(EmailBackend):
    """A mail server that takes mail for the network's own domain and for nobody else."""

    def send_messages(self, messages):
        if any("voisine" in address for letter in messages for address in letter.to):
            raise SMTPRecipientsRefused({"voisine@essai.example": (550, b"no")})
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def mailbox(network) -> NetworkSettings:
    """The network's own mailbox."""
    identity = NetworkSettings.objects.get()
    identity.email = "reseau@essai.example"
    identity.save()
    return identity


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def stamp(**age) -> str:
    with time_machine.travel(timezone.now() - dt.timedelta(**age), tick=False):
        return new_stamp()


def typed(**changes) -> dict:
    """What a browser sends, from a form opened ten seconds ago."""
    return {"subject": "help", "text": TEXT, "stamp": stamp(seconds=10), **changes}


def kept() -> ContactMessage:
    return ContactMessage.objects.get()


def test_anyone_writes_and_keeps_a_dated_receipt_with_a_whole_copy(client):
    response = client.post("/contact/", typed(name="Une voisine"))
    assert response.url == kept().receipt_url
    receipt = client.get(response.url)
    page = receipt.content.decode()
    for words in (kept().reference, "je cherche une épicerie sociale.", "Une voisine", "datetime="):
        assert words in page
    assert "no-store" in receipt["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page
    assert client.get("/contact/recu/devine/").status_code == 404


@pytest.mark.parametrize(
    ("path", "subject"),
    [("/contact/", "Votre message {} est bien reçu"), ("/nl/contact/", "bericht {}")],
)
def test_sender_and_network_get_a_copy_by_mail(client, on_commit, path, subject):
    with on_commit(execute=True):
        client.post(path, typed(email="voisine@essai.example"))
    to_network, to_sender = (parsed(letter) for letter in mail.outbox)
    assert (to_network["To"], to_network["Reply-To"]) == (
        "reseau@essai.example",
        "voisine@essai.example",
    )
    assert (to_sender["To"], to_sender["Reply-To"]) == (
        "voisine@essai.example",
        "reseau@essai.example",
    )
    assert subject.format(kept().reference) in to_sender["Subject"]
    for message in (to_network, to_sender):
        plain, html = texts(message)
        assert "je cherche une épicerie sociale." in plain
        assert "je cherche une épicerie sociale." in html
        assert shown_links(html) == set(LINK.findall(plain))
    assert kept().receipt_url in texts(to_sender)[0]
    assert client.get(kept().receipt_url).status_code == 200


def test_a_mail_server_that_fails_loses_nothing_and_is_said(client, on_commit, settings, caplog):
    settings.EMAIL_BACKEND = "tests.home.test_contact.FailingBackend"
    with on_commit(execute=True):
        response = client.post("/contact/", typed(email="voisine@essai.example"))
    assert "was not sent" in caplog.text
    assert TEXT.splitlines()[2] in client.get(response.url).content.decode()
    assert "Le courriel n’est pas parti." in client.get(response.url).content.decode()


def work() -> None:
    """What a worker does until nothing is left."""
    while Worker().step():
        pass


def test_the_receipt_says_what_becomes_of_its_mail(client, on_commit, queue, settings):
    with on_commit(execute=True):
        address = client.post("/contact/", typed(email="voisine@essai.example")).url
    assert "Une copie part par courriel dans un instant." in client.get(address).content.decode()
    assert not mail.outbox
    settings.EMAIL_BACKEND = "tests.home.test_contact.FailingBackend"
    work()
    assert "Le courriel n’est pas parti." in client.get(address).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(timezone.now() + DELAYS[0]):
        work()
        assert "Une copie est partie par courriel." in client.get(address).content.decode()
    assert len(mail.outbox) == 2


def test_of_two_mails_only_the_one_that_failed_is_sent_again(client, on_commit, queue, settings):
    with on_commit(execute=True):
        client.post("/contact/", typed(email="voisine@essai.example"))
    settings.EMAIL_BACKEND = "tests.home.test_contact.NoStrangersBackend"
    work()
    assert [letter.to for letter in mail.outbox] == [["reseau@essai.example"]]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(timezone.now() + DELAYS[0]):
        work()
    assert [letter.to for letter in mail.outbox] == [
        ["reseau@essai.example"],
        ["voisine@essai.example"],
    ]
    send_receipts.call(kept().pk)
    assert len(mail.outbox) == 2


def test_what_a_dead_worker_was_sending_is_not_sent_twice(client, on_commit, queue):
    with on_commit(execute=True):
        address = client.post("/contact/", typed(email="voisine@essai.example")).url
    ContactMessage.objects.update(sender_mail=MailState.SENDING)
    work()
    assert [letter.to for letter in mail.outbox] == [["reseau@essai.example"]]
    assert "Rien après quelques minutes" in client.get(address).content.decode()


def test_an_answer_leaves_though_the_receipt_has_not_left_yet(clients, on_commit, queue):
    with on_commit(execute=True):
        clients[Role.VISITOR].post("/contact/", typed(email="voisine@essai.example"))
        data = {"note": "Oui, le samedi.", "tell": "on"}
        clients[Role.COORDINATOR].post(kept().url, data)
    page = clients[Role.COORDINATOR].get(kept().url).content.decode()
    assert "La réponse part par courriel." in page
    work()
    to_sender = [letter for letter in mail.outbox if letter.to == ["voisine@essai.example"]]
    assert len(to_sender) == 2
    page = clients[Role.COORDINATOR].get(kept().url).content.decode()
    assert "La réponse est partie par courriel." in page


def test_an_answer_that_asks_for_no_mail_sends_none(clients, on_commit, queue):
    with on_commit(execute=True):
        clients[Role.VISITOR].post("/contact/", typed(email="voisine@essai.example"))
        clients[Role.COORDINATOR].post(kept().url, {"note": "Oui, le samedi."})
    work()
    to_sender = [letter for letter in mail.outbox if letter.to == ["voisine@essai.example"]]
    assert len(to_sender) == 1


def test_sent_twice_is_one_message_and_other_words_are_another(client, on_commit):
    data = typed(email="voisine@essai.example")
    with on_commit(execute=True):
        first, second = client.post("/contact/", data), client.post("/contact/", data)
    assert first.url == second.url == kept().receipt_url
    assert len(mail.outbox) == 2
    client.post("/contact/", data | {"text": "Encore une chose."})
    assert ContactMessage.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"courriel2": "a@b.example"},
        {"stamp": ""},
        {"stamp": "devine:1abc:xyz"},
        {"text": ""},
        {"subject": "autre-chose"},
        {"phone": "mon numéro"},
    ],
)
def test_what_is_refused_is_given_back(client, changes):
    response = client.post("/contact/", typed(name="Une voisine", **changes))
    assert response.status_code == 422
    assert "Une voisine" in response.content.decode()
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize("age", [{"seconds": 1}, {"hours": 25}])
def test_too_fast_or_too_late_is_asked_again_and_then_taken(client, age):
    response = client.post("/contact/", typed(stamp=stamp(**age)))
    assert response.status_code == 422
    assert "je cherche une épicerie sociale." in response.content.decode()
    again = response.context["form"]["stamp"].value()
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=5)):
        assert client.post("/contact/", typed(stamp=again)).status_code == 302


def test_too_many_messages_wait_an_hour(client):
    statuses = [client.post("/contact/", typed()).status_code for _ in range(11)]
    assert statuses == [302] * 10 + [422]


def test_one_address_gets_few_receipts(on_commit, client):
    with on_commit(execute=True):
        for number in range(5):
            client.post("/contact/", typed(text=f"Mot {number}", email="Cible@essai.example"))
    assert sum(letter.to == ["Cible@essai.example"] for letter in mail.outbox) == 3
    last = client.get(ContactMessage.objects.first().receipt_url).content.decode()
    assert "Pas de courriel cette fois." in last


@pytest.mark.parametrize(
    "hostile",
    [
        {"text": "\x00", "name": "\x00"},
        {"text": "a" * 200_000},
        {"text": "\u202e" * 50},
        {"email": "a@essai.example\nBcc: b@essai.example"},
        {"stamp": "\x00" * 5000},
        {"phone": "0" * 500},
        {"subject": "\x00"},
    ],
)
def test_hostile_input_is_refused_in_words(client, hostile):
    assert client.post("/contact/", typed(**hostile)).status_code == 422


def test_a_name_slips_no_header_in(client, on_commit):
    with on_commit(execute=True):
        client.post("/contact/", typed(name="Moi\r\nBcc: b@essai.example\u202e<script>"))
    message = parsed(mail.outbox[0])
    assert message["Bcc"] is None
    assert message["Subject"].endswith("de Moi Bcc: b@essai.example<script>")
    assert "<script>" not in texts(message)[1]


def test_messages_are_read_by_those_who_oversee_the_network(people, clients):
    clients[Role.VISITOR].post("/contact/", typed())
    waiting = {
        role
        for role, user in people.items()
        if user is not None and any(item.url == kept().url for item in waiting_for(user))
    }
    assert waiting == {Role.COORDINATOR, Role.ADMINISTRATOR}
    assert kept().reference in clients[Role.COORDINATOR].get("/contact/messages/").content.decode()
    for role in (Role.MEMBER, Role.PILOT, Role.MODERATOR, Role.EDITOR, Role.FORMER):
        assert clients[role].get(kept().url).status_code == 404
    other = Site.objects.create(hostname="ailleurs", root_page=kept().site.root_page)
    ContactMessage.objects.update(site=other)
    assert clients[Role.COORDINATOR].get(kept().url).status_code == 404
    assert not any(item.url == kept().url for item in waiting_for(people[Role.ADMINISTRATOR]))


def test_the_answer_is_on_the_receipt_and_in_a_mail_and_ends_the_waiting(people, on_commit):
    visitor, coordinator = client_of(None), client_of(people[Role.COORDINATOR])
    visitor.post("/nl/contact/", typed(email="voisine@essai.example"))
    mail.outbox.clear()
    with on_commit(execute=True):
        coordinator.post(kept().url, {"note": "Oui, le samedi.", "tell": "on"})
    (letter,) = mail.outbox
    plain, html = texts(parsed(letter))
    assert letter.to == ["voisine@essai.example"]
    assert "Oui, le samedi." in plain
    assert '<html lang="nl"' in html
    assert "Oui, le samedi." in visitor.get(kept().receipt_url).content.decode()
    assert not any(item.url == kept().url for item in waiting_for(people[Role.COORDINATOR]))
    late = client_of(people[Role.ADMINISTRATOR]).post(kept().url, {"note": "Non."})
    assert late.status_code == 422
    assert kept().note == "Oui, le samedi."


def test_a_mail_without_words_is_not_sent(clients):
    clients[Role.VISITOR].post("/contact/", typed(email="voisine@essai.example"))
    response = clients[Role.COORDINATOR].post(kept().url, {"note": "", "tell": "on"})
    assert response.status_code == 422
    assert clients[Role.COORDINATOR].post(kept().url, {"note": ""}).status_code == 302


def test_old_messages_are_read_by_nobody_and_go(people, clients, settings):
    clients[Role.VISITOR].post("/contact/", typed())
    old = kept()
    settings.CONTACT_MESSAGE_DAYS = 30
    ContactMessage.objects.update(at=timezone.now() - dt.timedelta(days=31))
    assert clients[Role.VISITOR].get(old.receipt_url).status_code == 404
    assert clients[Role.COORDINATOR].get(old.url).status_code == 404
    clients[Role.VISITOR].post("/contact/", typed(text="Un autre"))
    forget_expired()
    assert kept().text == "Un autre"
