from allauth.account import forms as allauth_forms
from django.utils.translation import gettext_lazy as _

from accounts.models.user import clean_email


class LoginForm(allauth_forms.LoginForm):
    """Sign-in by address and password, the address spelt in any way."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Adresse électronique")
        self.fields["password"].label = _("Mot de passe")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""

    def clean_login(self) -> str:
        return clean_email(super().clean_login())


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Adresse électronique")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        self.cleaned_data["email"] = clean_email(self.cleaned_data["email"])
        return super().clean_email()
