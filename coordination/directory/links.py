"""An address in a mail with which a representative says, without signing in, that a record is
still right (requirement R095). It does that and nothing else.

It serves once: it names the moment of the last check, which its use replaces. It dies after
`MAX_AGE`, with the representation, the account or the record, and when the account's address
changes: a shared mailbox may be somebody else's by then.
"""

import datetime as dt

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.models import User
from coordination.directory.models import Organisation
from coordination.directory.permissions import represents
from coordination.directory.services.record import verify

SALT = "directory.record"
MAX_AGE = dt.timedelta(days=45)


def record_link(user: User, organisation: Organisation) -> str:
    """The path of the page where this representative confirms this record."""
    words = [user.pk, organisation.pk, _state(user, organisation)]
    token = signing.dumps(words, salt=SALT, compress=True)
    return reverse("directory:organisation_confirm", args=[organisation.slug, token])


def read_link(slug: str, token: str) -> tuple[User, Organisation] | None:
    """Whose link this is and for which record; None when it opens nothing (any more)."""
    try:
        user_pk, pk, state = signing.loads(token, salt=SALT, max_age=MAX_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=user_pk, is_active=True, deleted_at=None).first()
    organisation = Organisation.objects.filter(pk=pk, slug=slug, archived_at=None).first()
    if user is None or organisation is None or not represents(user, organisation):
        return None
    return (user, organisation) if state == _state(user, organisation) else None


@transaction.atomic
def confirm_by_link(*, slug: str, token: str) -> Organisation | None:
    """Note in the representative's name that the record is right; gives it, or None when the link
    opens nothing any more. Of two at once one finds it used."""
    Organisation.objects.select_for_update().filter(slug=slug).first()
    found = read_link(slug, token)
    if found is None:
        return None
    user, organisation = found
    verify(actor=user, organisation=organisation)
    return organisation


def _state(user: User, organisation: Organisation) -> str:
    """What the link was made for: this address, and this last check."""
    return salted_hmac(SALT, f"{user.email} {organisation.verified_at}").hexdigest()[:16]
