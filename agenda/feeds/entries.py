"""What calendar programs read of the agenda: series with their rule in a feed that has no end,
single dates in the feed of a period.

A series is written down when its event is published. Where it takes place and at which address
its page is are added at each reading: not everybody may know of a place.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agenda.enums import DateState, Frequency
from agenda.feeds.ical import Entry, Span, with_address, write_event
from agenda.models import DateChange, Event, EventDate, Projection, Timing
from agenda.planning import Planned, at_local
from agenda.recurrence import days_between, rule_parts, without_end
from agenda.selectors.places import known_places
from agenda.wording import say_day, say_hours, say_period
from core.language import current_language

SINCE = dt.timedelta(days=31)  # what a feed without a period still holds of the past
MAX_DESCRIPTION = 700  # characters
SLUG = "cet-evenement"
WHERE = ("event__slug", "event__place", "event__address", "event__room", "event__online_url")


def series_text(timing: Timing, planned: Iterable[Planned]) -> str:
    """A timing of a published event as its rule, and every date of it that changed, in the
    language of the moment; `planned` are the dates that are held. Nothing when there are none, or
    when only a month is known."""
    # A new date follows the one that it takes the place of: the last one is where it stands now.
    now = {date.original_day: date for date in planned}
    if not now or timing.frequency == Frequency.MONTH:
        return ""
    if not timing.comes_back:
        (date,) = now.values()
        return write_event(_date_entry(timing, date))
    rule, days_out = _rule(timing, list(now))
    first = _usual(timing, next(iter(now)))
    series = _entry(timing.event, timing.uid, first, rule=rule, days_out=days_out)
    texts = [write_event(series)]
    for day, date in now.items():
        if date.change:
            entry = _date_entry(timing, date, instead_of=_usual(timing, day))
            texts.append(write_event(entry))
    return "".join(texts)


def _rule(timing: Timing, days: list[dt.date]) -> tuple[str, tuple[dt.date, ...]]:
    """What a calendar program needs to find the same days: the rule from the first one on, and
    the days it leaves out. A rule that leaves days out ends with the last date we know: which days
    come after that, nobody can say yet."""
    recurrence = timing.recurrence
    known = set(days)
    regular = days_between(without_end(recurrence), days[0], days[-1])
    parts = rule_parts(recurrence)
    if recurrence.last or recurrence.count or timing.skip_school or timing.skip_public:
        until = at_local(days[-1], timing.start_time or dt.time())
        parts["UNTIL"] = (
            until.strftime("%Y%m%dT%H%M%SZ") if timing.start_time else f"{days[-1]:%Y%m%d}"
        )
    rule = ";".join(f"{name}={value}" for name, value in parts.items())
    return rule, tuple(day for day in regular if day not in known)


def _date_entry(timing: Timing, date: Planned, **fields) -> Entry:
    """One date of a timing, after what was decided for it."""
    return _entry(timing.event, timing.uid, _span(date), change=date.change, **fields)


def _entry(
    event: Event, name: object, span: Span, *, change: DateChange | None = None, **fields
) -> Entry:
    """An entry of an event; `name` says which, and means something within the event alone."""
    stamp = event.last_published_at or event.created_at
    return Entry(
        uid=str(uuid.uuid5(event.uid, str(name))),
        span=span,
        summary=event.title,
        stamp=max(stamp, change.at) if change else stamp,
        sequence=event.sequence,
        description=_description(event, change),
        categories=(str(event.get_kind_display()),),
        is_cancelled=change is not None and change.state == DateState.CANCELLED,
        **fields,
    )


class Writer:
    """What one reader is given, at the addresses of a request."""

    def __init__(self, request: HttpRequest, reader) -> None:
        page = request.build_absolute_uri(reverse("agenda:event", args=[SLUG]))
        # Once for all: thousands of addresses are found one by one otherwise.
        self.before, _slug, self.after = page.partition(SLUG)
        self.places = known_places(reader)

    def series(self, projections: QuerySet[Projection]) -> Iterator[str]:
        """Each of these as it was written down."""
        written = projections.order_by("pk")
        for text, *where in written.values_list(f"entries_{current_language()}", *WHERE):
            yield self._complete(text, *where)

    def dates(self, dates: Iterable[EventDate]) -> Iterator[str]:
        """Each date as an entry of its own; one that moved is there at its new day."""
        for date in dates:
            if date.day_is_known and date.state != DateState.MOVED:
                event = date.event
                name = f"{date.projection.timing_uid}-{date.original_day}"
                text = write_event(_entry(event, name, _span(date), change=date.change))
                where = event.slug, event.place_id, event.address, event.room, event.online_url
                yield self._complete(text, *where)

    def _complete(
        self, text: str, slug: str, place_id: int | None, address: str, room: str, online_url: str
    ) -> str:
        """Where: the place as far as this reader may know of it, or the address that was typed."""
        place = self.places.get(place_id)
        parts = (place.name, place.address) if place else (address,)
        where = ", ".join(part for part in (*parts, room) if part) or online_url
        return with_address(text, where, f"{self.before}{slug}{self.after}")


def _span(date: Planned | EventDate) -> Span:
    return Span(date.day, date.end_day, date.start_time, date.end_time)


def _usual(timing: Timing, day: dt.date) -> Span:
    """A date as its timing says."""
    return Span(day, day + timing.length, timing.start_time, timing.end_time)


def _description(event: Event, change: DateChange | None) -> str:
    """The word on this date first, then what the event is."""
    parts = []
    if change is not None:
        if change.new_day:
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
    if date.end_day > date.day:
        return say_period(date.day, date.end_day)
    return f"{say_day(date.day)}, {say_hours(date.start_time, date.end_time)}"


def since() -> dt.date:
    """From which day on a feed without a period holds dates."""
    return timezone.localdate() - SINCE
