"""Real workers, in processes of their own, on a database in a file or on PostgreSQL."""

import contextlib
import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.jobs import later
from core.models import PeriodicRun, RunOutcome, WorkerBeat
from tests.core.work.tasks import failing, long, quick, slow, tick

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(settings.SITE).parent
PATIENCE = 60  # seconds: what a crowded machine may need, never what it does need


@dataclass
class Works:
    """Where workers work: what they write, and those that run."""

    folder: Path
    environment: dict[str, str]
    running: list[subprocess.Popen] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        return (self.folder / "notes").read_text().splitlines()

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def start(self, count: int = 1) -> list[subprocess.Popen]:
        """Start workers, and wait until each has said that it lives."""
        with (self.folder / "log").open("a") as log:
            started = [
                subprocess.Popen(
                    [sys.executable, "manage.py", "work"],
                    cwd=ROOT,
                    env=self.environment,
                    stdout=log,
                    stderr=log,
                )
                for _number in range(count)
            ]
        self.running += started
        known = WorkerBeat.objects.count
        before = known()
        wait_until(lambda: known() >= before + count, self)
        return started

    def stop(self, process: subprocess.Popen) -> int:
        process.send_signal(signal.SIGTERM)
        return process.wait(PATIENCE)


def wait_until(holds: Callable[[], bool], works: Works) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"nothing came: {works.notes} {works.log}"
        time.sleep(0.05)


@contextlib.contextmanager
def database_of_all(folder: Path) -> Iterator[str]:
    """A database that other processes reach, as its address: PostgreSQL's is one; SQLite's, which
    is in this process's memory, is copied into a file."""
    given = connection.settings_dict
    if connection.vendor != "sqlite":
        yield "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**given)
        return
    connection.ensure_connection()
    memory, name, options = connection.connection, given["NAME"], given["OPTIONS"]
    path = folder / "work.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as copy:
        memory.backup(copy)
    connection.connection = None
    given |= {"NAME": str(path), "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20}}
    try:
        yield f"sqlite:///{path}"
    finally:
        connection.close()
        given |= {"NAME": name, "OPTIONS": options}
        connection.connection = memory


@pytest.fixture
def works(tmp_path, queue, monkeypatch) -> Iterator[Works]:
    (tmp_path / "notes").touch()
    (tmp_path / "log").touch()
    with database_of_all(tmp_path) as address:
        works = Works(
            tmp_path,
            os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "tests.core.work.settings",
                "DATABASE_URL": address,
                "MAILLAGE_VAR": str(tmp_path / "var"),
                "WORK_NOTES": str(tmp_path / "notes"),
                "JOB_POLL_SECONDS": "0.05",
                "JOB_BEAT_SECONDS": "0.5",
            },
        )
        try:
            yield works
        finally:
            for process in works.running:
                process.kill()
                process.wait()


def result_of(enqueued) -> DBTaskResult:
    return DBTaskResult.objects.get(pk=enqueued.id)


def is_done(enqueued) -> bool:
    return result_of(enqueued).status == TaskResultStatus.SUCCESSFUL


def test_a_job_is_done_and_a_failing_one_does_not_stop_the_worker(works):
    works.start()
    failed, done = failing.enqueue(), quick.enqueue("bonjour")
    wait_until(lambda: is_done(done), works)
    wait_until(lambda: result_of(failed).status == TaskResultStatus.FAILED, works)
    assert works.notes == ["quick bonjour"]
    assert "tests.core.work.tasks.failing" in works.log
    assert "a secret word" not in works.log, "what an error says may name people"


def test_a_job_is_enqueued_when_its_transaction_is_committed_and_only_then(works):
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        later(quick, "perdu")
        raise ZeroDivisionError
    with transaction.atomic():
        later(quick, "gardé")
        assert not DBTaskResult.objects.exists()
    works.start()
    wait_until(lambda: bool(works.notes), works)
    assert works.notes == ["quick gardé"]
    assert DBTaskResult.objects.filter(task_path=quick.module_path).count() == 1


def test_each_of_many_jobs_is_done_once_by_two_workers(works):
    for number in range(40):
        quick.enqueue(str(number))
    works.start(2)
    wait_until(lambda: not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists(), works)
    assert sorted(works.notes) == sorted(f"quick {number}" for number in range(40))


def test_what_is_due_runs_once_though_two_workers_are_up_and_many_times_were_missed(works):
    PeriodicRun.objects.create(name="tests.tick", due_at=timezone.now() - dt.timedelta(days=3))
    works.start(2)
    run = PeriodicRun.objects.get
    wait_until(lambda: run(name="tests.tick").outcome == RunOutcome.DONE, works)
    time.sleep(1)
    assert len(works.notes) == 1
    assert run(name="tests.tick").due_at > timezone.now() + dt.timedelta(minutes=50)
    again = dt.timedelta(hours=1)
    PeriodicRun.objects.filter(name="tests.tick").update(due_at=timezone.now() - again)
    wait_until(lambda: len(works.notes) == 2, works)


def test_a_killed_workers_job_is_taken_up_again_and_finished(works):
    enqueued = slow.enqueue(PATIENCE)
    (victim,) = works.start()
    wait_until(lambda: bool(works.notes), works)
    victim.kill()
    victim.wait()
    assert result_of(enqueued).status == TaskResultStatus.RUNNING
    works.start()
    wait_until(lambda: is_done(enqueued), works)
    assert [line.rpartition(" ")[0] for line in works.notes] == [
        "slow begins",
        "slow begins",
        "slow ends",
    ]
    assert works.notes[0].split()[-1] == str(victim.pid)
    assert works.notes[1].split()[-1] != str(victim.pid)


def test_a_long_job_of_a_living_worker_is_left_to_it(works):
    enqueued = long.enqueue(5)  # seconds: longer than six beats
    works.start(2)
    wait_until(lambda: is_done(enqueued), works)
    assert len(works.notes) == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_asked_to_stop_ends_what_runs_and_begins_nothing(works, number):
    first = long.enqueue(1.5)
    (worker,) = works.start()
    wait_until(lambda: bool(works.notes), works)
    second = quick.enqueue("plus tard")
    worker.send_signal(number)
    worker.send_signal(number)  # somebody impatient
    assert worker.wait(PATIENCE) == 0
    assert is_done(first)
    assert result_of(second).status == TaskResultStatus.READY
    assert not WorkerBeat.objects.exists()


def test_an_idle_worker_stops_at_once(works):
    (worker,) = works.start()
    begun = time.monotonic()
    assert works.stop(worker) == 0
    assert time.monotonic() - begun < 5


def test_periodic_jobs_are_not_due_again_before_they_have_ended(works):
    tick.enqueue()
    PeriodicRun.objects.create(name="tests.tick", due_at=timezone.now() - dt.timedelta(days=1))
    works.start()
    wait_until(lambda: len(works.notes) == 2, works)
    ended = list(DBTaskResult.objects.filter(task_path=tick.module_path).order_by("enqueued_at"))
    assert ended[1].enqueued_at >= ended[0].finished_at
