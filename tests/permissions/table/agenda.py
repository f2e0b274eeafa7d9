"""The shared agenda: what is on a page is decided by each event's audience."""

from tests.permissions.table.roles import EVERYBODY

SITE = {
    "agenda:archive": EVERYBODY,
    "agenda:day": EVERYBODY,
    "agenda:event": EVERYBODY,
    "agenda:event_date": EVERYBODY,
    "agenda:list": EVERYBODY,
    "agenda:month": EVERYBODY,
    "agenda:print": EVERYBODY,
    "agenda:week": EVERYBODY,
}
