"""The moderators' screen: what waits, what looks like it, how long it took."""

import datetime as dt
from dataclasses import dataclass
from difflib import SequenceMatcher
from statistics import median

from django.db.models import Q
from django.utils import timezone
from django.utils.timesince import timesince

from agenda.enums import ReportState
from agenda.models import Decision, Event, EventReport, Proposal
from agenda.permissions import moderated_events, proposals_for
from agenda.spoken import next_days
from agenda.wording import say_duration
from core.paging import page_of
from core.text import fold, query_words

PER_PAGE = 30
ALIKE = 0.8  # ratio of difflib between two folded titles
MAX_CANDIDATES = 300
MAX_SHOWN = 5
MAX_REPORTS = 20
MAX_DECISIONS = 2000  # of one month


class Queue:
    """What waits for one person, the oldest first, with the counters of this month."""

    def __init__(self, user, number: str | None) -> None:
        waiting = proposals_for(user).waiting().select_related("event__group", "sent_by")
        waiting = waiting.prefetch_related("event__organisings__organisation")
        self.page = page_of(waiting, number, PER_PAGE)
        self.rows = [_row(proposal) for proposal in self.page]
        events = Event.objects.filter(moderated_events(user)).values("pk")
        reports = EventReport.objects.filter(state=ReportState.OPEN, event__in=events)
        self.reports = reports.select_related("event")[:MAX_REPORTS]
        self.counters = counters(events, waiting=self.page.paginator.count)


def _row(proposal: Proposal) -> dict:
    """A proposal with who organises it and how long it has waited, in words."""
    event = proposal.event
    organisers = [row.organisation.name for row in event.organisings.all()]
    return {
        "proposal": proposal,
        "organisers": ", ".join(organisers) or event.other_organisers,
        "waited": timesince(proposal.sent_at, depth=1),
    }


@dataclass(frozen=True)
class Counters:
    """`waiting` proposals; of this month, how many decisions, the median time to answer and the
    time spent in all."""

    waiting: int
    decided: int
    answered_in: dt.timedelta | None
    spent: dt.timedelta

    @property
    def answered_in_words(self) -> str:
        return say_duration(self.answered_in) if self.answered_in is not None else ""

    @property
    def spent_words(self) -> str:
        return say_duration(self.spent)


def counters(events, *, waiting: int) -> Counters:
    month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = Decision.objects.filter(event__in=events, at__gte=month).values_list("waited", "spent")
    times = list(rows[:MAX_DECISIONS])
    return Counters(
        waiting=waiting,
        decided=len(times),
        answered_in=dt.timedelta(seconds=median(w for w, _s in times)) if times else None,
        spent=dt.timedelta(seconds=sum(spent for _waited, spent in times)),
    )


def look_alikes(event: Event, user) -> list[Event]:
    """At most `MAX_SHOWN` events that may be this one, the likest first: nearly the same title, or
    the same place on one of its next days. Published ones within reach, and those that wait for
    this person."""
    waiting = Event.objects.filter(moderated_events(user), proposal__state="waiting")
    known = Event.objects.filter(
        Q(pk__in=Event.objects.visible_to(user).values("pk")) | Q(pk__in=waiting.values("pk"))
    ).exclude(pk=event.pk)
    scored = {}
    for candidate in _near_titles(event, known):
        score = SequenceMatcher(None, fold(event.title), fold(candidate.title)).ratio()
        if score >= ALIKE:
            scored[candidate] = score
    for candidate in _same_place(event, known):
        scored[candidate] = scored.get(candidate, 0) + 1
    return sorted(scored, key=lambda found: (-scored[found], found.pk))[:MAX_SHOWN]


def _near_titles(event: Event, known):
    condition = Q(pk=None)
    for word in query_words(event.title)[:6]:
        if len(word) > 3:
            condition |= Q(title_fr__icontains=word[:5]) | Q(title_nl__icontains=word[:5])
            condition |= Q(search_text__contains=word[:5])
    return known.filter(condition).order_by("-created_at")[:MAX_CANDIDATES]


def _same_place(event: Event, known):
    days = {day for timing in event.timings.all() for day in next_days(timing)}
    if event.place_id is None or not days:
        return []
    same = known.filter(place=event.place_id)
    there = same.filter(dates__day__in=days) | same.filter(timings__first__in=days)
    return there.distinct()[:MAX_SHOWN]
