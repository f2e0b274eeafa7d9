"""« Signaler une erreur »."""

import pytest
from django.urls import reverse

from coordination.directory.models import ErrorReport
from core.desk import waiting_for
from core.models import Audience
from tests.people import Role, make_organisation

pytestmark = pytest.mark.django_db


def send(client, organisation, text="Le numéro a changé."):
    url = reverse("directory:organisation_report", args=[organisation.slug])
    return client.post(url, {"text": text})


def test_anyone_reports_and_keeps_a_receipt(clients, organisation):
    response = send(clients[Role.VISITOR], organisation)
    report = ErrorReport.objects.get()
    assert response.url == report.receipt_url
    page = clients[Role.VISITOR].get(response.url).content.decode()
    assert "Le numéro a changé." in page
    assert report.number in page


def test_representative_and_coordinator_are_told_and_nobody_else(people, clients, organisation):
    send(clients[Role.VISITOR], organisation)
    told = {
        role: any("erreur" in item.title for item in waiting_for(user))
        for role, user in people.items()
        if user is not None
    }
    assert {role for role, yes in told.items() if yes} == {
        Role.REPRESENTATIVE,
        Role.COORDINATOR,
        Role.ADMINISTRATOR,
    }
    assert (
        "Une erreur est signalée"
        in clients[Role.REPRESENTATIVE].get("/mon-espace/").content.decode()
    )


def test_answer_is_read_on_the_receipt_and_ends_the_waiting(people, clients, organisation):
    receipt = send(clients[Role.VISITOR], organisation).url
    report = ErrorReport.objects.get()
    url = reverse("directory:report_answer", args=[organisation.slug, report.pk])
    clients[Role.REPRESENTATIVE].post(url, {"state": "corrected", "answer": "Corrigé, merci."})
    assert "Corrigé, merci." in clients[Role.VISITOR].get(receipt).content.decode()
    titles = [item.title for item in waiting_for(people[Role.COORDINATOR])]
    assert not any("erreur" in title for title in titles)
    late = clients[Role.COORDINATOR].post(url, {"state": "unchanged", "answer": "Non."})
    assert late.status_code == 422


def test_reports_are_read_by_those_in_charge_only(clients, organisation):
    send(clients[Role.VISITOR], organisation)
    report = ErrorReport.objects.get()
    url = reverse("directory:report_answer", args=[organisation.slug, report.pk])
    for role in (Role.MEMBER, Role.PILOT, Role.FORMER, Role.MODERATOR):
        assert clients[role].get(url).status_code == 404
    assert "/compte/connexion/" in clients[Role.VISITOR].get(url).url
    other = make_organisation("organisme-b", "Organisme B")
    crossed = reverse("directory:report_answer", args=[other.slug, report.pk])
    assert clients[Role.COORDINATOR].get(crossed).status_code == 404


def test_receipt_is_found_by_its_secret_alone_and_names_nothing_private(clients, organisation):
    receipt = send(clients[Role.VISITOR], organisation).url
    organisation.audience = Audience.objects.for_tokens({"member"})
    organisation.save()
    page = clients[Role.VISITOR].get(receipt).content.decode()
    assert "Organisme A" not in page
    assert clients[Role.VISITOR].get("/repertoire/signalements/devine/").status_code == 404


def test_record_out_of_reach_cannot_be_reported(clients, organisation):
    organisation.audience = Audience.objects.for_tokens({"member"})
    organisation.save()
    assert send(clients[Role.VISITOR], organisation).status_code == 404
    assert not ErrorReport.objects.exists()


def test_robot_that_fills_everything_is_refused(clients, organisation):
    url = reverse("directory:organisation_report", args=[organisation.slug])
    response = clients[Role.VISITOR].post(url, {"text": "achetez", "courriel2": "a@b.example"})
    assert response.status_code == 422
    assert not ErrorReport.objects.exists()


def test_too_many_reports_from_one_address_wait_an_hour(clients, organisation):
    statuses = [send(clients[Role.VISITOR], organisation).status_code for _ in range(12)]
    assert statuses == [302] * 10 + [422] * 2
    page = send(clients[Role.VISITOR], organisation, "À garder").content.decode()
    assert "À garder" in page
