"""Pieces of a page that depend on nobody who looks: rendered once per change (`core.memory`)."""

from collections.abc import Hashable, Iterable

from django.db.models import Model, prefetch_related_objects
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.language import current_language
from core.memory import is_remembered, remember


def piece_key(name: str, given: dict, key: Hashable = None) -> tuple:
    """What a piece depends on: its template, the language, and what it is given. `key` names that
    when it is neither a model nor a plain value."""
    if key is None:
        key = tuple(
            (word, value._meta.label, value.pk) if isinstance(value, Model) else (word, value)
            for word, value in given.items()
        )
    return ("piece", name, current_language(), key)


def draw(name: str, given: dict, key: Hashable = None) -> SafeString:
    """The piece, rendered when it is not remembered."""
    return remember(piece_key(name, given, key), lambda: render_to_string(name, given))


def make_ready(
    subjects: Iterable[Model], related: list[str], name: str, word: str, **given
) -> None:
    """Read what the pieces of a list still have to say, in as many queries as there are relations:
    nothing for those that are remembered. `word` is the name under which a piece is given its
    subject."""
    missing = [
        subject
        for subject in subjects
        if not is_remembered(piece_key(name, {word: subject, **given}))
    ]
    if missing:
        prefetch_related_objects(missing, *related)
