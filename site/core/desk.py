"""What waits for somebody: one list, to which each app adds its own items.

It stands on the account page, and for those who have one on the first page of the admin.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

MAX_PER_SOURCE = 20


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, about what, where to do it, since when."""

    title: str
    url: str
    detail: str = ""
    icon: str = "hourglass"
    thread: str = ""
    since: dt.date | None = None


Source = Callable[[object], Iterable[Waiting]]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """`source(user)` gives what waits for a signed-in person, the oldest first, in a bounded
    number of queries and at most `MAX_PER_SOURCE` items."""
    if source not in _sources:
        _sources.append(source)


def waiting_for(user) -> list[Waiting]:
    """Everything that waits for this person, by app."""
    return [item for source in _sources for item in source(user)]
