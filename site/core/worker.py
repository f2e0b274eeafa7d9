"""The worker: takes jobs from the queue, one at a time, for as long as it is not asked to stop.

The queue is django_tasks_db's table. This loop stands in its `db_worker`'s place because that one
neither beats, nor takes up what a dead worker left, nor tries again, nor knows periodic jobs
(docs/adr/0010). No transaction is open while a job runs.
"""

import datetime as dt
import logging
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from core.jobs import BACKEND, DELAYS, MAX_TRIES, Periodic, TryAgainError, periodic_jobs
from core.models import PeriodicRun, RunOutcome, WorkerBeat

logger = logging.getLogger("maillage.jobs")

MISSED_BEATS = 6  # then a worker is dead, and its job somebody else's
LATE = dt.timedelta(minutes=5)


class AbandonedError(Exception):
    """Each of the workers that took up this job died."""


class Worker:
    """One worker, known to the others by its `name`."""

    def __init__(self) -> None:
        self.name = secrets.token_hex(8)
        self.stopping = False

    def stop(self, *signal) -> None:
        """Ask for the end: what runs is finished first. Safe in a signal's handler."""
        self.stopping = True

    def run(self) -> None:
        """Work until `stop`. Raises `DatabaseError` when the database does not answer at first;
        later it waits until the database is back."""
        with beating(self.name):
            while not self.stopping:
                if not self._try_step():
                    time.sleep(settings.JOB_POLL_SECONDS)

    def _try_step(self) -> bool:
        try:
            return self.step()
        except (DatabaseError, InterfaceError) as error:
            logger.error("the database does not answer, %s", type(error).__name__)
            return False
        finally:
            close_old_connections()

    def step(self) -> bool:
        """Do what is to be done now, one job at most; gives whether there was one."""
        take_up_again(self.name)
        enqueue_due()
        result = claim(self.name)
        if result is not None:
            perform(result)
        return result is not None


def claim(worker: str) -> DBTaskResult | None:
    """Take the next job for this worker."""
    ready = DBTaskResult.objects.ready().filter(backend_name=BACKEND)
    if not ready.exists():  # asked first: on SQLite the rest locks the whole database
        return None
    with transaction.atomic():
        result = ready.get_locked()
        if result is not None:
            result.claim(worker)
    return result


def perform(result: DBTaskResult) -> None:
    """Run a job that was claimed, and note how it ended. What it raises ends here; the log names
    the error's kind only, since its words may hold people's addresses."""
    given = result.args_kwargs
    try:
        result.set_successful(result.task.call(*given["args"], **given["kwargs"]))
    except TryAgainError as reason:
        tries = len(result.worker_ids)
        if tries < MAX_TRIES:
            result.status = TaskResultStatus.READY
            result.run_after = timezone.now() + DELAYS[tries - 1]
            result.save(update_fields=["status", "run_after"])
            return
        _fail(result, reason)
    except Exception as error:  # whatever it is, the worker goes on
        _fail(result, error)
    else:
        _note(result, RunOutcome.DONE)
        _forget_words(result)


def _fail(result: DBTaskResult, error: Exception) -> None:
    result.set_failed(error)
    _note(result, RunOutcome.FAILED)
    _forget_words(result)
    logger.error("%s %s failed, %s", result.task_path, result.pk, type(error).__name__)


def _forget_words(result: DBTaskResult) -> None:
    """What a job was given may be an address or a code: it goes as soon as the job has ended."""
    DBTaskResult.objects.filter(pk=result.pk).update(args_kwargs={"args": [], "kwargs": {}})


def _note(result: DBTaskResult, outcome: RunOutcome) -> None:
    names = [job.name for job in periodic_jobs() if job.work.module_path == result.task_path]
    if names:
        PeriodicRun.objects.filter(name__in=names).update(
            started_at=result.started_at, finished_at=result.finished_at, outcome=outcome
        )


def alive() -> set[str]:
    """The names of the workers that beat."""
    since = timezone.now() - dt.timedelta(seconds=settings.JOB_BEAT_SECONDS * MISSED_BEATS)
    return set(WorkerBeat.objects.filter(at__gt=since).values_list("worker", flat=True))


def take_up_again(worker: str) -> None:
    """Give back to the queue what dead workers were running. `worker`, which asks between two
    jobs, runs none: what still carries its name was lost when the database did not answer."""
    running = list(DBTaskResult.objects.running().filter(backend_name=BACKEND))
    others = alive() - {worker} if running else set()
    for result in running:
        if result.worker_ids[-1] in others:
            continue
        if len(result.worker_ids) >= MAX_TRIES:
            _fail(result, AbandonedError())
            continue
        # Unless another worker was faster, or it has ended in between.
        same = DBTaskResult.objects.running().filter(pk=result.pk, started_at=result.started_at)
        if same.update(status=TaskResultStatus.READY):
            logger.warning("%s %s is taken up again", result.task_path, result.pk)


def enqueue_due() -> None:
    """Enqueue the periodic jobs that are due. Of several workers one does."""
    now = timezone.now()
    runs = {run.name: run for run in PeriodicRun.objects.all()}
    for periodic in periodic_jobs():
        following = periodic.next_after(now)
        run = runs.get(periodic.name)
        if run is None:
            PeriodicRun.objects.get_or_create(name=periodic.name, defaults={"due_at": following})
        elif run.due_at > following:  # its hour has changed, or the clock was set back
            PeriodicRun.objects.filter(pk=run.pk, due_at=run.due_at).update(due_at=following)
        elif run.due_at <= now and not _is_under_way(periodic):
            with transaction.atomic():
                mine = PeriodicRun.objects.filter(pk=run.pk, due_at=run.due_at)
                if mine.update(due_at=following):
                    periodic.work.enqueue()


def _is_under_way(periodic: Periodic) -> bool:
    return DBTaskResult.objects.filter(
        backend_name=BACKEND,
        task_path=periodic.work.module_path,
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
    ).exists()


@contextmanager
def beating(worker: str) -> Iterator[None]:
    """Show the others that this worker lives, long jobs included, until the block ends."""
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(settings.JOB_BEAT_SECONDS):
            try:
                beat(worker)
            except (DatabaseError, InterfaceError) as error:
                logger.error("no beat, %s", type(error).__name__)
            finally:
                close_old_connections()

    beat(worker)
    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        WorkerBeat.objects.filter(worker=worker).delete()


def beat(worker: str) -> None:
    """Note that this worker lives, and forget those that have not for a day."""
    now = timezone.now()
    WorkerBeat.objects.update_or_create(worker=worker, defaults={"at": now})
    WorkerBeat.objects.filter(at__lt=now - dt.timedelta(days=1)).delete()


def state() -> str:
    """How the jobs are, for whoever watches: `off` when no worker beats, whatever waits; `late`
    when something has waited for more than `LATE`; else `ok`. Three small queries at most."""
    if not alive():
        return "off"
    since = timezone.now() - LATE
    names = [periodic.name for periodic in periodic_jobs()]
    late = PeriodicRun.objects.filter(name__in=names, due_at__lt=since)
    waiting = DBTaskResult.objects.filter(
        Q(run_after__lt=since) | Q(run_after=get_date_max(), enqueued_at__lt=since),
        backend_name=BACKEND,
        status=TaskResultStatus.READY,
    )
    return "late" if late.exists() or waiting.exists() else "ok"
