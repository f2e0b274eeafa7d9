"""The dates of a form said back: the words, the next ones, and what is not known yet."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils import timezone

from agenda.closures import closed_for, known_until
from agenda.models import Timing
from agenda.recurrence import LATEST, days_from, held_days, last_day
from agenda.wording import say_timing

SHOWN = 5


@dataclass(frozen=True)
class Said:
    """One timing: its words, its next days, and the last day up to which the school holidays that
    it leaves out are known, when it goes on after it."""

    words: str
    days: list[dt.date]
    known_until: dt.date | None
    comes_back: bool


def say_back(timings: Sequence[Timing]) -> list[Said]:
    """Each timing, which must be valid, in words."""
    return [
        Said(say_timing(timing), next_days(timing), beyond(timing), timing.comes_back)
        for timing in timings
    ]


def next_days(timing: Timing) -> list[dt.date]:
    """The next days on which it takes place, today included; the first ones once all are past."""
    recurrence, is_closed = timing.recurrence, closed_for(timing)
    if not recurrence.comes_back:
        return [recurrence.first]
    today = timezone.localdate()
    days = list(islice(days_from(recurrence, today, is_closed), SHOWN))
    return days or list(islice(held_days(recurrence, LATEST, is_closed), SHOWN))


def beyond(timing: Timing) -> dt.date | None:
    """The last known day of school, for a series that leaves holidays out and goes on longer."""
    until = known_until(timing.skip_school)
    if until is None or not timing.comes_back:
        return None
    last = last_day(timing.recurrence, closed_for(timing))
    return until if last is None or last > until else None


def digest(said: Sequence[Said]) -> str:
    """What stands for having seen these words; empty when nothing comes back."""
    if not any(one.comes_back for one in said):
        return ""
    words = "\n".join(f"{one.words} {one.days}" for one in said)
    return hashlib.sha256(words.encode()).hexdigest()[:20]
