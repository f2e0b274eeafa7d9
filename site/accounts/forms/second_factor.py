"""allauth's forms of second factors and passkeys, in our words."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.cache import cache
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms.sign_in import DeviceMixin, ask_for_code

USED_FOR = 120  # seconds: longer than a code of an application is accepted

MAX_NAME = 60  # characters


class OnceMixin:
    """A code of an application opens once. allauth forgets it after half a minute, while the codes
    beside it in time are accepted too."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ask_for_code(self)

    def clean_code(self) -> str:
        code = super().clean_code()
        digits = "".join(filter(str.isalnum, code))
        key = f"accounts.code:{self.user.pk}:{digits}"
        is_from_application = self.authenticator.type == Authenticator.Type.TOTP
        if is_from_application and not cache.add(key, True, timeout=USED_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(OnceMixin, base_forms.AuthenticateForm):
    pass


class ReauthenticateForm(OnceMixin, base_forms.ReauthenticateForm):
    pass


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ask_for_code(self)
        self.fields["code"].label = _("Code à six chiffres")


@contextmanager
def readable() -> Iterator[None]:
    """What a browser never sends ends as a passkey that is not the right one, not in an error."""
    try:
        yield
    except (LookupError, TypeError, AttributeError, ValueError, struct.error) as error:
        raise get_adapter().validation_error("incorrect_code") from error


class CredentialMixin:
    def clean_credential(self):
        with readable():
            return super().clean_credential()


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    """A passkey that opens the account by itself: the device asks for a finger, a face or a PIN."""

    passwordless = None

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        name_passkey(self)

    def clean(self) -> dict:
        with readable():
            return super().clean()


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        name_passkey(self)


class LoginPasskeyForm(CredentialMixin, DeviceMixin, webauthn_forms.LoginWebAuthnForm):
    """Who it is comes with the passkey."""


class AuthenticatePasskeyForm(CredentialMixin, webauthn_forms.AuthenticateWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(CredentialMixin, webauthn_forms.ReauthenticateWebAuthnForm):
    pass


def name_passkey(form: forms.Form) -> None:
    field = form.fields["name"]
    field.label = _("Nom de la clé")
    field.help_text = _("Pour la reconnaître : « mon téléphone », « ordinateur du bureau ».")
    field.validators.append(MaxLengthValidator(MAX_NAME))
    field.widget.attrs["maxlength"] = str(MAX_NAME)
