"""One visit to the agenda: the period and the filters that were asked, what each choice would
give, and the dates themselves.

The filters read `Event.facets`, one column made at publication. A handful of queries answer for a
period, whatever the filters: how many dates each event has there and what the events are found by,
from which all counts are made; the dates that begin in it; the long ones that are not over.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Site

from agenda import facets as stored
from agenda.enums import Access, EventKind, Price, Registration, Target
from agenda.models import Event, EventDate, Projection
from agenda.models.dates import EventDateQuerySet, OfEventsQuerySet
from agenda.models.event import EventQuerySet
from agenda.period import SHORTCUTS, Period, asked_period, parse_day
from agenda.selectors.names import NAMED, all_territories, visible_names
from agenda.wording import say_period
from coordination.directory.enums import SpokenLanguage
from coordination.directory.models import Territory, Theme
from core.facets import Facets
from core.filtered import FilteredList
from core.language import current_language
from core.memory import remember
from core.text import query_words
from core.visibility import reach_of
from groupes.selectors.groups import known_groups

ARTICLE_27 = "article27"


@dataclass(frozen=True)
class EventCount:
    """One event of the period: how many dates it has there, how many of them began before, and
    what it is found by."""

    pk: int
    number: int
    running: int
    facets: frozenset[tuple[str, str]]


def shortcut_labels() -> dict[str, str]:
    """The quick ways to ask for a period, in words."""
    return {
        "aujourdhui": _("Aujourd’hui"),
        "demain": _("Demain"),
        "week-end": _("Ce week-end"),
        "vacances": _("Pendant les vacances"),
    }


def beginning_in(period: Period) -> Q:
    return Q(day__range=(period.first, period.last))


def running_at(day) -> Q:
    """Long dates that began before this day and are not over: few, with an index of their own."""
    # Found by themselves first: together with a day, SQLite would read the whole past.
    long = EventDate.objects.filter(end_day__gte=day, end_day__gt=F("day")).order_by()
    return Q(pk__in=long.values("pk"), day__lt=day)


class AgendaSearch(FilteredList):
    """One visit to the agenda of a network, for one person.

    `period` is given by addresses that name one (a day, a week, a month); otherwise `du`, `au` or
    `quand` say it.
    """

    PARAMETERS = {name: name for name in stored.NAMES}

    def __init__(self, params: QueryDict, user, site: Site, period: Period | None = None) -> None:
        super().__init__(params, user)
        self.site = site
        self.has_own_period = period is None
        self.period_message = ""
        if period is None:
            period, self.period_message = asked_period(params)
        self.period = period

    # --- What was asked ---

    @cached_property
    def known(self) -> dict[str, dict[str, str]]:
        return {
            "theme": {theme.slug: theme.name for theme in self.themes},
            "groupe": {slug: page.group.name for slug, page in self.groups.items()},
            "organisme": self.names["organisme"],
            "commune": {territory.slug: territory.name for territory in self.territories},
            "sorte": _labels(EventKind),
            "public": _labels(Target),
            "langue": _labels(SpokenLanguage),
            "prix": _labels(Price) | {ARTICLE_27: _("ticket Article 27")},
            "acces": _labels(Access),
            "inscription": _labels(Registration),
            "lieu": self.names["lieu"],
            "programme": self.names["programme"],
        }

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """What is asked for and what the period holds of organisations, places and programmes, as
        far as this person may know of them: their names by facet and slug."""
        slugs = {name: set(self.asked[name]) for name in NAMED}
        for event in self.events:
            for name, value in event.facets:
                if name in slugs:
                    slugs[name].add(value)
        return visible_names(self.user, slugs)

    @cached_property
    def themes(self) -> list[Theme]:
        return remember(("themes",), lambda: list(Theme.objects.all()))

    @cached_property
    def territories(self) -> list[Territory]:
        return all_territories()

    @cached_property
    def groups(self) -> dict[str, object]:
        """The pages of the groups within reach, by the group's slug."""
        return {page.group.slug: page for page in known_groups(self.user).values()}

    @property
    def message(self) -> str:
        return self.period_message or super().message

    @cached_property
    def shortcut(self) -> str:
        """The word that the period was asked with, « week-end »; empty when it was asked otherwise
        or means nothing."""
        asked = self.params.get("quand", "") if self.has_own_period else ""
        return asked if asked in SHORTCUTS and not self.period_message else ""

    @property
    def asks_period(self) -> bool:
        """Whether the query string says which period, and is understood."""
        said = any(parse_day(self.params.get(name, "").strip()) for name in ("du", "au"))
        return bool(self.shortcut) or (self.has_own_period and said)

    @property
    def typed_dates(self) -> dict[str, str] | None:
        """What stands in the fields of a period: empty when none was asked; None where the address
        says the period."""
        if not self.has_own_period:
            return None
        first, last = self.period.bounds if self.asks_period else ("", "")
        return {"first": str(first), "last": str(last)}

    @property
    def chips(self) -> list[dict]:
        chips = super().chips
        if self.asks_period:
            label = shortcut_labels().get(self.shortcut) or say_period(*self.period.bounds)
            chips.append({"label": label, "url": self.url(only=("quand", ""))})
        return chips

    def kept(self, *, drop: str, only: str) -> dict[str, str]:
        """The period goes along, unless the address already says it."""
        if not self.has_own_period:
            return {}
        names = {"quand"} if self.params.get("quand") in SHORTCUTS else {"du", "au"}
        changes_period = {drop, only} & {"quand", "du", "au"}
        return {name: self.params.get(name, "") for name in sorted(names) if not changes_period}

    # --- What there is ---

    @cached_property
    def key(self) -> tuple:
        """All that the counts depend on."""
        return (
            *("agenda", self.site.pk, current_language(), reach_of(self.user).tokens),
            *(self.period, self.query),
            tuple((name, tuple(values)) for name, values in self.asked.items()),
        )

    @cached_property
    def events(self) -> list[EventCount]:
        """Every event of the period that this person may see, before the filters."""
        running = Counter(
            EventDate.objects.filter(running_at(self.period.first)).values_list(
                "event_id", flat=True
            )
        )
        numbers = Counter(running)
        dates = EventDate.objects.filter(beginning_in(self.period)).order_by()
        numbers.update(dict(dates.values_list("event_id").annotate(number=Count("pk"))))
        visible = Event.objects.visible_to(self.user).matching(self.query)
        rows = visible.filter(site=self.site, pk__in=list(numbers)).order_by()
        return [
            EventCount(pk, numbers[pk], running[pk], frozenset(stored.read(facets)))
            for pk, facets in rows.values_list("pk", "facets")
        ]

    @cached_property
    def _counted(self) -> tuple[int, int, dict[str, Counter]]:
        """How many dates there are, how many of them began before, and how many each choice of
        each filter would give: with the other filters as they are, and its own left out."""
        wanted = {name: set(values) for name, values in self.chosen.items() if values}
        total = running = 0
        counts: dict[str, Counter] = {name: Counter() for name in self.PARAMETERS}
        for event in self.events:
            missed = [
                name
                for name, values in wanted.items()
                if not any((name, value) in event.facets for value in values)
            ]
            if not missed:
                total += event.number
                running += event.running
            if len(missed) > 1:
                continue
            for name, value in event.facets:
                if name in counts and (not missed or missed == [name]):
                    counts[name][value] += event.number
        return total, running, counts

    @property
    def total(self) -> int:
        return self._counted[0]

    @property
    def running_total(self) -> int:
        """How many of them began before the period."""
        return self._counted[1]

    def matching(self) -> EventDateQuerySet:
        """The dates that the filters leave, of any period."""
        return self._filtered(EventDate.objects)

    def series(self) -> OfEventsQuerySet:
        """The series and single dates, as calendar programs read them, that the filters leave."""
        return self._filtered(Projection.objects)

    def without_dates(self) -> EventQuerySet:
        """The events that the filters leave of those that are to come and have no date yet."""
        coming = EventDate.objects.filter(event=OuterRef("pk"), end_day__gte=timezone.localdate())
        found = self._filtered(Event.objects, "").filter(~Exists(coming), dates_to_confirm=True)
        return found.order_by("pk")

    def _filtered(self, everything, event: str = "event__"):
        """What a manager holds, of the events that are asked for; `event` leads to them."""
        found = everything.visible_to(self.user).filter(**{f"{event}site": self.site})
        for word in query_words(self.query):
            found = found.filter(**{f"{event}search_text__contains": word})
        for name, values in self.chosen.items():
            if values:
                condition = Q()
                for value in values:
                    condition |= Q(**{f"{event}facets__contains": stored.word(name, value)})
                found = found.filter(condition)
        return found

    @cached_property
    def dates(self) -> EventDateQuerySet:
        """The dates that begin in the period, in order."""
        return self.matching().filter(beginning_in(self.period)).in_order()

    @cached_property
    def running(self) -> EventDateQuerySet:
        """The long dates that began before the period and are not over; asked for when there are
        any."""
        if not self.running_total:
            return EventDate.objects.none()
        return self.matching().filter(running_at(self.period.first)).in_order()

    @cached_property
    def day_after(self) -> dt.date | None:
        """The first day with a date after the period; None when there is none."""
        return self._later().first()

    @cached_property
    def days_around(self) -> tuple[dt.date | None, dt.date | None]:
        """The last day with a date before the period and the first one after it, or None: one
        query."""
        nearest = (Subquery(days[:1]) for days in (self._earlier(), self._later()))
        return Site.objects.filter(pk=self.site.pk).values_list(*nearest).get()

    def _earlier(self) -> QuerySet:
        days = self.matching().filter(day__lt=self.period.first).order_by("-day")
        return days.values_list("day", flat=True)

    def _later(self) -> QuerySet:
        days = self.matching().filter(day__gt=self.period.last).order_by("day")
        return days.values_list("day", flat=True)

    # --- The filters as they are shown ---

    @cached_property
    def facets(self) -> Facets:
        key = ("facets", *self.key)
        return remember(key, lambda: Facets(self._facets(), key))

    def _facets(self) -> list[dict]:
        labels = {
            "groupe": _("Groupe du réseau"),
            "theme": _("Thème"),
            "commune": _("Commune ou quartier"),
            "public": _("Pour qui"),
            "prix": _("Prix"),
            "acces": _("Accès"),
            "inscription": _("Inscription"),
            "langue": _("Langue"),
            "sorte": _("Sorte"),
            "organisme": _("Organisme"),
            "lieu": _("Lieu"),
            "programme": _("Programme"),
        }
        shown = [self.facet(name, label, self._options(name)) for name, label in labels.items()]
        return [facet for facet in shown if facet["options"]]

    def _options(self, name: str) -> list[dict]:
        counts = self._counted[2][name]
        return [
            {"value": value, "label": label, "count": counts[value], **self._look(name, value)}
            for value, label in self.known[name].items()
        ]

    def _look(self, name: str, value: str) -> dict:
        """The pictogram, the thread or the depth of a choice."""
        if name == "groupe":
            group = self.groups[value].group
            return {"icon": group.icon, "thread": group.thread}
        if name == "theme":
            return {"icon": self._theme_icons[value]}
        if name == "commune":
            return {"depth": self._depths[value]}
        return {}

    @cached_property
    def _theme_icons(self) -> dict[str, str]:
        return {theme.slug: theme.icon for theme in self.themes}

    @cached_property
    def _depths(self) -> dict[str, int]:
        return {territory.slug: territory.depth - 1 for territory in self.territories}


def _labels(choices) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices if value}
