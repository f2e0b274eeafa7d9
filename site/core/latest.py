"""What is new for somebody: one list, to which each app adds its own."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Latest:
    """One new thing: what it is in a word (`kind`), its title and address, and when it came."""

    kind: str
    title: str
    url: str
    when: dt.date
    icon: str
    detail: str = ""
    thread: str = ""
    lang: str = ""


Source = Callable[[object, int], Iterable[Latest]]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """`source(user, limit)` gives at most `limit` things this person may see, the newest first, in
    a bounded number of queries."""
    if source not in _sources:
        _sources.append(source)


def latest_for(user, limit: int) -> list[Latest]:
    """The newest things of all apps, the newest first."""
    found = [item for source in _sources for item in source(user, limit)]
    return sorted(found, key=lambda item: item.when, reverse=True)[:limit]
