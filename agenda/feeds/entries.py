"""What calendar programs read of the agenda: series with their rule in a feed that has no end,
single dates in the feed of a period."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from agenda.enums import DateState
from agenda.feeds.ical import Entry, Span
from agenda.models import DateChange, Event, EventDate, Projection, Timing
from agenda.selectors.places import known_places
from agenda.wording import say_day, say_hours

SINCE = dt.timedelta(days=31)  # what a feed without a period still holds of the past
MAX_DESCRIPTION = 700  # characters


class Writer:
    """Turns dates and series into entries, at the addresses of a request, for one reader."""

    def __init__(self, request: HttpRequest, reader) -> None:
        self.origin = f"{request.scheme}://{request.get_host()}"
        self.host = request.get_host().split(":")[0]
        self.places = known_places(reader)

    def series(self, projections: QuerySet[Projection]) -> Iterator[Entry]:
        """Each timing of the events as its rule, and every date of it that changed."""
        rows = list(projections.select_related("event"))
        events = {row.event_id for row in rows}
        # The key of a timing comes from a form: it means something within its event alone.
        found = Timing.objects.filter(event__in=events)
        timings = {(timing.event_id, timing.uid): timing for timing in found}
        # Those of dates that still are: what was decided for others says nothing any more.
        changed = EventDate.objects.filter(event__in=events, instead_of=None)
        changes: dict[int, list[DateChange]] = {}
        for date in changed.exclude(change=None).select_related("change").order_by("original_day"):
            changes.setdefault(date.projection_id, []).append(date.change)
        for row in rows:
            timing = timings[row.event_id, row.timing_uid]
            yield from self._one_series(row, timing, changes.get(row.pk, []))

    def _one_series(
        self, projection: Projection, timing: Timing, changes: list[DateChange]
    ) -> Iterator[Entry]:
        event, first = projection.event, projection.first_day
        if not projection.rule:
            change = changes[0] if changes else None
            span = _changed(_span(timing, first), timing, change)
            yield self._entry(event, timing.uid, span, change=change)
            return
        yield self._entry(
            event,
            timing.uid,
            _span(timing, first),
            rule=projection.rule,
            days_out=projection.days_left_out,
        )
        for change in changes:
            usual = _span(timing, change.original_day)
            span = _changed(usual, timing, change)
            yield self._entry(event, timing.uid, span, change=change, instead_of=usual)

    def dates(self, dates: Iterable[EventDate]) -> Iterator[Entry]:
        """Each date as an entry of its own; one that moved is there at its new day."""
        for date in dates:
            if date.day_is_known and date.state != DateState.MOVED:
                span = Span(date.day, date.end_day, date.start_time, date.end_time)
                uid = f"{date.projection.timing_uid}-{date.original_day}"
                yield self._entry(date.event, uid, span, change=date.change)

    def _entry(
        self, event: Event, uid: object, span: Span, *, change: DateChange | None = None, **fields
    ) -> Entry:
        stamp = event.last_published_at or event.created_at
        return Entry(
            uid=f"{event.uid}-{uid}@{self.host}",
            span=span,
            summary=event.title,
            stamp=max(stamp, change.at) if change else stamp,
            sequence=event.sequence,
            url=self.origin + event.url,
            description=_description(event, change),
            location=self._location(event),
            categories=(str(event.get_kind_display()),),
            is_cancelled=change is not None and change.state == DateState.CANCELLED,
            **fields,
        )

    def _location(self, event: Event) -> str:
        """Where: the place as far as this reader may know of it, or the address that was typed."""
        place = self.places.get(event.place_id)
        parts = (place.name, place.address) if place else (event.address,)
        where = ", ".join(part for part in (*parts, event.room) if part)
        return where or event.online_url


def _span(timing: Timing, day: dt.date) -> Span:
    return Span(day, day + timing.length, timing.start_time, timing.end_time)


def _changed(usual: Span, timing: Timing, change: DateChange | None) -> Span:
    """Where and when a date takes place after what was decided for it."""
    if change is None or change.state not in (DateState.MOVED, DateState.CHANGED):
        return usual
    day = change.new_day if change.state == DateState.MOVED else usual.day
    has_hours = change.new_start_time is not None or change.state == DateState.CHANGED
    return Span(
        day,
        day + timing.length,
        change.new_start_time if has_hours else usual.start_time,
        change.new_end_time if has_hours else usual.end_time,
    )


def _description(event: Event, change: DateChange | None) -> str:
    """The word on this date first, then what the event is."""
    parts = []
    if change is not None:
        if change.state == DateState.MOVED:
            parts.append(
                _("Reporté : avait lieu le %(day)s.") % {"day": say_day(change.original_day)}
            )
        parts.append(change.note)
    parts.append(event.summary or event.description[:MAX_DESCRIPTION])
    if event.registration_how:
        parts.append(event.registration_how)
    if event.contact_phone:
        parts.append(event.contact_phone)
    return "\n".join(part for part in parts if part)


def said_when(date: EventDate) -> str:
    """« jeudi 12 mars 2026, de 13 h 30 à 15 h », for feeds that only have words."""
    return f"{say_day(date.day)}, {say_hours(date.start_time, date.end_time)}"


def since() -> dt.date:
    """From which day on a feed without a period holds dates."""
    return timezone.localdate() - SINCE
