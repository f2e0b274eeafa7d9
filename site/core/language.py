"""The language of the page, as everything of ours names it."""

from django.utils.translation import get_language


def current_language() -> str:
    """`fr` or `nl`: French where nothing says otherwise."""
    return (get_language() or "fr").split("-")[0]
