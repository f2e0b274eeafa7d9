"""One's own account: notifications, profile, copy of the data, deletion, handing over."""

from tests.screens.people import (
    COORDINATOR,
    EDITOR,
    FORMER,
    KEEPER,
    MEMBER,
    PILOT,
    VISITOR,
    WAITING,
)
from tests.screens.screen import Screen, view

SCREENS = [
    Screen("account", PILOT, view("accounts_profile")),
    Screen("account that waits", WAITING, view("accounts_profile")),
    Screen("notifications", PILOT, view("accounts_notifications")),
    Screen("no notification", EDITOR, view("accounts_notifications")),
    Screen("notification choices", PILOT, view("accounts_notification_choices")),
    Screen(
        "notification choices with errors",
        PILOT,
        view("accounts_notification_choices"),
        send={},
        status=422,
    ),
    Screen(
        "notification choices from a mail",
        VISITOR,
        view("accounts_notification_link", "choices token"),
    ),
    Screen("notifications to stop", VISITOR, view("accounts_notification_stop", "stop token")),
    Screen(
        "notifications stopped",
        VISITOR,
        view("accounts_notification_stop", "stop token"),
        send={},
    ),
    Screen(
        "link that opens nothing",
        VISITOR,
        view("accounts_notification_link", "other"),
        status=404,
    ),
    Screen("account of a former member", FORMER, view("accounts_profile")),
    Screen("profile", MEMBER, view("accounts_own_profile")),
    Screen(
        "profile with errors",
        MEMBER,
        view("accounts_own_profile"),
        send={"first_name": "a" * 81},
        status=422,
    ),
    Screen("copy of one's data", MEMBER, view("accounts_data")),
    Screen("copy of one's data on its way", PILOT, view("accounts_data")),
    Screen("copy of one's data, ready", KEEPER, view("accounts_data")),
    Screen("copy of one's data, failed", WAITING, view("accounts_data")),
    Screen("account to delete", MEMBER, view("accounts_delete")),
    Screen("account to delete, held alone", PILOT, view("accounts_delete")),
    Screen("account to delete, last of the office", COORDINATOR, view("accounts_delete")),
    Screen("account of another to delete", COORDINATOR, view("accounts_delete_for", "leaver")),
    Screen("account deleted", VISITOR, view("accounts_deleted")),
    Screen("functions handed over", KEEPER, view("accounts_hand_over")),
    Screen(
        "functions handed over with errors",
        KEEPER,
        view("accounts_hand_over"),
        send={},
        status=422,
    ),
    Screen("no function to hand over", WAITING, view("accounts_hand_over")),
]
