"""The address that an invitation's mail leads to: signed, and worth something for thirty days.

It is used once because the invitation then no longer waits. Each mail carries one of its own.
"""

import datetime as dt

from django.core import signing
from django.urls import reverse

from coordination.welcome.models import Invitation

SALT = "welcome.invitation"
MAX_AGE = dt.timedelta(days=30)


class LinkOverError(Exception):
    """The link was ours: too long ago, or for an invitation that is gone."""


def invitation_path(invitation: Invitation) -> str:
    """A link made now, in the language of the moment."""
    signed = signing.dumps(invitation.pk, salt=SALT)
    return reverse("welcome:invitation", args=[signed])


def invitation_of(link: str) -> Invitation | None:
    """The invitation that a link names, in whatever state; None when we did not sign it. Raises
    `LinkOverError`."""
    try:
        pk = signing.loads(link, salt=SALT, max_age=MAX_AGE)
    except signing.SignatureExpired as error:
        raise LinkOverError from error
    except signing.BadSignature:
        return None
    found = Invitation.objects.select_related("site", "organisation", "invited_by")
    if (invitation := found.filter(pk=pk).first()) is None:
        raise LinkOverError
    return invitation
