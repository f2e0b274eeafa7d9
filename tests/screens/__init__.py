"""Every screen of the portal, held by the tests of accessibility and of HTML.

A new screen is a row of `SCREENS` in its app's module here (`home`, `directory`, …): its name, who
opens it, where it is, what is sent to it, what it answers. A new app has its own module, named
below. The accounts that open screens are named in `people.py`. What must exist before a screen can
be shown, and the words of its address, are made in the app's part of `village.py`.

`tests/core/test_html.py` fails while a full page of ours is shown by none of them.
"""

from tests.screens import (
    accounts,
    agenda,
    core,
    directory,
    errors,
    groupes,
    home,
    proposals,
    sign_in,
    welcome,
)
from tests.screens.fetching import Sheet, fetch_each
from tests.screens.screen import Screen

__all__ = ["NAMES", "SCREENS", "Screen", "Sheet", "fetch_all"]

# In this order they are fetched, from one village: what a screen changes, those after it find.
SCREENS = [
    *home.SCREENS,
    *core.SCREENS,
    *directory.SCREENS,
    *welcome.SCREENS,
    *groupes.SCREENS,
    *agenda.SCREENS,
    *proposals.SCREENS,
    *accounts.SCREENS,
    *sign_in.SCREENS,
    *errors.SCREENS,
]
NAMES = [screen.name for screen in SCREENS]


def fetch_all(language: str) -> dict[str, Sheet]:
    """What every screen answers in a language, by name."""
    return fetch_each(SCREENS, language)
