"""A list that is narrowed by the query string: what was asked, said back, and the addresses of
the same list with one thing more or less."""

from collections.abc import Mapping

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.text import MAX_QUERY

MAX_CHOICES = 20  # values read per filter


class FilteredList:
    """One visit to a list: reads the query string of a request, for one person.

    A subclass names its filters in `PARAMETERS` (name in the code: name in addresses) and says in
    `known` which values mean something to this person. A value that means nothing is left out and
    named in `message`; nothing raises.
    """

    PARAMETERS: Mapping[str, str] = {}

    def __init__(self, params: QueryDict, user) -> None:
        self.params = params
        self.user = user
        self.query = " ".join(params.get("q", "")[:MAX_QUERY].split())
        self.was_cut = len(params.get("q", "")) > MAX_QUERY
        self.asked = {
            name: list(dict.fromkeys(params.getlist(parameter)))[:MAX_CHOICES]
            for name, parameter in self.PARAMETERS.items()
        }

    @cached_property
    def known(self) -> dict[str, dict[str, str]]:
        """Every value of every filter that means something to this person, with its label."""
        raise NotImplementedError

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        return {
            name: [value for value in values if value in self.known[name]]
            for name, values in self.asked.items()
        }

    @property
    def message(self) -> str:
        """A plain sentence when something was not understood; else empty."""
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

    @property
    def asks_something(self) -> bool:
        return bool(self.query or any(self.chosen.values()))

    def facet(self, name: str, label: str, options: list[dict]) -> dict:
        """A filter with the choices that would give something, or are made."""
        chosen = set(self.chosen[name])
        shown = []
        for option in options:
            option = {"icon": "", "thread": "", "depth": 0, **option}
            option["selected"] = option["value"] in chosen
            if option["count"] or option["selected"]:
                shown.append(option)
        return {"name": self.PARAMETERS[name], "label": label, "options": shown}

    @property
    def chips(self) -> list[dict]:
        """What is applied, each with the address that takes it away."""
        chips = []
        if self.query:
            label = _("« %(query)s »") % {"query": self.query}
            chips.append({"label": label, "url": self.url(drop=("q", None))})
        for name, values in self.chosen.items():
            for value in values:
                chips.append(
                    {
                        "label": self.known[name][value],
                        "url": self.url(drop=(self.PARAMETERS[name], value)),
                    }
                )
        return chips

    def kept(self, *, drop: str, only: str) -> dict[str, str]:
        """Parameters of this list beside its filters that an address keeps, when it drops or
        replaces a parameter."""
        return {}

    def url(
        self,
        *,
        drop: tuple[str, str | None] = ("", None),
        add: tuple[str, str] = ("", ""),
        only: tuple[str, str] = ("", ""),
        **extra: str,
    ) -> str:
        """The query string of this list with one value less, one more, one in the place of all of
        a filter (none when it is empty), or other parameters (none when they are empty)."""
        params = QueryDict(mutable=True)
        if self.query and drop[0] != "q":
            params["q"] = self.query
        for name, values in self.chosen.items():
            parameter = self.PARAMETERS[name]
            kept = [value for value in values if (parameter, value) != drop]
            if add[0] == parameter:
                kept.append(add[1])
            if only[0] == parameter:
                kept = [only[1]] if only[1] else []
            if kept:
                params.setlist(parameter, kept)
        for name, value in (self.kept(drop=drop[0], only=only[0]) | extra).items():
            if value:
                params[name] = value
        return f"?{params.urlencode()}" if params else "?"
