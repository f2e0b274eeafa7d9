"""The directory's filters: what was asked, what each choice would give, in a bounded number of
queries whatever the number of organisations."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from coordination.directory.enums import KIND_ICONS, Kind, Level
from coordination.directory.models import Organisation, Territory, Theme
from core.facets import Facets
from core.filtered import FilteredList
from core.language import current_language
from core.memory import remember
from core.text import query_words
from core.visibility import reach_of

MAX_PINNED = 3  # needs shown for words that were typed
# Two views of the same list (requirement R097): for people who look for help, for professionals.
SIMPLE, COMPLETE = "simple", "complete"


@dataclass(frozen=True)
class GroupFilter:
    """The filter by group, given by `groupes` so that the directory does not know it.

    `options(user)` lists `{"value", "label", "icon", "thread"}` of the groups this person may see;
    `condition(values, user)` narrows a queryset; `counts(queryset, user)` gives {value: number}.
    """

    options: Callable[[object], list[dict]]
    narrow: Callable[[QuerySet, list[str], object], QuerySet]
    counts: Callable[[QuerySet, object], dict[str, int]]


_group_filter: GroupFilter | None = None


def register_group_filter(group_filter: GroupFilter) -> None:
    global _group_filter
    _group_filter = group_filter


def _prefixes(path: str) -> range:
    """Where the path of a territory can be cut to give those it lies in, itself included."""
    return range(Territory.steplen, len(path) + 1, Territory.steplen)


class DirectorySearch(FilteredList):
    """One visit to the directory."""

    UNKNOWN_PLACE = "a-completer"  # the commune of those that named none
    PARAMETERS = {"theme": "theme", "kind": "famille", "commune": "commune", "groupe": "groupe"}

    def __init__(self, params: QueryDict, user) -> None:
        super().__init__(params, user)
        self.with_neighbours = params.get("voisines") == "1"
        self.default_view = COMPLETE if user.is_authenticated else SIMPLE
        asked_view = params.get("vue", "")
        self.view = asked_view if asked_view in (SIMPLE, COMPLETE) else self.default_view

    @cached_property
    def key(self) -> tuple:
        """All that the counts depend on, memberships that begin and end by date included."""
        return (
            "directory",
            current_language(),
            timezone.localdate(),
            reach_of(self.user).tokens,
            self.query,
            self.with_neighbours,
            tuple((name, tuple(values)) for name, values in self.chosen.items()),
        )

    @cached_property
    def themes(self) -> list[Theme]:
        return remember(("themes",), lambda: list(Theme.objects.all()))

    @cached_property
    def territories(self) -> list[Territory]:
        return remember(("territories",), lambda: list(Territory.objects.order_by("path")))

    @cached_property
    def groups(self) -> list[dict]:
        if _group_filter is None:
            return []
        key = ("group options", current_language(), reach_of(self.user).tokens)
        return remember(key, lambda: _group_filter.options(self.user))

    @cached_property
    def known(self) -> dict[str, dict[str, str]]:
        """Every value of every filter that means something to this person, with its label."""
        return {
            "theme": {theme.slug: theme.name for theme in self.themes},
            "kind": {value: str(label) for value, label in Kind.choices},
            "commune": {territory.slug: territory.name for territory in self.territories}
            | {self.UNKNOWN_PLACE: _("Commune à compléter")},
            "groupe": {group["value"]: group["label"] for group in self.groups},
        }

    def narrowed(self, *, without: str = "") -> QuerySet[Organisation]:
        """What this person may see and asked for; one filter may be left out, to count its
        choices."""
        found = Organisation.objects.visible_to(self.user).matching(self.query)
        chosen = self.chosen
        if chosen["kind"] and without != "kind":
            found = found.filter(kind__in=chosen["kind"])
        if chosen["theme"] and without != "theme":
            through = Organisation.themes.through.objects.filter(theme__slug__in=chosen["theme"])
            found = found.filter(pk__in=through.values("organisation_id"))
        if chosen["commune"] and without != "commune":
            slugs = [*chosen["commune"], *(self.next_door if self.with_neighbours else ())]
            found = found.filter(pk__in=self._within(slugs))
        if chosen["groupe"] and without != "groupe" and _group_filter:
            found = _group_filter.narrow(found, chosen["groupe"], self.user)
        return found

    def _within(self, slugs: list[str]) -> QuerySet:
        places = [territory for territory in self.territories if territory.slug in slugs]
        found = Organisation.objects.none()
        for territory in places:
            found = found | Organisation.objects.within(territory)
        if self.UNKNOWN_PLACE in slugs:
            found = found | Organisation.objects.filter(territory=None, also_active=None)
        return found.values("pk")

    @cached_property
    def next_door(self) -> list[str]:
        """Slugs of the communes that touch those chosen, or that the neighbourhoods chosen touch;
        those chosen left out."""
        chosen = [t for t in self.territories if t.slug in self.chosen["commune"]]
        near = Territory.neighbours.through.objects.filter(
            from_territory__path__in={t.path[:n] for t in chosen for n in _prefixes(t.path)}
        ).values_list("to_territory__slug", flat=True)
        return sorted(set(near) - {t.slug for t in chosen})

    @cached_property
    def total(self) -> int:
        return remember(("total", *self.key), lambda: self.narrowed().count())

    @cached_property
    def beyond(self) -> dict:
        """What a filter by commune leaves out, said so that nobody believes it is all there is
        (requirement R019): `{"near", "near_url", "unplaced", "unplaced_url"}`; empty without one.
        """
        if not self.chosen["commune"] or self.with_neighbours:
            return {}
        return remember(("beyond", self.view, *self.key), self._beyond)

    def _beyond(self) -> dict:
        elsewhere = self.narrowed(without="commune").exclude(pk__in=self.narrowed().values("pk"))
        near = elsewhere.filter(pk__in=self._within(self.next_door)).count()
        unplaced = elsewhere.filter(territory=None, also_active=None).count()
        return {
            "near": near,
            "near_url": self.url(voisines="1"),
            "unplaced": unplaced,
            "unplaced_url": self.url(add=("commune", self.UNKNOWN_PLACE)),
        }

    @cached_property
    def results(self) -> QuerySet[Organisation]:
        return (
            self.narrowed()
            .select_related("territory")
            .prefetch_related("themes")
            .order_by("name", "pk")
        )

    @property
    def shown(self) -> QuerySet[Organisation]:
        """The results in the order of the list: by name; for people who look for help, those that
        can be called or visited first. What a card says besides is read by its piece."""
        found = self.results.select_related(None).prefetch_related(None)
        if self.view == SIMPLE:
            within_reach = Case(When(~Q(phone=""), then=0), When(~Q(address=""), then=1), default=2)
            return found.order_by(within_reach, "name", "pk")
        return found

    @cached_property
    def facets(self) -> Facets:
        """Each filter with its choices, how many each would give, and what lies below what."""
        key = ("facets", *self.key)
        return remember(key, lambda: Facets(self._facets(), key))

    def _facets(self) -> list[dict]:
        return [
            facet
            for facet in (
                self.facet("theme", _("Thème"), self._theme_options()),
                self.facet("commune", _("Commune ou quartier"), self._territory_options()),
                self.facet("kind", _("Sorte d’organisme"), self._kind_options()),
                self.facet("groupe", _("Groupe du réseau"), self._group_options()),
            )
            if facet["options"]
        ]

    @cached_property
    def _theme_counts(self) -> dict[int, int]:
        rows = (
            Organisation.themes.through.objects.filter(
                organisation_id__in=self.narrowed(without="theme").values("pk")
            )
            .values_list("theme_id")
            .annotate(number=Count("organisation_id"))
            .order_by()
        )
        return dict(rows)

    def _theme_options(self) -> list[dict]:
        counts = self._theme_counts
        return [
            {
                "value": theme.slug,
                "label": theme.name,
                "icon": theme.icon,
                "count": counts.get(theme.pk, 0),
            }
            for theme in self.themes
        ]

    def _kind_options(self) -> list[dict]:
        rows = (
            self.narrowed(without="kind")
            .order_by()
            .values_list("kind")
            .annotate(number=Count("pk"))
        )
        counts = dict(rows)
        return [
            {
                "value": value,
                "label": str(label),
                "icon": KIND_ICONS[Kind(value)],
                "count": counts.get(value, 0),
            }
            for value, label in Kind.choices
        ]

    def _territory_options(self) -> list[dict]:
        """Counts per territory hold what lies below, each organisation once."""
        found = self.narrowed(without="commune")
        main = dict(
            found.exclude(territory=None)
            .order_by()
            .values_list("territory_id")
            .annotate(number=Count("pk"))
        )
        more = set(
            Organisation.also_active.through.objects.filter(
                organisation_id__in=found.values("pk")
            ).values_list("organisation_id", "territory_id", "organisation__territory_id")
        )
        path_of = {territory.pk: territory.path for territory in self.territories}
        options = []
        for territory in self.territories:
            count = sum(
                number for pk, number in main.items() if path_of[pk].startswith(territory.path)
            )
            count += len(
                {
                    organisation
                    for organisation, place, home in more
                    if path_of[place].startswith(territory.path)
                    and not path_of.get(home, "").startswith(territory.path)
                }
            )
            options.append(
                {
                    "value": territory.slug,
                    "label": territory.name,
                    "count": count,
                    "depth": territory.depth - 1,
                }
            )
        unplaced = found.filter(territory=None, also_active=None).count()
        options.append(
            {"value": self.UNKNOWN_PLACE, "label": _("Commune à compléter"), "count": unplaced}
        )
        return options

    def _group_options(self) -> list[dict]:
        if not self.groups:
            return []
        counts = _group_filter.counts(self.narrowed(without="groupe"), self.user)
        return [{**group, "count": counts.get(group["value"], 0)} for group in self.groups]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form that narrows this list sends along: the view, when it is not one's own."""
        return [("vue", self.view)] if self.view != self.default_view else []

    @cached_property
    def needs(self) -> list[dict]:
        """The themes that have organisations, in words of every day: `{"label", "icon", "url"}`."""
        return remember(("needs", self.view, *self.key), self._needs)

    def _needs(self) -> list[dict]:
        return [
            {
                "label": theme.need or theme.name,
                "icon": theme.icon,
                "url": self.url(add=("theme", theme.slug)),
            }
            for theme in self.themes
            if self._theme_counts.get(theme.pk)
        ]

    @property
    def pinned(self) -> list[dict]:
        """The needs that the words typed may mean, for who does not know a name: as `needs`, with
        `count`."""
        words = query_words(self.query)
        if not words or self.chosen["theme"]:
            return []
        key = ("pinned", self.view, *self.key)
        return remember(key, lambda: self._pinned(words))

    def _pinned(self, words: list[str]) -> list[dict]:
        return [
            {
                "label": theme.need or theme.name,
                "icon": theme.icon,
                "url": self.url(only=("theme", theme.slug), drop=("q", None)),
                "count": count,
            }
            for theme in self.themes
            if theme.answers(words) and (count := self._visible_per_theme.get(theme.pk))
        ][:MAX_PINNED]

    @cached_property
    def _visible_per_theme(self) -> dict[int, int]:
        visible = Organisation.objects.visible_to(self.user)
        rows = (
            Organisation.themes.through.objects.filter(organisation_id__in=visible.values("pk"))
            .values_list("theme_id")
            .annotate(number=Count("organisation_id"))
            .order_by()
        )
        return dict(rows)

    @property
    def need(self) -> str:
        """The one need that was chosen, in words of every day; empty for none or several."""
        if len(self.chosen["theme"]) != 1 or self.query:
            return ""
        theme = next(t for t in self.themes if t.slug == self.chosen["theme"][0])
        return theme.need or theme.name

    @cached_property
    def towns(self) -> list[dict]:
        """The communes where somebody helps, for the simple view, everywhere first:
        `{"label", "count", "selected", "url"}`."""
        return remember(("towns", self.view, *self.key), self._towns)

    def _towns(self) -> list[dict]:
        communes = {t.slug for t in self.territories if t.level == Level.COMMUNE}
        communes |= set(self.chosen["commune"])
        everywhere = {
            "label": _("Partout"),
            "count": self.narrowed(without="commune").count(),
            "selected": not self.chosen["commune"],
            "url": self.url(only=("commune", "")),
        }
        towns = [
            {
                "label": option["label"],
                "count": option["count"],
                "selected": option["value"] in self.chosen["commune"],
                "url": self.url(only=("commune", option["value"])),
            }
            for option in self._territory_options()
            if option["value"] in communes
            and (option["count"] or option["value"] in self.chosen["commune"])
        ]
        return [everywhere, *sorted(towns, key=lambda town: -town["count"])]

    @property
    def chips(self) -> list[dict]:
        chips = super().chips
        if self.with_neighbours:
            label = _("et les communes voisines")
            chips.append({"label": label, "url": self.url(drop=("voisines", "1"))})
        return chips

    def kept(self, *, drop: str, only: str) -> dict[str, str]:
        neighbours = self.with_neighbours and drop != "voisines" and only != "commune"
        return {
            "voisines": "1" if neighbours else "",
            "vue": self.view if self.view != self.default_view else "",
        }
