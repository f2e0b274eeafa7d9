"""Work that does not happen within a request.

A job is a function of ids: it reads again, and does nothing the second time. `later` gives it to
the worker once the transaction is committed; a periodic job is enqueued when it is due. The worker
is `manage.py work` (core.worker).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task, task

BACKEND = "jobs"
BRUSSELS = ZoneInfo("Europe/Brussels")

# A job that raises `TryAgainError` waits these times between its tries; then it has failed.
DELAYS = [
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=8),
]
# Tries of one job in all: those it asked for, and those that ended with their worker.
MAX_TRIES = len(DELAYS) + 1


class TryAgainError(Exception):
    """Raised by a job that cannot be done now and may be later: the mail server does not answer.
    What it has done until then must be safe to meet again."""


def job(function: Callable) -> Task:
    """Declare a job: `@job` above a function of simple arguments (ids, text, numbers)."""
    return task(backend=BACKEND, queue_name="default")(function)


def later(work: Task, *args) -> None:
    """Have a job done after this transaction; nothing is enqueued when it is rolled back."""
    transaction.on_commit(partial(work.enqueue, *args))


@dataclass(frozen=True)
class Periodic:
    """A job without arguments that is due again and again: every so often, or at an hour of
    Brussels (`at`), each day or on one day of the week (`weekday`, Monday 0).

    It runs once though several workers are up, and once after a long stop. It is not due again
    before it has ended.
    """

    name: str
    work: Task
    every: dt.timedelta | None = None
    at: dt.time | None = None
    weekday: int | None = None

    def next_after(self, moment: dt.datetime) -> dt.datetime:
        """When the job is due next, later than `moment`, in UTC.

        An hour that the change to summer time skips is the same time after it (2:30 becomes 3:30);
        of an hour that comes twice the first counts.
        """
        if self.every is not None:
            return moment + self.every
        today = timezone.localdate(moment, BRUSSELS)
        for ahead in range(9):
            day = today + dt.timedelta(days=ahead)
            # Compared in UTC: within one time zone Python compares the clocks on the wall.
            due = dt.datetime.combine(day, self.at, BRUSSELS).astimezone(dt.UTC)
            if due > moment and self.weekday in (None, day.weekday()):
                return due
        raise ValueError(f"{self.name}: no such day of the week")


_periodic: dict[str, Periodic] = {}


def register_periodic(periodic: Periodic) -> None:
    """Have a periodic job done from now on. Its `name` is stable, `app.verb`."""
    _periodic[periodic.name] = periodic


def periodic_jobs() -> list[Periodic]:
    return list(_periodic.values())
