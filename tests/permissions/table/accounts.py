"""One's own account, and those that the coordination looks after."""

from tests.people import Role
from tests.permissions.table.roles import EVERYBODY, NOBODY, OVERSIGHT, SIGNED_IN
from tests.permissions.table.viewsets import viewset

SITE = {
    "accounts_data": SIGNED_IN,
    "accounts_data_copy": frozenset({Role.MEMBER}),  # whose copy it is
    "accounts_delete": SIGNED_IN,
    "accounts_delete_for": OVERSIGHT,
    "accounts_deleted": EVERYBODY,
    "accounts_hand_over": SIGNED_IN,
    "accounts_hand_over_for": frozenset({Role.REPRESENTATIVE}) | OVERSIGHT,
    "accounts_notification": NOBODY,  # one's own alone: tests/accounts/notifications/test_list.py
    "accounts_notification_choices": SIGNED_IN,
    "accounts_notification_link": NOBODY,  # whoever holds a signed link
    "accounts_notification_stop": NOBODY,
    "accounts_notifications": SIGNED_IN,
    "accounts_own_profile": SIGNED_IN,
    "accounts_profile": SIGNED_IN,
}
ASKS_TO_SIGN_IN = {
    "accounts_data",
    "accounts_data_copy",
    "accounts_delete",
    "accounts_delete_for",
    "accounts_hand_over",
    "accounts_hand_over_for",
    "accounts_notification",
    "accounts_notification_choices",
    "accounts_notifications",
    "accounts_own_profile",
    "accounts_profile",
}
ADMIN_OVERSIGHT = {
    "accounts_journal",
    "accounts_journal_csv",
    *viewset("networkmembership"),
    *viewset("user", copied=False),
}
