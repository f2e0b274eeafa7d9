"""Organisations, their records and reports, places."""

from tests.people import Role
from tests.permissions.table.roles import EVERYBODY, KEEPERS, OVERSIGHT
from tests.permissions.table.viewsets import chooser, viewset

SITE = {
    "directory:change_list": OVERSIGHT,
    "directory:change_revert": OVERSIGHT,
    "directory:merge_choose": OVERSIGHT,
    "directory:merge_records": OVERSIGHT,
    "directory:organisation_add": OVERSIGHT,
    "directory:organisation_alike": OVERSIGHT,
    "directory:organisation_archive": OVERSIGHT,
    "directory:organisation_confirm": EVERYBODY,  # whoever has the mail
    "directory:organisation_detail": EVERYBODY,
    "directory:organisation_draft": KEEPERS,
    "directory:organisation_edit": KEEPERS,
    "directory:organisation_history": KEEPERS,
    "directory:organisation_leave": frozenset({Role.REPRESENTATIVE}),
    "directory:organisation_list": EVERYBODY,
    "directory:organisation_print": EVERYBODY,
    "directory:organisation_report": EVERYBODY,
    "directory:organisation_team": KEEPERS,
    "directory:organisation_verify": KEEPERS,
    "directory:place_list": EVERYBODY,
    "directory:report_answer": KEEPERS,
    "directory:report_receipt": EVERYBODY,
    "directory_csv": EVERYBODY,
    "directory_json": EVERYBODY,
}
ASKS_TO_SIGN_IN = {
    "directory:organisation_edit",
    "directory:organisation_history",
    "directory:organisation_leave",
    "directory:organisation_team",
    "directory:organisation_verify",
    "directory:report_answer",
}
ADMIN_EDITORS = {*chooser("organisation_chooser"), *chooser("organisation_contact_chooser")}
ADMIN_OVERSIGHT = {
    *viewset("adhesion"),
    *viewset("organisation", copied=False),
    *viewset("organisationmembership"),
    *viewset("place"),
    *viewset("territory"),
    *viewset("theme"),
}
