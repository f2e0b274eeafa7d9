"""What is no longer to be kept goes, and the privacy page says when."""

import datetime as dt
import io
import json
from uuid import uuid4

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.enums import ExportState
from accounts.models import DataExport, Notification
from agenda.models import EventDraft, EventMessage, EventReport, Proposal
from config.env import days
from coordination.directory.enums import ReportState
from coordination.directory.models import ErrorReport, Organisation, OrganisationDraft
from coordination.welcome.models import Invitation, Request
from core import retention, tasks
from core.jobs import periodic_jobs
from core.models import RetentionRun
from core.retention import Retention, forget_expired, register_retention, retentions
from groupes.enums import RequestState
from groupes.models import JoinRequest, WorkingGroup
from home.models import ContactMessage
from home.services.statements import build_statements
from tests.agenda.making import make_event, timing
from tests.conftest import client_of
from tests.core.work.tasks import quick
from tests.people import Role

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)


def ago(number: int) -> dt.datetime:
    return NOW - dt.timedelta(days=number)


@pytest.fixture
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def one_of_each(people, network, queue, noon) -> dict[str, tuple]:
    """Of each kind something whose time is over and something that is kept, by key."""
    user, record = people[Role.MEMBER], Organisation.objects.get(slug="organisme-a")
    kinds = {}

    def add(key, model, field, times, **values):
        rows = [make(model, number, **values) for number in range(len(times))]
        for row, time in zip(rows, times, strict=True):
            model.objects.filter(pk=row.pk).update(**{field: time})
        kinds[key] = (model, [row.pk for row in rows])

    def make(model, number, **values):
        return model.objects.create(
            **{k: v(number) if callable(v) else v for k, v in values.items()}
        )

    add(
        "home.contact",
        ContactMessage,
        "at",
        [ago(366), ago(364)],
        site=network.site,
        subject="help",
        text="Bonjour",
        once=str,
    )
    answered = {"organisation": record, "text": "Faux", "state": ReportState.CORRECTED}
    add("directory.report", ErrorReport, "answered_at", [ago(366), ago(364), None], **answered)
    drafters = [people[Role.MEMBER], people[Role.REPRESENTATIVE]]
    add(
        "directory.draft",
        OrganisationDraft,
        "saved_at",
        [ago(91), ago(89)],
        organisation=record,
        user=lambda number: drafters[number],
    )
    add(
        "groupes.join_request",
        JoinRequest,
        "created_at",
        [ago(800), ago(366), ago(366), ago(800)],
        group=WorkingGroup.objects.first(),
        user=user,
        state=lambda number: [
            RequestState.REFUSED,
            RequestState.WITHDRAWN,
            RequestState.ACCEPTED,
            RequestState.PENDING,
        ][number],
        answered_at=lambda number: [ago(366), None, ago(364), None][number],
    )
    add(
        "accounts.notification",
        Notification,
        "read_at",
        [ago(181), ago(179), None],
        user=user,
        kind="x",
        about=int,
        read_at=NOW,
    )
    add(
        "accounts.session",
        Session,
        "expire_date",
        [ago(1), ago(-1)],
        session_key=lambda number: f"session-{number}",
        session_data="",
        expire_date=NOW,
    )
    add(
        "accounts.device",
        UserSession,
        "last_seen_at",
        [ago(1), ago(1), ago(1)],
        user=user,
        ip="127.0.0.1",
        session_key=lambda number: f"session-{[0, 2, 1][number]}",
    )
    add(
        "accounts.export",
        DataExport,
        "expires_at",
        [ago(1), ago(-1)],
        user=user,
        state=ExportState.READY,
        ready_at=ago(8),
        expires_at=ago(1),
    )

    def unconfirmed_then_waiting(number: int) -> str:
        return ["unconfirmed", "unconfirmed", "waiting"][number]

    asking = {
        "site": network.site,
        "kind": "person",
        "email": "voisine@essai.example",
        "once": lambda number: f"{uuid4()}",
    }
    add(
        "welcome.request_unconfirmed",
        Request,
        "created_at",
        [ago(8), ago(6), ago(8)],
        state=unconfirmed_then_waiting,
        **asking,
    )
    closed = [ago(366), ago(364), None]
    add("welcome.request", Request, "closed_at", closed, state="accepted", **asking)
    add(
        "welcome.invitation",
        Invitation,
        "closed_at",
        [ago(366), ago(364)],
        site=network.site,
        address=lambda number: f"voisine-{number}@essai.example",
        state="accepted",
    )
    for key, state, field, moments in (
        (
            "agenda.proposal_unconfirmed",
            unconfirmed_then_waiting,
            "created_at",
            [ago(8), ago(6), ago(8)],
        ),
        ("agenda.proposal", "withdrawn", "closed_at", closed),
    ):
        mine = [make_event(network, timing(), live=False) for _moment in moments]
        add(
            key,
            Proposal,
            field,
            moments,
            state=state,
            event=lambda number, mine=mine: mine[number],
            once=lambda number: f"{uuid4()}",
            email="voisine@essai.example",
        )
    event = make_event(network, timing())
    words = {"event": event, "text": "Bonjour"}
    add("agenda.message", EventMessage, "at", [ago(366), ago(364)], side="author", **words)
    add(
        "agenda.draft",
        EventDraft,
        "saved_at",
        [ago(91), ago(89)],
        user=user,
        event=lambda number: [None, event][number],
    )
    add(
        "agenda.report",
        EventReport,
        "answered_at",
        [ago(366), ago(364), None],
        once=lambda number: f"{uuid4()}",
        **words,
    )
    ModelLogEntry.objects.all().delete()
    for number in range(2):
        log(instance=network.home, action="wagtail.edit", user=user)
        log(instance=record, action="wagtail.edit", user=user)
        quick.enqueue(str(number))
    for key, model in (("core.page_log", PageLogEntry), ("core.action_log", ModelLogEntry)):
        rows = list(model.objects.order_by("pk").values_list("pk", flat=True))
        model.objects.filter(pk=rows[0]).update(timestamp=ago(3 * 365 + 1))
        kinds[key] = (model, rows)
    jobs = list(DBTaskResult.objects.values_list("pk", flat=True))
    DBTaskResult.objects.filter(pk=jobs[0]).update(status="FAILED", finished_at=ago(15))
    kinds["core.jobs"] = (DBTaskResult, jobs)
    return kinds


GOING = {"groupes.join_request": 2, "accounts.device": 2}  # the others: one


def test_every_kind_that_is_stored_is_tried_here(one_of_each):
    assert one_of_each.keys() == {kind.key for kind in retentions() if kind.expired}


def test_what_is_over_goes_and_everything_else_stays(one_of_each):
    tasks.forget.call()
    for key, (model, rows) in one_of_each.items():
        going = GOING.get(key, 1)
        left = set(model.objects.filter(pk__in=rows).values_list("pk", flat=True))
        assert left == set(rows[going:]), key


@pytest.mark.parametrize("app", ["welcome.request", "agenda.proposal"])
def test_what_is_over_is_there_for_nobody_even_before_the_night(one_of_each, app):
    model, closed = one_of_each[app]
    _model, unconfirmed = one_of_each[f"{app}_unconfirmed"]
    there = set(model.objects.current().values_list("pk", flat=True))
    assert there == {*closed[1:], *unconfirmed[1:]}


def test_a_run_keeps_counts_and_nothing_else(one_of_each, people):
    run = RetentionRun.objects.get(pk=forget_expired().pk)
    assert run.counts == {key: GOING.get(key, 1) for key in one_of_each}
    assert run.failed == []
    words = json.dumps([run.counts, run.failed])
    assert people[Role.MEMBER].email not in words
    assert forget_expired().total == 0, "the second time nothing is left"


def test_a_dry_run_counts_the_same_and_removes_nothing(one_of_each):
    before = {key: model.objects.count() for key, (model, _rows) in one_of_each.items()}
    said = io.StringIO()
    call_command("forget", dry_run=True, stdout=said)
    counts = [int(line.split()[0]) for line in said.getvalue().splitlines()]
    assert counts == [GOING.get(kind.key, 1) for kind in retentions() if kind.expired]
    assert before == {key: model.objects.count() for key, (model, _rows) in one_of_each.items()}
    assert not RetentionRun.objects.exists()
    done = io.StringIO()
    call_command("forget", stdout=done)
    assert [int(line.split()[0]) for line in done.getvalue().splitlines()] == counts


def broken(rows) -> int:
    raise RuntimeError("a name")


def test_a_kind_that_cannot_be_removed_is_said_and_does_not_keep_the_others(
    one_of_each, monkeypatch, caplog
):
    monkeypatch.setattr(retention, "_kinds", dict(retention._kinds))
    first = next(kind for kind in retentions() if kind.key == "core.page_log")
    register_retention(
        Retention(first.key, first.label, first.expired, days=first.days, forget=broken)
    )
    with pytest.raises(CommandError, match="journal des changements"):
        call_command("forget", stdout=io.StringIO())
    run = RetentionRun.objects.get()
    assert run.failed == ["core.page_log"]
    assert run.counts["home.contact"] == 1
    assert "core.page_log was not removed, RuntimeError" in caplog.text
    assert "a name" not in caplog.text


def test_more_rows_than_one_batch_all_go(one_of_each, network, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 10)
    for number in range(35):
        ContactMessage.objects.create(
            site=network.site, subject="help", text="x", once=f"many-{number}"
        )
    ContactMessage.objects.update(at=ago(400))
    assert forget_expired().counts["home.contact"] == 37
    assert not ContactMessage.objects.exists()


def test_it_is_done_each_night():
    (night,) = [periodic for periodic in periodic_jobs() if periodic.work is tasks.forget]
    assert night.at is not None
    assert night.weekday is None


@pytest.mark.parametrize(
    ("language", "address", "words"),
    [
        ("fr", "/vie-privee/", ["47 jours après leur arrivée", "90 jours", "3 ans", "1 an après"]),
        ("nl", "/nl/privacy/", ["47", "90", "3"]),
    ],
)
def test_the_privacy_page_says_each_time_as_it_is(
    client, network, settings, language, address, words
):
    build_statements(network)
    settings.CONTACT_MESSAGE_DAYS = 47
    page = client.get(address).content.decode()
    with override(language):
        for kind in retentions():
            assert str(kind.label) in page
            assert kind.how_long in page
    for word in words:
        assert word in page
    other = client.get(
        address.replace("privacy", "toegankelijkheid").replace("vie-privee", "accessibilite")
    )
    assert 'id="duree"' not in other.content.decode()


@pytest.mark.parametrize("count", ["0", "-3"])
def test_a_time_of_no_day_is_refused(monkeypatch, count):
    monkeypatch.setenv("SOME_DAYS", count)
    with pytest.raises(ImproperlyConfigured, match="SOME_DAYS"):
        days("SOME_DAYS", 10)


def test_who_oversees_sees_the_last_run_and_whether_jobs_run(one_of_each, people):
    client = client_of(people[Role.COORDINATOR])
    page = client.get("/gestion/").content.decode()
    assert "Il ne tourne pas" in page
    assert "Pas encore" in page
    RetentionRun.objects.create(counts={"home.contact": 12, "core.jobs": 0}, failed=["core.limits"])
    page = client.get("/gestion/").content.decode()
    assert "12 choses effacées" in page
    assert "Les messages du formulaire de contact" in page
    assert "Les tâches faites par le site" not in page
    assert "n’ont pas pu être effacés" in page
    assert (
        "Le service des tâches"
        not in client_of(people[Role.PILOT]).get("/gestion/").content.decode()
    )
