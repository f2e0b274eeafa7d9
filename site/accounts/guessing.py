"""Somebody tries passwords or codes for one account, from one place or from many.

allauth refuses a try when there were too many (`ACCOUNT_RATE_LIMITS`), per internet address and
per account. Here: what the owner and the journal learn of it. An address without an account is
counted in the same way.
"""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.mails import TOLD_EVERY, tell_guessing
from core.jobs import later
from core.models import NetworkSettings
from core.ratelimit import is_too_often


def note_wrong_try(request: HttpRequest, address: str) -> None:
    """One more wrong password or code for this address. Beyond `guesses` in a day its owner is
    told, once; the job looks whether there is one."""
    if not is_too_often(request, "guesses", key=address):
        return
    told = f"accounts.guessing:{salted_hmac('accounts.guessing', address).hexdigest()}"
    if cache.add(told, True, timeout=TOLD_EVERY.total_seconds()):
        later(tell_guessing, address, NetworkSettings.for_request(request).site_id)
