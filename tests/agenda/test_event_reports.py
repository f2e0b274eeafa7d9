"""Anyone says that something is wrong with an event."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Notification
from agenda.enums import ReportState
from agenda.models import EventReport
from agenda.services.reports import answer_report
from coordination.directory.models import Organisation
from core.models import Audience
from tests.agenda.making import make_event, timing
from tests.agenda.posting import stamp
from tests.conftest import client_of
from tests.people import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(network, people):
    organisation = Organisation.objects.get(slug="organisme-a")
    return make_event(network, timing(), organisers=[organisation])


def url(event) -> str:
    return reverse("agenda:event_report", args=[event.slug])


def typed(**changes) -> dict:
    return {"text": "C’est annulé.", "stamp": stamp(), **changes}


def test_a_visitor_reports_and_reads_the_answer_on_the_receipt(client, people, event):
    data = typed()
    first = client.post(url(event), data)
    assert client.post(url(event), data)["Location"] == first["Location"]  # once
    report = EventReport.objects.get()
    told = Notification.objects.filter(kind="agenda.reported", read_at=None)
    assert {row.user for row in told} == {
        people[role]
        for role in (Role.REPRESENTATIVE, Role.MODERATOR, Role.COORDINATOR, Role.ADMINISTRATOR)
    }
    browser = client_of(people[Role.REPRESENTATIVE])
    assert browser.get(report.url).status_code == 200
    assert browser.post(report.url, {"answer": ""}).status_code == 422
    browser.post(report.url, {"state": "corrected", "answer": "Merci, c’est corrigé."})
    assert EventReport.objects.get().state == ReportState.CORRECTED
    assert not told.all().exists()
    assert "Merci, c’est corrigé." in client.get(report.receipt_url).content.decode()
    again = browser.post(report.url, {"state": "unchanged", "answer": ""})
    assert again.status_code == 422


def test_others_neither_read_nor_answer_a_report(client, people, event):
    report = EventReport.objects.create(event=event, text="Faux", once="r")
    assert client.get(report.url).status_code == 302  # asked to sign in
    for role in (Role.MEMBER, Role.PILOT, Role.EDITOR):
        browser = client_of(people[role])
        assert browser.get(report.url).status_code == 404
        assert browser.post(report.url, {"state": "corrected"}).status_code == 404


def test_the_service_takes_no_answer_from_others(people, event):
    report = EventReport.objects.create(event=event, text="Faux", once="r")
    for role in (Role.MEMBER, Role.PILOT, Role.EDITOR):
        with pytest.raises(PermissionDenied):
            answer_report(actor=people[role], report=report, state="corrected", answer="")
    report.refresh_from_db()
    assert report.state == ReportState.OPEN


def test_an_event_out_of_reach_cannot_be_reported_nor_read_from_a_receipt(client, people, event):
    report = EventReport.objects.create(event=event, text="Faux", once="r")
    event.audience = Audience.objects.for_tokens(["member"])
    event.save(update_fields=["audience"])
    assert client.get(url(event)).status_code == 404
    assert client.post(url(event), typed()).status_code == 404
    assert client.get(report.url).status_code == 404
    assert str(event) not in client.get(report.receipt_url).content.decode()


@pytest.mark.parametrize(
    "changes",
    [{"text": ""}, {"text": "x" * 5000}, {"text": "\x00"}, {"courriel2": "x"}, {"stamp": "x"}],
    ids=str,
)
def test_odd_reports_are_refused_in_words(client, event, changes):
    response = client.post(url(event), typed(**changes))
    assert response.status_code == 422
    assert not EventReport.objects.exists()


def test_too_many_from_one_place_are_asked_to_wait(client, event):
    for number in range(10):
        assert client.post(url(event), typed(text=f"Faux {number}")).status_code == 302
    assert client.post(url(event), typed(text="Encore")).status_code == 422
