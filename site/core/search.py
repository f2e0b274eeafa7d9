"""Finding by name in the admin, accents ignored: each app says where its names are."""

from collections.abc import Callable
from dataclasses import dataclass

from core.text import query_words

MAX_FOUND = 10


@dataclass(frozen=True)
class Found:
    """Something with that name: what it is called, what it is, where it is edited, and one more
    thing to do with it (`action` in words, and its address)."""

    label: str
    detail: str
    url: str
    icon: str = "doc-empty"
    action: str = ""
    action_url: str = ""


Finder = Callable[[list[str], object], list[Found]]
_finders: list[tuple[object, Finder]] = []


def register_finder(title, finder: Finder) -> None:
    """`finder(words, user)` gives at most `MAX_FOUND` objects whose names hold all folded words;
    `title` is a lazy French heading."""
    if all(known is not finder for _title, known in _finders):
        _finders.append((title, finder))


def find(text: str, user) -> list[dict]:
    """What bears this name, by kind: `[{"title", "found"}]`, empty kinds left out."""
    words = query_words(text)
    if not words:
        return []
    results = [{"title": title, "found": finder(words, user)} for title, finder in _finders]
    return [result for result in results if result["found"]]
