"""allauth's forms in our words, with addresses spelt in any way."""

from allauth.account import forms as allauth_forms
from allauth.account.fields import EmailField
from django.utils.translation import gettext_lazy as _

from accounts.models.user import clean_email


class AddressField(EmailField):
    """An e-mail address, cleaned before it is judged."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", _("Adresse électronique"))
        super().__init__(**kwargs)
        self.widget.attrs.pop("placeholder", None)

    def to_python(self, value) -> str:
        return super().to_python(clean_email(value or ""))


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()
        self.order_fields(["login", "password", "remember"])
        _plain(self)


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    email = AddressField()


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


def _plain(form) -> None:
    """A label says what a field is; a placeholder goes away as soon as somebody types. The link
    to a forgotten password is the template's."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in {"password", "oldpassword"}:
            field.help_text = ""
