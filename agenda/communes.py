"""Which commune an address lies in, as far as the directory knows."""

import re
from collections import Counter

from django.contrib.auth.models import AnonymousUser

from agenda.selectors.names import all_territories
from coordination.directory.enums import Level
from coordination.directory.models import Place, Territory
from core.text import fold

POSTCODE = re.compile(r"[1-9]\d{3}")  # of Belgium


def commune_of(address: str) -> Territory | None:
    """By its postcode, which says more than « Bruxelles » after it; else by its name in either
    language: the last one in the address, and of two that end together the longest. None for an
    address that says neither."""
    said = fold(address)
    for code in reversed([word for word in said.split() if POSTCODE.fullmatch(word)]):
        if commune := _of_postcode(code):
            return commune
    found = [
        (match.end(), len(name), commune)
        for commune in _communes()
        for name in names_of(commune)
        for match in re.finditer(rf"\b{re.escape(name)}\b", said)
    ]
    return max(found, key=lambda one: one[:2])[2] if found else None


def says_town(address: str, territory: Territory) -> bool:
    """Whether an address ends with the name of this territory already, or holds its postcode."""
    said = fold(address)
    names = names_of(territory)
    return any(f" {said}".endswith(f" {name}") for name in names) or any(
        POSTCODE.fullmatch(name) and name in said.split() for name in names
    )


def names_of(territory: Territory) -> set[str]:
    """Folded, in both languages, with the other names under which it is met."""
    names = (territory.name_fr, territory.name_nl, *territory.aliases.splitlines())
    return {fold(name) for name in names} - {""}


def _communes() -> list[Territory]:
    return [one for one in all_territories() if one.level == Level.COMMUNE]


def _of_postcode(code: str) -> Territory | None:
    """A postcode is one of the other names of a commune; or where most places that have it lie, of
    those that everybody may know of."""
    communes = _communes()
    if known := next((one for one in communes if code in names_of(one)), None):
        return known
    places = Place.objects.visible_to(AnonymousUser()).filter(postcode=code)
    paths = places.exclude(territory=None).values_list("territory__path", flat=True)
    lie_in = Counter(one for path in paths for one in communes if path.startswith(one.path))
    return lie_in.most_common(1)[0][0] if lie_in else None
