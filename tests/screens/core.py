"""Mails kept in a folder, and the guides."""

from core.help import GUIDES, Guide
from core.language import current_language
from tests.screens.people import COORDINATOR, PILOT, VISITOR
from tests.screens.screen import Address, Screen, view


def guide_page(guide: Guide) -> Address:
    return lambda _village: guide.url(current_language())


SCREENS = [
    # Mails
    Screen("mails in a folder", COORDINATOR, view("core_mails")),
    Screen("mail in a folder", COORDINATOR, view("core_mail", "mail")),
    # Guides
    Screen("guides", VISITOR, view("help_index")),
    Screen("guides, one's own", PILOT, view("help_index")),
    *(Screen(f"guide for {guide.key}", VISITOR, guide_page(guide)) for guide in GUIDES),
]
