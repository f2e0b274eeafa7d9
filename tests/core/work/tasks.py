"""Each job writes a line into the file that WORK_NOTES names: « name word process »."""

import os
import time
from pathlib import Path

from core.jobs import TryAgainError, job


def note(*words) -> None:
    with Path(os.environ["WORK_NOTES"]).open("a") as notes:
        notes.write(f"{' '.join(map(str, words))}\n")


@job
def quick(word: str) -> None:
    note("quick", word)


@job
def slow(seconds: float) -> None:
    """Long enough to be killed; takes no time once somebody has begun it before."""
    begun = "slow begins" in Path(os.environ["WORK_NOTES"]).read_text()
    note("slow begins", os.getpid())
    time.sleep(0 if begun else seconds)
    note("slow ends", os.getpid())


@job
def long(seconds: float) -> None:
    note("long begins", os.getpid())
    time.sleep(seconds)
    note("long ends", os.getpid())


@job
def failing() -> None:
    raise RuntimeError("a secret word")


@job
def not_yet() -> None:
    note("not yet")
    raise TryAgainError


@job
def tick() -> None:
    note("tick", os.getpid())
