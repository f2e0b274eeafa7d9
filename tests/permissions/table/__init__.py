"""Who opens which address: one row per URL pattern. A pattern without a row fails the tests.

A new address is a row in its app's module here (`directory`, `groupes`, …); a new app has its own
module, named below. Each says some of:

- `SITE`: outside the admin, who gets an answer (200, or a redirect within the portal). The others
  get 404. What is on a page is another matter: see `test_leaks.py`.
- `ASKS_TO_SIGN_IN`: where a stranger is asked to sign in instead: one's own account, and what one
  may be sent a link to about a record that everybody knows, or about a message to the network.
- `ADMIN_CLOSED`, `ADMIN_EDITORS`, `ADMIN_OVERSIGHT`: in the admin, which screens exist for nobody,
  for whoever opens it, for the coordination alone. Whether one may do something there is Wagtail's
  permission, and with what object the visibility rule.

`docs/permissions.md` says the same in words.
"""

from tests.permissions.table import (
    accounts,
    agenda,
    core,
    directory,
    groupes,
    home,
    sign_in,
    wagtail_admin,
    welcome,
)
from tests.permissions.table.roles import (
    EDITORS,
    EVERYBODY,
    GROUP_A,
    KEEPERS,
    MEMBERS,
    NOBODY,
    OVERSIGHT,
    PILOTS,
    SIGNED_IN,
)

__all__ = [
    "ADMIN",
    "ADMIN_CLOSED",
    "ADMIN_EDITORS",
    "ADMIN_OVERSIGHT",
    "ASKS_TO_SIGN_IN",
    "EDITORS",
    "EVERYBODY",
    "GROUP_A",
    "KEEPERS",
    "MEMBERS",
    "NOBODY",
    "OVERSIGHT",
    "PILOTS",
    "SIGNED_IN",
    "SITE",
]

APPS = [core, accounts, sign_in, directory, welcome, groupes, agenda, home, wagtail_admin]


def _joined(*tables: dict) -> dict:
    """One table of several, in which no address has two rows: the last would win unseen."""
    joined = {}
    for table in tables:
        assert not joined.keys() & table.keys(), joined.keys() & table.keys()
        joined |= table
    return joined


def _all_of(name: str) -> set[str]:
    """What the apps that have such a set name in it."""
    return set().union(*(getattr(app, name, ()) for app in APPS))


SITE = _joined(*(getattr(app, "SITE", {}) for app in APPS))
ASKS_TO_SIGN_IN = _all_of("ASKS_TO_SIGN_IN")
ADMIN_CLOSED = _all_of("ADMIN_CLOSED")
ADMIN_EDITORS = _all_of("ADMIN_EDITORS")
ADMIN_OVERSIGHT = _all_of("ADMIN_OVERSIGHT")
ADMIN = _joined(
    dict.fromkeys(ADMIN_CLOSED, NOBODY),
    dict.fromkeys(ADMIN_EDITORS, EDITORS),
    dict.fromkeys(ADMIN_OVERSIGHT, OVERSIGHT),
)
