"""What comes next for something that has a page: told by the agenda, which those pages do not
know."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpRequest


@dataclass(frozen=True)
class Upcoming:
    """The next dates, as `components/date_row.html` takes them, and the address of all of them."""

    rows: list
    url: str


Source = Callable[[Model, HttpRequest], Upcoming]
_sources: dict[type[Model], Source] = {}


def register_upcoming(model: type[Model], source: Source) -> None:
    """`source(subject, request)` gives what comes next for a subject of this model, as far as this
    visitor may know."""
    _sources[model] = source


def upcoming_of(subject: Model, request: HttpRequest) -> Upcoming | None:
    """None where nothing tells of it."""
    source = _sources.get(type(subject))
    return source(subject, request) if source else None
