"""Stopping and choosing from a mail, without signing in."""

import re

import pytest
from django.core import mail, signing
from django.utils import timezone

from accounts.enums import When
from accounts.models import NetworkMembership, NotificationChoice, User
from accounts.notifications import (
    kinds_for,
)
from accounts.notifications.links import SALT, choices_link, read_link, stop_link
from accounts.notifications.mails import mail_soon
from coordination.directory.services.record import save_record
from coordination.directory.services.reports import report_error
from tests.accounts.notifications.telling import later, send
from tests.conftest import client_of
from tests.core.test_mail import parsed, texts
from tests.people import Role


def headers_of(people, organisation) -> dict:
    report_error(actor=None, organisation=organisation, text="Fermé.")
    send(mail_soon)
    (letter,) = [m for m in mail.outbox if m.to == [people[Role.REPRESENTATIVE].email]]
    return parsed(letter)


def test_a_mail_is_stopped_by_one_post_and_by_no_get(client, people, organisation):
    message = headers_of(people, organisation)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = re.fullmatch(r"\s*<http://testserver(/\S+)>", message["List-Unsubscribe"])[1]
    for ask in (client.get, client.head):
        assert ask(url).status_code == 200
    assert not NotificationChoice.objects.exists()
    strict = client_of(None)
    strict.handler.enforce_csrf_checks = True
    response = strict.post(url, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    choice = NotificationChoice.objects.get()
    assert (choice.user, choice.kind, choice.when) == (
        people[Role.REPRESENTATIVE],
        "directory.report",
        When.NEVER,
    )
    report_error(actor=None, organisation=organisation, text="Encore.")
    mail.outbox.clear()
    send(mail_soon)
    assert people[Role.REPRESENTATIVE].email not in [m.to[0] for m in mail.outbox]


def test_the_header_stops_all_that_a_mail_tells_and_each_link_its_own(people, organisation):
    save_record(
        actor=people[Role.COORDINATOR], organisation=organisation, values={"phone": "02 123 45 67"}
    )
    message = headers_of(people, organisation)
    both = {"directory.report", "directory.change"}
    text, _html = texts(message)
    links = {message["List-Unsubscribe"].strip("<> \n"), *re.findall(r"http\S+/stop/\S+", text)}
    stopped = [set(read_link(url.split("/")[-2])[1]) for url in links]
    assert sorted(stopped, key=len)[-1] == both
    assert {frozenset(kinds) for kinds in stopped} == {frozenset({one}) for one in both} | {
        frozenset(both)
    }


def test_the_choices_open_from_a_mail_and_open_nothing_else(client, people):
    url = choices_link(people[Role.PILOT])
    response = client.get(url)
    assert response.status_code == 200
    assert people[Role.PILOT].email not in response.content.decode()
    data = {kind.key: When.NEVER for kind in kinds_for(people[Role.PILOT])}
    assert client.post(url, data).status_code == 302
    assert NotificationChoice.objects.filter(user=people[Role.PILOT]).count() == len(data)
    assert client.get("/mon-espace/avis/").status_code == 302  # still nobody
    assert client.post(url, {"groupes.request": "often"}).status_code == 422


@pytest.mark.parametrize("link", [choices_link, lambda user: stop_link(user, ["groupes.shared"])])
def test_a_link_that_is_no_longer_theirs_does_nothing(client, people, link):
    url = link(people[Role.PILOT])
    forged = url[:-3] + ("aa/" if not url.endswith("aa/") else "bb/")
    assert client.post(forged, {}).status_code == 404
    with later(days=91):
        assert client.post(url, {}).status_code == 404
    User.objects.filter(pk=people[Role.PILOT].pk).update(email="autre@essai.example")
    assert client.post(url, {}).status_code == 404
    User.objects.filter(pk=people[Role.PILOT].pk).update(
        email=people[Role.PILOT].email, is_active=False
    )
    assert client.post(url, {}).status_code == 404
    User.objects.filter(pk=people[Role.PILOT].pk).update(is_active=True)
    NetworkMembership.objects.filter(user=people[Role.PILOT]).update(end=timezone.localdate())
    assert client.post(url, {}).status_code == 404
    assert not NotificationChoice.objects.exists()


def test_no_address_stands_in_a_link(people):
    path = stop_link(people[Role.PILOT], ["groupes.shared"])
    words = signing.loads(path.split("/")[-2], salt=SALT)
    assert "essai" not in str(words)
