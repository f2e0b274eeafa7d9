"""The agenda: events, proposing them, moderating them, reporting them."""

from tests.people import Role
from tests.permissions.table.roles import EVERYBODY, KEEPERS, MEMBERS, OVERSIGHT
from tests.permissions.table.viewsets import viewset

FORMATS = ("csv", "ics", "json", "rss")
SITE = {
    **{f"agenda_{suffix}": EVERYBODY for suffix in FORMATS},
    **{
        f"agenda:{period}_{suffix}": EVERYBODY
        for period in ("day", "week", "month")
        for suffix in FORMATS
    },
    "agenda:archive": EVERYBODY,
    "agenda:day": EVERYBODY,
    "agenda:embed": EVERYBODY,
    "agenda:event_ics": EVERYBODY,
    "agenda:month": EVERYBODY,
    "agenda:own_feed": EVERYBODY,  # whoever has the secret address of a live member
    "agenda:own_links": MEMBERS,
    "agenda:print": EVERYBODY,
    "agenda:subscribe": EVERYBODY,
    "agenda:week": EVERYBODY,
    "agenda:change_date": KEEPERS,
    "agenda:criteria": EVERYBODY,
    "agenda:dates": EVERYBODY,
    "agenda:draft": EVERYBODY,
    "agenda:event": EVERYBODY,
    "agenda:event_date": EVERYBODY,
    "agenda:event_edit": KEEPERS,
    "agenda:event_report": EVERYBODY,
    "agenda:feature": OVERSIGHT | {Role.MODERATOR},
    "agenda:fill": EVERYBODY,
    "agenda:list": EVERYBODY,
    "agenda:proposal": EVERYBODY,
    "agenda:proposal_edit": EVERYBODY,
    "agenda:propose": EVERYBODY,
    "agenda:receipt": EVERYBODY,
    "agenda:report_answer": KEEPERS | {Role.MODERATOR},
    "agenda:report_receipt": EVERYBODY,
}
ASKS_TO_SIGN_IN = {
    "agenda:change_date",
    "agenda:own_links",
    "agenda:event_edit",
    "agenda:feature",
    "agenda:report_answer",
}
ADMIN_EDITORS = {
    "agenda_moderation",
    "agenda_moderation_event",
    "agenda_moderation_poster",
    "agenda_moderation_preview",
}
ADMIN_OVERSIGHT = {
    *viewset("programme"),
    *viewset("schoolholiday"),
    *viewset("trustedorganisation"),
}
