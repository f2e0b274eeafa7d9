"""The journal as it is read: what was done, by whom, about what, the newest first."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import IntegerField, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.enums import JournalKind
from accounts.journal import condition, kind_of
from accounts.models import NetworkMembership, User
from core.search import find
from core.text import query_words
from core.visibility import reach_of

LOGS = (ModelLogEntry, PageLogEntry)
BATCH = 500


@dataclass(frozen=True)
class Line:
    """One sensitive action. `who` is empty when the portal did it by itself."""

    at: dt.datetime
    who: str
    what: str
    about: str
    kind: JournalKind


@dataclass(frozen=True)
class JournalSearch:
    """What is looked for: words of a person, a kind, days (the last one included), words of an
    organisation, a group, or whatever else it is about."""

    who: str = ""
    kind: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    about: str = ""


def entries(user, search: JournalSearch) -> QuerySet:
    """The rows of both logs that this person may read and looks for: `{"pk", "timestamp",
    "log"}`, the newest first. Read a page of them with `lines`."""
    parts = [
        model.objects.filter(
            condition(search.kind, pages=model is PageLogEntry),
            _within(user),
            _matching(user, search),
        )
        .order_by()
        .annotate(log=Value(number, output_field=IntegerField()))
        .values("pk", "timestamp", "log")
        for number, model in enumerate(LOGS)
    ]
    return parts[0].union(*parts[1:], all=True).order_by("-timestamp", "-log", "-pk")


def _within(user) -> Q:
    """What the people of one's own networks did, and what the portal did by itself."""
    networks = reach_of(user).networks
    mine = NetworkMembership.objects.filter(site__in=networks).values("user")
    elsewhere = NetworkMembership.objects.exclude(site__in=networks).values("user")
    return Q(user=None) | Q(user__in=mine) | ~Q(user__in=elsewhere)


def _matching(user, search: JournalSearch) -> Q:
    found = Q()
    if words := query_words(search.who):
        people = User.objects.all()
        for word in words:
            people = people.filter(search_text__contains=word)
        found &= Q(user__in=people.values("pk"))
    if search.first:
        found &= Q(timestamp__gte=_midnight(search.first))
    if search.last:
        found &= Q(timestamp__lt=_midnight(search.last + dt.timedelta(days=1)))
    if search.about:
        # As typed, or by the name of what is found by it, accents ignored.
        about = Q(label__icontains=search.about)
        for kind in find(search.about, user):
            for one in kind["found"]:
                about |= Q(label__contains=one.label)
        found &= about
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def lines(rows) -> list[Line]:
    """What rows of `entries` say, in the language of the moment."""
    rows = list(rows)
    found = {}
    for number, model in enumerate(LOGS):
        wanted = [row["pk"] for row in rows if row["log"] == number]
        logged = model.objects.filter(pk__in=wanted).select_related("content_type")
        found |= {(number, entry.pk): entry for entry in logged.prefetch_related("user")}
    people = User.objects.in_bulk(
        {entry.data.get("successor") for entry in found.values()} - {None}
    )
    for entry in found.values():
        entry.people = people
    keys = [(row["log"], row["pk"]) for row in rows]
    return [_line(found[key]) for key in keys if key in found]


def _line(entry) -> Line:
    model = entry.content_type.model_class() if entry.content_type else None
    who = ""
    if entry.user_id:
        who = str(entry.user) if entry.user else _("quelqu’un qui n’a plus de compte")
    return Line(
        at=entry.timestamp,
        who=who,
        what=str(entry.message),
        about=entry.label,
        kind=kind_of(entry.action, model),
    )


def all_lines(user, search: JournalSearch) -> Iterator[Line]:
    """Every line, read in batches."""
    rows = entries(user, search)
    first = 0
    while batch := list(rows[first : first + BATCH]):
        yield from lines(batch)
        first += BATCH
