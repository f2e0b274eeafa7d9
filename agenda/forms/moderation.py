"""What moderators answer, and the thread."""

import datetime as dt

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agenda.models.proposal import MAX_ANSWER
from core.forms.examined import ExaminedMixin
from core.forms.text import TextField

SALT = "agenda.opened"


def opened_now() -> str:
    """The signed moment at which a proposal was opened: how long its reading took."""
    return signing.dumps(timezone.now().timestamp(), salt=SALT)


class DecisionForm(ExaminedMixin, forms.Form):
    """Publish, give back or refuse, with a word; only publishing goes without one."""

    ACCEPT, CHANGES, REFUSE = "accept", "changes", "refuse"

    answer = TextField(
        label=_("Un mot pour qui propose"),
        max_length=MAX_ANSWER,
        required=False,
        help_text=_("Nécessaire pour refuser ou demander un changement."),
    )
    decision = forms.ChoiceField(
        label=_("Décision"),
        choices=[
            (ACCEPT, _("Publier")),
            (CHANGES, _("Demander un changement")),
            (REFUSE, _("Refuser")),
        ],
        error_messages={"required": _("Choisissez."), "invalid_choice": _("Choisissez.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_opened(self) -> dt.datetime:
        """When it was opened; now, when that cannot be told."""
        try:
            moment = signing.loads(self.cleaned_data["opened"], salt=SALT)
        except signing.BadSignature:
            return timezone.now()
        return dt.datetime.fromtimestamp(moment, dt.UTC)


class MessageForm(ExaminedMixin, forms.Form):
    """A word in the thread."""

    text = TextField(
        label=_("Votre message"),
        max_length=MAX_ANSWER,
        error_messages={"required": _("Écrivez votre message.")},
    )
