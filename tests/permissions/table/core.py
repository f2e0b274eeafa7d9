"""Pages, files, guides, the folder of mails."""

from tests.permissions.table.roles import EVERYBODY, OVERSIGHT

SITE = {
    "core_document": EVERYBODY,
    "core_file": EVERYBODY,
    "core_health": EVERYBODY,
    "core_mail": OVERSIGHT,
    "core_mail_html": OVERSIGHT,
    "core_mails": OVERSIGHT,
    "help_guide": EVERYBODY,
    "help_index": EVERYBODY,
    "manifest": EVERYBODY,
    "robots": EVERYBODY,
    "wagtail_serve": EVERYBODY,
}
ASKS_TO_SIGN_IN = {
    "core_mail",
    "core_mail_html",
    "core_mails",
}
ADMIN_EDITORS = {"core_page_audience"}
