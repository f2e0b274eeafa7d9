from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.addresses import valid_address
from core.forms.text import LineField


class MailField(forms.CharField):
    """An address, in its one spelling; look-alikes are refused."""

    widget = forms.EmailInput

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", _("Adresse électronique"))
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "email")

    def to_python(self, value) -> str:
        text = super().to_python(value)
        return valid_address(text) if text else ""


class LanguageField(forms.ChoiceField):
    """The language of what somebody receives."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", _("Langue des courriels"))
        super().__init__(choices=settings.LANGUAGES, widget=forms.RadioSelect, **kwargs)


def given_name() -> LineField:
    return LineField(
        label=_("Prénom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )


def family_name() -> LineField:
    return LineField(
        label=_("Nom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )


def function(**kwargs) -> LineField:
    kwargs.setdefault("label", _("Votre fonction"))
    kwargs.setdefault("help_text", _("Par exemple : « assistante sociale », « accueil »."))
    return LineField(
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        **kwargs,
    )


def accepts_rules() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("J’ai lu ces règles et je les accepte"),
        error_messages={"required": _("Lisez les règles, puis cochez si vous les acceptez.")},
    )
