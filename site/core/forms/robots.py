"""What keeps robots off public forms without asking people, or a third party, anything."""

import datetime as dt
import hashlib
import secrets

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MIN_AGE = dt.timedelta(seconds=3)
MAX_AGE = dt.timedelta(hours=24)


class TrapMixin(forms.Form):
    """A field that no person sees: whoever fills it is a robot."""

    courriel2 = forms.CharField(
        label=gettext_lazy("Ne rien écrire ici"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_courriel2(self) -> str:
        if self.cleaned_data["courriel2"]:
            raise forms.ValidationError(_("Ce champ doit rester vide."))
        return ""


class StampMixin(forms.Form):
    """A signed moment: a form sent in a wink, or a day after it was opened, is asked again with
    everything typed still there. The same stamp with the same words is the same message.

    Whoever has signed in is no robot, and may be as quick as they like."""

    stamp = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, signed_in: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.signed_in = signed_in
        self.initial["stamp"] = new_stamp()

    def clean(self) -> dict:
        cleaned = super().clean()
        self.check_stamp(cleaned.get("stamp") or "")
        return cleaned

    def check_stamp(self, stamp: str) -> None:
        signer = signing.TimestampSigner(salt=__name__)
        try:
            signer.unsign(stamp, max_age=MAX_AGE)
        except signing.BadSignature:
            self.add_error(None, _("Le formulaire était ouvert depuis longtemps. Envoyez encore."))
            self.data = self.data.copy()
            self.data[self.add_prefix("stamp")] = new_stamp()
            return
        if self.errors or self.signed_in:
            return  # it will be sent again anyway, or may be sent at once
        try:
            signer.unsign(stamp, max_age=MIN_AGE)
        except signing.SignatureExpired:
            return
        self.add_error(
            None, _("C’était très rapide : relisez votre message une seconde, puis envoyez encore.")
        )

    @property
    def once(self) -> str:
        """The key of this very message: the form that was opened, and what was written in it."""
        words = [f"{name}={self.cleaned_data[name]}" for name in sorted(self.cleaned_data)]
        return hashlib.sha256("\0".join(words).encode()).hexdigest()


def new_stamp() -> str:
    return signing.TimestampSigner(salt=__name__).sign(secrets.token_urlsafe(16))
