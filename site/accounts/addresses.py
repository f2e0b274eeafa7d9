"""The one address of a person, as allauth keeps it: a row beside the account that says whether its
owner proved to read it."""

from allauth.account.models import EmailAddress
from django.db import transaction


@transaction.atomic
def keep_in_step(user) -> None:
    """One row, of the account's own address; another address begins unproved."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})


def confirm(user) -> None:
    """This person reads what is sent to the account's address: they answered a mail to it."""
    EmailAddress.objects.filter(user=user, email=user.email).update(verified=True)
