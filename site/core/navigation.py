"""Parts of the portal that are not pages and that a menu may lead to: each app adds its own from
`AppConfig.ready`. Which menu they stand in is decided by people: `core.models.Menus`."""

from dataclasses import dataclass

MENU, FIND, NETWORK, SITE = "menu", "find", "network", "site"


@dataclass(frozen=True)
class Part:
    """A lazy French label, the name of the address it leads to, and where a new network finds it
    first: the main menu, or a column of the footer."""

    label: object
    url_name: str
    order: int = 100
    places: tuple[str, ...] = (MENU,)


_parts: dict[str, Part] = {}


def register_part(part: Part) -> None:
    _parts[part.url_name] = part


def registered_parts() -> list[Part]:
    """In the order in which menus first show them."""
    return sorted(_parts.values(), key=lambda part: part.order)


def part_named(url_name: str) -> Part | None:
    return _parts.get(url_name)


def part_choices() -> list[tuple[str, object]]:
    return [(part.url_name, part.label) for part in registered_parts()]
