"""One date as every list shows it, with nothing in it that its reader may not know."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agenda import facets as stored
from agenda.enums import Access, DateState, Price, Registration
from agenda.models import Event, EventDate, Timing
from agenda.selectors.names import NAMED, territory_names, visible_names
from agenda.wording import say_day, say_frequency
from core.tokens import describe_tokens
from core.visibility import PUBLIC
from core.wording import say_time
from groupes.selectors.groups import known_groups

RELATED = ("event__place", "event__audience", "change", "moved_to", "instead_of", "projection")
# Long texts that no row shows.
UNREAD = (
    *("event__summary_fr", "event__summary_nl", "event__description_fr", "event__description_nl"),
    *("event__search_text", "projection__entries_fr", "projection__entries_nl"),
)


@dataclass(frozen=True)
class DateRow:
    """One date in a list. `title` and `note` are as `Bilingual.said` gives them; `group` and
    `audience` as their components take them; `marks` pairs of a pictogram and a word."""

    url: str
    day: dt.date
    title: dict
    start: str = ""
    end: str = ""
    until: str = ""  # the last day of a long one, and its hour, in words
    end_day: dt.date | None = None  # of its month, when the day is not known
    day_is_known: bool = True
    state: str = DateState.PLANNED
    state_label: str = ""
    note: dict | None = None
    moved_to: dict | None = None  # {"url", "label"}
    moved_from: str = ""
    where: str = ""
    organisers: tuple[str, ...] = ()
    group: dict | None = None  # {"name", "icon", "thread"}
    marks: tuple[tuple[str, str], ...] = ()
    again: str = ""  # « tous les lundis »
    audience: dict | None = None

    @property
    def is_today(self) -> bool:
        """Whether it takes place today, a long one too."""
        last = self.end_day or self.day
        return self.day_is_known and self.day <= timezone.localdate() <= last

    @property
    def has_begun(self) -> bool:
        """Whether it began before today."""
        return self.day_is_known and self.day < timezone.localdate()

    @property
    def is_over(self) -> bool:
        return (self.end_day or self.day) < timezone.localdate()

    @property
    def is_off(self) -> bool:
        return self.state in (DateState.CANCELLED, DateState.MOVED)


@dataclass(frozen=True)
class Day:
    """The dates of one day; `is_known` is false for what takes place some day of its month."""

    day: dt.date
    is_known: bool
    rows: list[DateRow]

    @property
    def is_today(self) -> bool:
        return self.is_known and self.day == timezone.localdate()


def with_related(dates: QuerySet[EventDate]) -> QuerySet[EventDate]:
    """All that `rows_of` reads of these dates, in their own query."""
    return dates.select_related(*RELATED).defer(*UNREAD)


def rows_of(
    dates: Iterable[EventDate], user, names: dict | None = None, *, recurrence: bool = False
) -> list[DateRow]:
    """These dates (read `with_related`) as this person sees them. `names` is what
    `visible_names` gives, read here in one query when it is not known yet; `recurrence` says how
    each comes back, in one query more."""
    dates = list(dates)
    if names is None:
        names = visible_names(user, _slugs(dates))
    groups, territories = known_groups(user), territory_names()
    again = _recurrences(dates) if recurrence and dates else {}
    return [_row(date, user, names, groups, territories, again) for date in dates]


def _recurrences(dates: list[EventDate]) -> dict[tuple, str]:
    """How each date comes back, by event and timing; nothing for what takes place once."""
    events = {date.event_id for date in dates}
    timings = Timing.objects.filter(event__in=events).order_by()
    return {(t.event_id, t.uid): say_frequency(t) for t in timings if t.comes_back}


def by_day(rows: Iterable[DateRow]) -> list[Day]:
    """Rows in order, a group per day; what takes place some day of the month first."""

    def place(row: DateRow) -> tuple:
        return row.day, row.day_is_known

    ordered = sorted(rows, key=place)
    return [Day(*key, list(group)) for key, group in groupby(ordered, key=place)]


def _slugs(dates: list[EventDate]) -> dict[str, set[str]]:
    slugs: dict[str, set[str]] = {facet: set() for facet in NAMED}
    for date in dates:
        for facet, value in stored.read(date.event.facets):
            if facet in slugs:
                slugs[facet].add(value)
    return slugs


def _row(date: EventDate, user, names, groups, territories, again) -> DateRow:
    event = date.event
    page = groups.get(event.group_id)
    is_member = user is not None and user.is_authenticated
    is_for_some = is_member and PUBLIC not in event.audience.tokens
    return DateRow(
        url=date.url,
        day=date.day,
        title=event.said("title"),
        start=say_time(date.start_time) if date.start_time else "",
        end=say_time(date.end_time) if date.end_time else "",
        until=_until(date),
        end_day=date.end_day,
        day_is_known=date.day_is_known,
        state=date.state,
        state_label=str(date.get_state_display()) if date.state != DateState.PLANNED else "",
        note=date.change.said("note") if date.change and date.change.note else None,
        moved_to=_moved_to(date),
        moved_from=say_day(date.instead_of.day) if date.instead_of else "",
        where=where_of(event, names["lieu"], territories),
        organisers=organisers_of(event, names["organisme"]),
        group=group_tag(page) if page else None,
        marks=marks_of(event),
        again=again.get((date.event_id, date.projection.timing_uid), ""),
        audience=describe_tokens(event.audience.tokens) if is_for_some else None,
    )


def _until(date: EventDate) -> str:
    """« samedi 28 mars 2026 à 2 h »; nothing for what is over the same day."""
    if not date.day_is_known or date.end_day == date.day:
        return ""
    said = {"day": say_day(date.end_day), "hour": say_time(date.end_time) if date.end_time else ""}
    return _("%(day)s à %(hour)s") % said if said["hour"] else said["day"]


def group_tag(page) -> dict:
    return {"name": page.group.name, "icon": page.group.icon, "thread": page.group.thread}


def where_of(event: Event, places: dict[str, str], territories: dict[int, str]) -> str:
    """Where, in one line; a place out of reach is not named."""
    if event.place and event.place.slug in places:
        parts = (places[event.place.slug], event.place.address)
        return ", ".join(part for part in parts if part)
    if event.address:
        return event.address
    if event.territory_id in territories:
        return territories[event.territory_id]
    return _("en ligne") if event.online_url else ""


def organisers_of(event: Event, organisations: dict[str, str]) -> tuple[str, ...]:
    """The names of those within reach, the one that leads first."""
    slugs = [value for facet, value in stored.read(event.facets) if facet == "organisme"]
    names = [organisations[slug] for slug in slugs if slug in organisations]
    return (*names, event.other_organisers) if event.other_organisers else tuple(names)


def marks_of(event: Event) -> tuple[tuple[str, str], ...]:
    """What somebody asks first: what it costs, whether one gets in, whether one registers."""
    marks = []
    if event.featured_until and event.featured_until >= timezone.localdate():
        marks.append(("pin", _("À la une")))
    if event.price == Price.FREE:
        marks.append(("euro", _("Gratuit")))
    if Access.STEP_FREE in event.access:
        marks.append(("accessibility", _("Sans marche")))
    if event.registration == Registration.NONE:
        marks.append(("door-open", _("Sans inscription")))
    return tuple(marks)


def _moved_to(date: EventDate) -> dict | None:
    new = getattr(date, "moved_to", None)
    if date.state != DateState.MOVED or new is None:
        return None
    label = say_day(new.day, year=new.day.year != timezone.localdate().year)
    return {"url": date.event.date_url(new.day), "label": label}
