"""How long a session lasts, as its owner said when signing in.

Nothing ticked: until the browser closes. « Rester connecté »: as long as `SESSION_COOKIE_AGE`.
« Ordinateur partagé » wins over both: until the browser closes, and `SHARED_COMPUTER_MINUTES` at
most, which the server holds (accounts.middleware).
"""

import time

from django.conf import settings
from django.http import HttpRequest

CHOICE = "accounts.device"  # kept in the session from the first screen to the last step
ENDS_AT = "accounts.ends_at"  # seconds since 1970
OWN, SHARED = "own", "shared"


def keep_choice(request: HttpRequest, cleaned: dict) -> None:
    """Note what the form said, for the moment when the session begins."""
    choice = OWN if cleaned.get("remember") else ""
    request.session[CHOICE] = SHARED if cleaned.get("shared") else choice


def begin_session(request: HttpRequest) -> None:
    """Give the session that begins the length that was chosen."""
    choice = request.session.pop(CHOICE, "")
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if choice == OWN else 0)
    if choice == SHARED:
        request.session[ENDS_AT] = time.time() + settings.SHARED_COMPUTER_MINUTES * 60
