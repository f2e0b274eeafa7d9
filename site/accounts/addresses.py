"""The one address of a person: its one spelling, and the row beside the account in which allauth
keeps whether its owner proved to read it."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models.user import clean_email, validate_address


def valid_address(text: str) -> str:
    """The one spelling of an address that somebody wrote (`clean_email`).

    Raises `ValidationError` for what is no address, or could be taken for another one.
    """
    address = clean_email(text)
    validate_address(address)
    return address


@transaction.atomic
def keep_in_step(user) -> None:
    """One row, of the account's own address; another address begins unproved. A deleted account
    has none."""
    if user.deleted_at:
        EmailAddress.objects.filter(user=user).delete()
        return
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})


def confirm(user) -> None:
    """This person reads what is sent to the account's address: they answered a mail to it."""
    EmailAddress.objects.filter(user=user, email=user.email).update(verified=True)
