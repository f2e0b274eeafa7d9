"""Every address of the resolver, to be listed and visited."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Address:
    """One URL pattern: its full name, the names of its arguments, whether it is the admin's."""

    name: str
    arguments: tuple[str, ...]
    route: str

    @property
    def in_admin(self) -> bool:
        return self.route.startswith("gestion/")

    def paths(self, values: dict[str, list]) -> Iterator[str]:
        """The address filled with every combination of the values known for its arguments."""
        choices = [values.get(argument, values["*"]) for argument in self.arguments]
        for combination in product(*choices):
            try:
                yield reverse(self.name, kwargs=dict(zip(self.arguments, combination, strict=True)))
            except NoReverseMatch:
                continue


def addresses() -> list[Address]:
    found = list(_walk(get_resolver(), "", ""))
    assert len({address.name for address in found}) > 200
    return sorted(set(found), key=lambda address: (address.name, address.route))


def _walk(resolver: URLResolver, namespace: str, route: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner, here)
        elif isinstance(entry, URLPattern):
            names = tuple(entry.pattern.regex.groupindex)
            yield Address(f"{namespace}{entry.name or entry.lookup_str}", names, here.lstrip("^"))
