"""When jobs are due, how often they are tried, and what a monitor is told."""

import datetime as dt
from itertools import pairwise

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core import worker
from core.jobs import BRUSSELS, DELAYS, MAX_TRIES, Periodic, periodic_jobs, register_periodic
from core.models import PeriodicRun, RunOutcome, WorkerBeat
from tests.core.work.tasks import failing, not_yet, quick, tick

NIGHT = Periodic("tests.night", tick, at=dt.time(2, 30))


def in_utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


def in_brussels(*parts: int, fold: int = 0) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=BRUSSELS, fold=fold)


def due_between(periodic: Periodic, start: dt.datetime, end: dt.datetime) -> list[dt.datetime]:
    """Every time a job is due, asked as a worker asks: after each run, some seconds later."""
    found = []
    while (start := periodic.next_after(start)) < end:
        found.append(start)
        start += dt.timedelta(seconds=20)
    return found


def test_a_nightly_job_is_due_at_its_hour_in_winter_and_in_summer():
    assert NIGHT.next_after(in_utc(2026, 1, 10, 1, 29)) == in_utc(2026, 1, 10, 1, 30)
    assert NIGHT.next_after(in_utc(2026, 1, 10, 1, 30)) == in_utc(2026, 1, 11, 1, 30)
    assert NIGHT.next_after(in_utc(2026, 7, 10, 0, 29)) == in_utc(2026, 7, 10, 0, 30)
    assert NIGHT.next_after(in_utc(2026, 7, 10, 22, 30)) == in_utc(2026, 7, 11, 0, 30)


def test_an_hour_that_is_skipped_in_spring_is_due_once_all_the_same():
    week = due_between(NIGHT, in_brussels(2026, 3, 26, 12), in_brussels(2026, 4, 1, 12))
    assert [moment.astimezone(BRUSSELS).strftime("%d %H:%M") for moment in week] == [
        *("27 02:30", "28 02:30"),
        "29 03:30",
        *("30 02:30", "31 02:30", "01 02:30"),
    ]


def test_an_hour_that_comes_twice_in_autumn_is_due_once():
    week = due_between(NIGHT, in_brussels(2026, 10, 22, 12), in_brussels(2026, 10, 28, 12))
    assert [moment.astimezone(BRUSSELS).strftime("%d %H:%M %z") for moment in week] == [
        *("23 02:30 +0200", "24 02:30 +0200"),
        "25 02:30 +0200",
        *("26 02:30 +0100", "27 02:30 +0100", "28 02:30 +0100"),
    ]
    second = in_brussels(2026, 10, 25, 2, 15, fold=1)
    assert NIGHT.next_after(second) == in_utc(2026, 10, 26, 1, 30)


@pytest.mark.parametrize("weekday", range(7))
def test_a_weekly_job_is_due_on_its_day_across_both_changes(weekday):
    weekly = Periodic("tests.week", tick, at=dt.time(7), weekday=weekday)
    year = due_between(weekly, in_utc(2026, 1, 1), in_utc(2027, 1, 1))
    there = [moment.astimezone(BRUSSELS) for moment in year]
    assert len(there) in (52, 53)
    assert {(moment.weekday(), moment.hour) for moment in there} == {(weekday, 7)}
    assert {(b.date() - a.date()).days for a, b in pairwise(there)} == {7}


def test_a_job_every_so_often_is_due_after_that_time():
    every = Periodic("tests.every", tick, every=dt.timedelta(minutes=1))
    assert every.next_after(in_utc(2026, 3, 29, 0, 59, 30)) == in_utc(2026, 3, 29, 1, 0, 30)


@pytest.fixture
def notes(tmp_path, monkeypatch):
    monkeypatch.setenv("WORK_NOTES", str(tmp_path / "notes"))
    (tmp_path / "notes").touch()
    return lambda: (tmp_path / "notes").read_text().splitlines()


@pytest.fixture
def only(monkeypatch):
    """No periodic job but those that a test names."""

    def declare(*periodic: Periodic) -> None:
        monkeypatch.setattr("core.jobs._periodic", {})
        for one in periodic:
            register_periodic(one)

    declare()
    return declare


def step() -> bool:
    return worker.Worker().step()


@pytest.mark.django_db
def test_what_a_job_was_given_goes_when_it_has_ended(queue, notes, only):
    enqueued = quick.enqueue("accueil@essai.example")
    assert "accueil" in str(DBTaskResult.objects.get(pk=enqueued.id).args_kwargs)
    assert step()
    row = DBTaskResult.objects.get(pk=enqueued.id)
    assert row.status == TaskResultStatus.SUCCESSFUL
    assert "accueil" not in str(row.args_kwargs)


@pytest.mark.django_db
def test_a_job_that_cannot_be_done_yet_is_tried_again_later_and_not_for_ever(
    queue, notes, only, caplog
):
    enqueued = not_yet.enqueue()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for tries, delay in enumerate(DELAYS, start=1):
            assert step()
            assert not step(), "not before its time"
            assert len(notes()) == tries
            clock.shift(delay)
        assert not caplog.records
        assert step()
        clock.shift(dt.timedelta(days=7))
        assert not step()
    assert len(notes()) == MAX_TRIES
    assert DBTaskResult.objects.get(pk=enqueued.id).status == TaskResultStatus.FAILED
    assert "not_yet" in caplog.text


@pytest.mark.django_db
def test_a_job_that_kills_its_workers_is_given_up_and_said(queue, notes, only, caplog):
    enqueued = quick.enqueue("jamais")
    for _number in range(MAX_TRIES):
        worker.take_up_again("somebody")
        assert worker.claim("dead") is not None
    worker.take_up_again("somebody")
    assert worker.claim("dead") is None
    assert DBTaskResult.objects.get(pk=enqueued.id).status == TaskResultStatus.FAILED
    assert not notes()
    assert "AbandonedError" in caplog.text


@pytest.mark.django_db
def test_what_a_worker_lost_with_the_database_is_taken_up_by_itself(queue, notes, only):
    enqueued = quick.enqueue("bonjour")
    mine = worker.Worker()
    worker.beat(mine.name)
    worker.claim(mine.name)
    assert mine.step()
    assert DBTaskResult.objects.get(pk=enqueued.id).status == TaskResultStatus.SUCCESSFUL
    assert notes() == ["quick bonjour"]


@pytest.mark.django_db
def test_the_last_run_of_a_periodic_job_says_how_it_ended(queue, notes, only):
    only(
        Periodic("tests.good", tick, every=dt.timedelta(hours=1)),
        Periodic("tests.bad", failing, every=dt.timedelta(hours=1)),
    )
    step()
    assert set(PeriodicRun.objects.values_list("name", "outcome")) == {
        ("tests.good", ""),
        ("tests.bad", ""),
    }, "the first time is not yet due"
    with time_machine.travel(timezone.now() + dt.timedelta(hours=2), tick=False):
        assert step()
        assert step()
        assert not step()
    assert set(PeriodicRun.objects.values_list("name", "outcome")) == {
        ("tests.good", RunOutcome.DONE),
        ("tests.bad", RunOutcome.FAILED),
    }


@pytest.mark.django_db
def test_a_new_hour_holds_from_the_next_deployment(queue, only):
    only(Periodic("tests.night", tick, every=dt.timedelta(days=30)))
    step()
    only(Periodic("tests.night", tick, every=dt.timedelta(minutes=1)))
    step()
    soon = timezone.now() + dt.timedelta(minutes=2)
    assert PeriodicRun.objects.get().due_at < soon


def jobs_of(client) -> str:
    response = client.get("/sante/")
    assert response.status_code == 200
    return response.json()["jobs"]


@pytest.mark.django_db
def test_a_monitor_is_told_whether_jobs_are_done(
    client, queue, only, django_assert_max_num_queries
):
    only(NIGHT)
    assert jobs_of(client) == "off", "no worker has ever lived"
    worker.beat("one")
    assert jobs_of(client) == "ok"
    quick.enqueue("bonjour")
    assert jobs_of(client) == "ok"
    with time_machine.travel(timezone.now() + worker.LATE + dt.timedelta(seconds=5)):
        assert jobs_of(client) == "off", "the worker is dead"
        worker.beat("two")
        assert jobs_of(client) == "late", "a job has waited too long"
        with django_assert_max_num_queries(3):
            worker.state()
        DBTaskResult.objects.all().delete()
        assert jobs_of(client) == "ok"
        PeriodicRun.objects.create(name="tests.gone", due_at=timezone.now() - dt.timedelta(days=30))
        assert jobs_of(client) == "ok", "nobody declares that job any more"
        PeriodicRun.objects.create(name=NIGHT.name, due_at=timezone.now() - dt.timedelta(minutes=6))
        assert jobs_of(client) == "late", "a periodic job is overdue"


@pytest.mark.django_db
def test_a_job_that_waits_for_its_next_try_is_not_late(client, queue, only, notes):
    not_yet.enqueue()
    step()
    with time_machine.travel(timezone.now() + DELAYS[0] - dt.timedelta(seconds=1)):
        worker.beat("one")
        assert jobs_of(client) == "ok"


@pytest.mark.django_db
def test_beats_of_long_ago_are_forgotten():
    WorkerBeat.objects.create(worker="old", at=timezone.now() - dt.timedelta(days=2))
    worker.beat("new")
    assert list(WorkerBeat.objects.values_list("worker", flat=True)) == ["new"]


def test_there_is_no_worker_where_jobs_are_done_at_once():
    with pytest.raises(CommandError):
        call_command("work")


def test_periodic_jobs_have_a_time():
    for periodic in periodic_jobs():
        assert (periodic.every is None) != (periodic.at is None), periodic.name
