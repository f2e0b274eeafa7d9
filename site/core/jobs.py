"""Work that does not happen within a request.

A job is a function of ids: it reads again, and does nothing the second time. `later` gives it to
the worker once the transaction is committed; a periodic job is enqueued when it is due.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django_tasks.base import Task, task

BACKEND = "jobs"


def job(function: Callable) -> Task:
    """Declare a job: `@job` above a function of simple arguments (ids, text, numbers)."""
    return task(backend=BACKEND, queue_name="default")(function)


def later(work: Task, *args) -> None:
    """Have a job done after this transaction; nothing is enqueued when it is rolled back."""
    transaction.on_commit(partial(work.enqueue, *args))


@dataclass(frozen=True)
class Periodic:
    """A job without arguments that is due again and again: every so often, or at an hour of
    Brussels (`at`), each day or on one day of the week (`weekday`, Monday 0)."""

    name: str
    work: Task
    every: dt.timedelta | None = None
    at: dt.time | None = None
    weekday: int | None = None


_periodic: dict[str, Periodic] = {}


def register_periodic(periodic: Periodic) -> None:
    _periodic[periodic.name] = periodic


def periodic_jobs() -> list[Periodic]:
    return list(_periodic.values())
