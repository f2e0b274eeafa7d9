"""What the portal answers when something goes wrong, whatever the app."""

from tests.screens.people import MEMBER, VISITOR
from tests.screens.screen import Screen, simply, view

SCREENS = [
    Screen("not found", VISITOR, view("directory:organisation_detail", "nulle-part"), status=404),
    Screen("form too old", VISITOR, view("account_login"), send={}, status=403, forged=True),
    Screen(
        "too many tries",
        MEMBER,
        view("account_change_password"),
        send={"oldpassword": "x"},
        status=429,
        times=6,
    ),
    Screen("failure", VISITOR, simply("/500/"), status=500),
]
