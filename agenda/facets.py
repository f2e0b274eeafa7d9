"""What a published event can be found by: one string of « name:value » words per event.

It is made when the event is published, so that a filter and its counts read one column. Values are
the same in every language, and are those of the addresses.
"""

from agenda.models import Event
from coordination.directory.models import Territory

SEPARATOR = "|"
# As they stand in addresses; `commune` holds the communes and neighbourhoods that lie around.
NAMES = (
    *("theme", "groupe", "organisme", "commune", "sorte", "public", "langue", "prix", "acces"),
    *("inscription", "lieu", "programme"),
)


def word(name: str, value: str) -> str:
    """How one facet is written, so that the database finds it whole: `|theme:logement|`."""
    return f"{SEPARATOR}{name}:{value}{SEPARATOR}"


def facets_of(event: Event) -> str:
    """All facets of an event, written one after the other; empty for none."""
    found: list[tuple[str, str]] = [("sorte", event.kind)]
    found += [("theme", theme.slug) for theme in event.themes.all()]
    if event.group:
        found.append(("groupe", event.group.slug))
    found += [("organisme", row.organisation.slug) for row in event.organisings.all()]
    found += [("commune", slug) for slug in _around(event)]
    found += [("public", value) for value in event.targets]
    found += [("langue", value) for value in event.languages]
    found += [("acces", value) for value in event.access]
    if event.price:
        found.append(("prix", event.price))
    if event.article_27:
        found.append(("prix", "article27"))
    if event.registration:
        found.append(("inscription", event.registration))
    if event.place:
        found.append(("lieu", event.place.slug))
    if event.programme:
        found.append(("programme", event.programme.slug))
    return "".join(word(name, value) for name, value in found)


def _around(event: Event) -> list[str]:
    """The territory of an event and all it lies in: whoever filters by a commune finds its
    neighbourhoods. That of a place tells where the place is, to those who may know of it alone."""
    place = event.known_place
    territory = event.territory or (place.territory if place else None)
    if territory is None:
        return []
    step = Territory.steplen
    paths = [territory.path[:n] for n in range(step, len(territory.path) + 1, step)]
    return list(Territory.objects.filter(path__in=paths).values_list("slug", flat=True))


def read(facets: str) -> list[tuple[str, str]]:
    """The facets of a stored string, as names and values."""
    words = (part for part in facets.split(SEPARATOR) if part)
    return [tuple(part.split(":", 1)) for part in words]
