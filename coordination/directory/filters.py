"""The directory's filters: what was asked, what each choice would give, in a bounded number of
queries whatever the number of organisations."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from coordination.directory.enums import KIND_ICONS, Kind
from coordination.directory.models import Organisation, Territory, Theme
from core.text import MAX_QUERY

MAX_CHOICES = 20  # values read per filter


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


class DirectorySearch:
    """One visit to the directory: reads the query string of a request, for one person.

    A value that means nothing is left out and named in `message`; nothing raises.
    """

    NAMES = ("theme", "kind", "commune", "groupe")
    PARAMETERS = {"theme": "theme", "kind": "famille", "commune": "commune", "groupe": "groupe"}

    def __init__(self, params: QueryDict, user) -> None:
        self.params = params
        self.user = user
        self.query = " ".join(params.get("q", "")[:MAX_QUERY].split())
        self.was_cut = len(params.get("q", "")) > MAX_QUERY
        self.asked = {
            name: list(dict.fromkeys(params.getlist(self.PARAMETERS[name])))[:MAX_CHOICES]
            for name in self.NAMES
        }

    @cached_property
    def themes(self) -> list[Theme]:
        return list(Theme.objects.all())

    @cached_property
    def territories(self) -> list[Territory]:
        return list(Territory.objects.order_by("path"))

    @cached_property
    def groups(self) -> list[dict]:
        return _group_filter.options(self.user) if _group_filter else []

    @cached_property
    def known(self) -> dict[str, dict[str, str]]:
        """Every value of every filter that means something to this person, with its label."""
        return {
            "theme": {theme.slug: theme.name for theme in self.themes},
            "kind": {value: str(label) for value, label in Kind.choices},
            "commune": {territory.slug: territory.name for territory in self.territories},
            "groupe": {group["value"]: group["label"] for group in self.groups},
        }

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        return {
            name: [value for value in values if value in self.known[name]]
            for name, values in self.asked.items()
        }

    @property
    def message(self) -> str:
        unknown = [
            value
            for name, values in self.asked.items()
            for value in values
            if value and value not in self.known[name]
        ]
        if unknown:
            return _("Un filtre n’a pas été compris et n’a pas été appliqué. Les autres le sont.")
        if self.was_cut:
            return _("La recherche est limitée à %(number)d signes : la fin a été laissée.") % {
                "number": MAX_QUERY
            }
        return ""

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
            found = found.filter(pk__in=self._within(chosen["commune"]))
        if chosen["groupe"] and without != "groupe" and _group_filter:
            found = _group_filter.narrow(found, chosen["groupe"], self.user)
        return found

    def _within(self, slugs: list[str]) -> QuerySet:
        places = [territory for territory in self.territories if territory.slug in slugs]
        found = Organisation.objects.none()
        for territory in places:
            found = found | Organisation.objects.within(territory)
        return found.values("pk")

    @cached_property
    def results(self) -> QuerySet[Organisation]:
        return (
            self.narrowed()
            .select_related("territory")
            .prefetch_related("themes")
            .order_by("name", "pk")
        )

    @cached_property
    def facets(self) -> list[dict]:
        """Each filter with its choices, how many each would give, and what lies below what."""
        return [
            facet
            for facet in (
                self._facet("theme", _("Thème"), self._theme_options()),
                self._facet("commune", _("Commune ou quartier"), self._territory_options()),
                self._facet("kind", _("Sorte d’organisme"), self._kind_options()),
                self._facet("groupe", _("Groupe du réseau"), self._group_options()),
            )
            if facet["options"]
        ]

    def _facet(self, name: str, label: str, options: list[dict]) -> dict:
        chosen = set(self.chosen[name])
        shown = []
        for option in options:
            option = {"icon": "", "thread": "", "depth": 0, **option}
            option["selected"] = option["value"] in chosen
            if option["count"] or option["selected"]:
                shown.append(option)
        return {"name": self.PARAMETERS[name], "label": label, "options": shown}

    def _theme_options(self) -> list[dict]:
        rows = (
            Organisation.themes.through.objects.filter(
                organisation_id__in=self.narrowed(without="theme").values("pk")
            )
            .values_list("theme_id")
            .annotate(number=Count("organisation_id"))
            .order_by()
        )
        counts = dict(rows)
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
        return options

    def _group_options(self) -> list[dict]:
        if not self.groups:
            return []
        counts = _group_filter.counts(self.narrowed(without="groupe"), self.user)
        return [{**group, "count": counts.get(group["value"], 0)} for group in self.groups]

    @property
    def chips(self) -> list[dict]:
        """What is applied, each with the address that takes it away."""
        chips = []
        if self.query:
            label = _("« %(query)s »") % {"query": self.query}
            chips.append({"label": label, "url": self._url(drop=("q", None))})
        for name, values in self.chosen.items():
            for value in values:
                chips.append(
                    {
                        "label": self.known[name][value],
                        "url": self._url(drop=(self.PARAMETERS[name], value)),
                    }
                )
        return chips

    def _url(self, *, drop: tuple[str, str | None]) -> str:
        params = QueryDict(mutable=True)
        if self.query and drop[0] != "q":
            params["q"] = self.query
        for name, values in self.chosen.items():
            parameter = self.PARAMETERS[name]
            kept = [value for value in values if (parameter, value) != drop]
            if kept:
                params.setlist(parameter, kept)
        return f"?{params.urlencode()}" if params else "?"
