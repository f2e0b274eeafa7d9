"""Addresses in a mail that say when somebody wants to be told, or that they do not any more.

They open these two screens without signing in, and nothing else. They die after `MAX_AGE`, with
the membership, and when the account's address changes: a shared mailbox may be somebody else's by
then.
"""

import datetime as dt
from collections.abc import Iterable

from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.models import NetworkMembership, User

SALT = "accounts.notifications"
MAX_AGE = dt.timedelta(days=90)


def choices_link(user: User) -> str:
    """The path of this person's choices."""
    return reverse("accounts_notification_link", args=[_sign(user, ())])


def stop_link(user: User, kinds: Iterable[str]) -> str:
    """The path that stops these kinds for this person."""
    return reverse("accounts_notification_stop", args=[_sign(user, kinds)])


def read_link(token: str) -> tuple[User, list[str]] | None:
    """The person and the kinds of a link; None when it is forged, too old, or no longer theirs."""
    try:
        pk, address, kinds = signing.loads(token, salt=SALT, max_age=MAX_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    living = NetworkMembership.objects.live().filter(user=pk)
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or address != _mark_of(user) or not living.exists():
        return None
    return user, kinds


def _sign(user: User, kinds: Iterable[str]) -> str:
    return signing.dumps([user.pk, _mark_of(user), list(kinds)], salt=SALT, compress=True)


def _mark_of(user: User) -> str:
    """Says for which address a link was made, without saying the address."""
    return salted_hmac(SALT, user.email).hexdigest()[:12]
