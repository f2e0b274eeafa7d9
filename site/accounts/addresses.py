"""Addresses to which we write, and by which people are known."""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from accounts.models.user import clean_email

MAX_LENGTH = 254  # characters: RFC 5321, 4.5.3.1.3, without the angle brackets


def valid_address(text: str) -> str:
    """The one spelling of an address (`clean_email`).

    Raises `ValidationError` for what is no address, is longer than a mail server takes, or holds a
    letter outside ASCII: « раypal.be » is read as another address than the one it is.
    """
    address = clean_email(text)
    if not address.isascii():
        raise ValidationError(
            _("Cette adresse contient une lettre accentuée ou d’un autre alphabet. Retapez-la."),
            code="alike",
        )
    if len(address) > MAX_LENGTH:
        raise ValidationError(_("Cette adresse est trop longue : 254 caractères au plus."))
    EmailValidator(_("Écrivez une adresse électronique, comme nom@exemple.be."))(address)
    return address
