"""Coming in: the charter, requests, invitations."""

from tests.permissions.table.roles import EVERYBODY, KEEPERS, OVERSIGHT

SITE = {
    "welcome:ask_organisation": EVERYBODY,
    "welcome:ask_person": EVERYBODY,
    "welcome:charter": EVERYBODY,
    "welcome:charter_edit": OVERSIGHT,
    "welcome:follow": EVERYBODY,
    "welcome:invitation": EVERYBODY,
    "welcome:invitation_detail": KEEPERS,
    "welcome:invite": KEEPERS,
    "welcome:invite_many": KEEPERS,
    "welcome:join": EVERYBODY,
    "welcome:manage": KEEPERS,
    "welcome:receipt": EVERYBODY,
    "welcome:request_answer": OVERSIGHT,
}
ASKS_TO_SIGN_IN = {
    "welcome:charter_edit",
    "welcome:invitation_detail",
    "welcome:invite",
    "welcome:invite_many",
    "welcome:manage",
    "welcome:request_answer",
}
