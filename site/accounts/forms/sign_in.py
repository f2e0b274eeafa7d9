"""allauth's forms of sign-in in our words."""

from allauth.account import forms as allauth_forms
from allauth.core import context, ratelimit
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.forms.address import AddressField
from accounts.mails import send_reset_link
from accounts.session_length import keep_choice
from core.jobs import later
from core.models import NetworkSettings

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
TOO_MANY_CODES = _(
    "Trop de codes faux pour cette adresse aujourd’hui. Entrez avec votre mot de passe ou une clé "
    "d’accès, ou attendez demain."
)


class DeviceMixin(forms.Form):
    """How long the session lasts (accounts.session_length)."""

    remember = forms.BooleanField(
        label=_("Rester connecté sur cet appareil"),
        required=False,
        help_text=_("Pour un appareil à vous seul : pendant deux semaines."),
    )
    shared = forms.BooleanField(
        label=_("Ordinateur partagé"),
        required=False,
        help_text=_("Votre session finit avec le navigateur, et après 30 minutes au plus."),
    )

    def keep_choice(self, request: HttpRequest) -> None:
        keep_choice(request, self.cleaned_data)


class RequestLoginCodeForm(DeviceMixin, allauth_forms.RequestLoginCodeForm):
    """Where to send a code."""

    email = AddressField()
    field_order = ["email", "remember", "shared"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if has_guessed_too_much(context.request, email):
            raise forms.ValidationError(TOO_MANY_CODES)
        return super().clean_email()


class LoginForm(DeviceMixin, allauth_forms.LoginForm):
    """By password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()
        self.order_fields(["login", "password", "remember", "shared"])
        _plain(self)

    def login(self, request: HttpRequest, redirect_url=None):
        self.keep_choice(request)
        if self.cleaned_data["shared"]:
            self.cleaned_data["remember"] = False
        return super().login(request, redirect_url)


class ConfirmLoginCodeForm(allauth_forms.ConfirmLoginCodeForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ask_for_code(self)


class ConfirmAddressForm(allauth_forms.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ask_for_code(self)


class ChangeAddressForm(allauth_forms.AddEmailForm):
    email = AddressField(label=_("Nouvelle adresse électronique"))


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Nobody is looked up here: a job does it, so that the answer is the same for all."""

    email = AddressField()

    def clean_email(self) -> str:
        return self.cleaned_data["email"]

    def save(self, request: HttpRequest, **kwargs) -> str:
        email = self.cleaned_data["email"]
        later(send_reset_link, email, NetworkSettings.for_request(request).site_id)
        return email


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class SetPasswordForm(allauth_forms.SetPasswordForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


def has_guessed_too_much(request: HttpRequest, email: str) -> bool:
    """Whether so many codes were guessed wrong for this address that no new one is sent. Codes
    already sent still open the session they were asked in."""
    return not ratelimit.consume(request, action="login_code_failed", key=email, dry_run=True)


def ask_for_code(form: forms.Form) -> None:
    """A field for a code: the telephone proposes it, and shows digits."""
    form.fields["code"].label = _("Code")
    form.fields["code"].widget.attrs.update(CODE)
    _plain(form)


def _plain(form) -> None:
    """A label says what a field is; a placeholder goes away as soon as somebody types. The link
    to a forgotten password is the template's."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in {"password", "oldpassword"}:
            field.help_text = ""
