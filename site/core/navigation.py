"""Entries of the main menu that are not pages: each app adds its own from `AppConfig.ready`."""

_entries: list[tuple[int, object, str]] = []


def register_entry(label, url_name: str, *, order: int = 100) -> None:
    """Add a menu entry: a lazy French label and the name of the address it leads to."""
    _entries.append((order, label, url_name))


def registered_entries() -> list[tuple[object, str]]:
    return [(label, url_name) for _order, label, url_name in sorted(_entries, key=lambda e: e[0])]
