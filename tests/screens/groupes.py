"""Working groups: their pages, their space, what they share, joining and leaving."""

from tests.screens.people import (
    COMMITTEE,
    COORDINATOR,
    FOOD,
    GROUP_MEMBER,
    MEMBER,
    MIND,
    PILOT,
    VISITOR,
)
from tests.screens.screen import Screen, page, view

SCREENS = [
    Screen("groups", VISITOR, page("groupes/")),
    Screen("group", VISITOR, page(f"groupes/{FOOD}/")),
    Screen("group for its people", PILOT, page(f"groupes/{FOOD}/")),
    Screen("committee", COMMITTEE, page("groupes/comite-accompagnement/")),
    Screen("group page", VISITOR, page(f"groupes/{FOOD}/repas-et-colis-en-2023/")),
    Screen("group page for its people", PILOT, page(f"groupes/{FOOD}/nos-regles-de-travail/")),
    Screen("group space", GROUP_MEMBER, view("groupes:space", MIND)),
    Screen("group space of a pilot", PILOT, view("groupes:space", FOOD)),
    Screen(
        "new folder with errors",
        PILOT,
        view("groupes:folders", FOOD),
        send={"name_nl": "Map"},
        status=422,
    ),
    Screen("share", GROUP_MEMBER, view("groupes:share", MIND)),
    Screen(
        "share with errors",
        GROUP_MEMBER,
        view("groupes:share", MIND),
        send={"link": "x"},
        status=422,
    ),
    Screen(
        "share with a warning",
        GROUP_MEMBER,
        view("groupes:share", MIND),
        send={"title": "85.07.30-033.28", "text": "Fatima B., rue Gray 12 bte 3"},
        status=422,
    ),
    Screen("shared item", VISITOR, view("groupes:item", FOOD, "item")),
    Screen("shared item to decide", PILOT, view("groupes:item", FOOD, "pending")),
    Screen("shared item edited", PILOT, view("groupes:item_edit", FOOD, "item")),
    Screen("join", MEMBER, view("groupes:join", MIND)),
    Screen("join with errors", MEMBER, view("groupes:join", MIND), send={}, status=422),
    Screen("join, already asked", MEMBER, view("groupes:join", FOOD)),
    Screen("leave", GROUP_MEMBER, view("groupes:leave", MIND)),
    Screen("leave, last pilot", PILOT, view("groupes:leave", FOOD)),
    Screen(
        "leave, last pilot with errors", PILOT, view("groupes:leave", FOOD), send={}, status=422
    ),
    Screen("group to do", PILOT, view("groupes:todo", FOOD)),
    Screen("group nothing to do", COORDINATOR, view("groupes:todo", "seniors")),
    Screen("request to join", PILOT, view("groupes:request", FOOD, "asked")),
]
