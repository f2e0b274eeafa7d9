"""The shared agenda."""

from tests.screens.people import COORDINATOR, MEMBER, VISITOR
from tests.screens.screen import Screen, view

SCREENS = [
    Screen("agenda list", VISITOR, view("agenda:list")),
    Screen("agenda list for members", MEMBER, view("agenda:list")),
    Screen(
        "agenda list, filtered",
        VISITOR,
        view("agenda:list", prix="free", quand="vacances", theme="rien", q="atelier"),
    ),
    Screen("agenda list, a page further", VISITOR, view("agenda:list", page="2")),
    Screen("agenda list, nothing", VISITOR, view("agenda:list", q="zzzz")),
    Screen("agenda list, nothing now", VISITOR, view("agenda:list", q="lointaine")),
    Screen("agenda day", VISITOR, view("agenda:day", "agenda day")),
    Screen("agenda week", VISITOR, view("agenda:week", "agenda week")),
    Screen("agenda month", VISITOR, view("agenda:month", "agenda month")),
    Screen("agenda month, nothing", VISITOR, view("agenda:month", "2091-05")),
    Screen("agenda month that is none", VISITOR, view("agenda:month", "2026-99"), status=404),
    Screen("agenda archive", VISITOR, view("agenda:archive")),
    Screen("agenda on paper", VISITOR, view("agenda:print")),
    Screen(
        "agenda, change a date",
        COORDINATOR,
        view("agenda:change_date", "agenda event", "agenda cancelled"),
    ),
    Screen(
        "agenda, change a date with errors",
        COORDINATOR,
        view("agenda:change_date", "agenda event", "agenda cancelled"),
        send={"state": "moved", "new_day": "x"},
        status=422,
    ),
    Screen("agenda, on the first page", COORDINATOR, view("agenda:feature", "agenda event")),
    Screen(
        "agenda, on the first page with errors",
        COORDINATOR,
        view("agenda:feature", "agenda event"),
        send={"until": "2001-01-01"},
        status=422,
    ),
    Screen("agenda, how to subscribe", VISITOR, view("agenda:subscribe", prix="free")),
    Screen("agenda, own addresses", MEMBER, view("agenda:own_links")),
    Screen("agenda, a new address", MEMBER, view("agenda:own_links"), send={"group": ""}),
    Screen("agenda on a partner's page", VISITOR, view("agenda:embed")),
    Screen("agenda event", VISITOR, view("agenda:event", "agenda event")),
    Screen("agenda event for members", MEMBER, view("agenda:event", "agenda meeting")),
    Screen(
        "agenda event, cancelled date",
        VISITOR,
        view("agenda:event_date", "agenda event", "agenda cancelled"),
    ),
    Screen("agenda event, moved date", VISITOR, view("agenda:event", "agenda moved")),
    Screen("agenda event to be confirmed", VISITOR, view("agenda:event", "agenda vague")),
]
