from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.directory.services.membership import MAX_WORD
from core.forms.examined import ExaminedMixin
from core.forms.text import TextField


class LeaveForm(ExaminedMixin, forms.Form):
    """Leaving an organisation: a button, and for its last representative a box to tick."""

    tell = forms.BooleanField(
        label=_("Prévenir la coordination que personne ne représente plus l’organisme"),
        error_messages={"required": _("Transmettez d’abord, ou prévenez la coordination.")},
    )
    word = TextField(
        label=_("Un mot pour la coordination"),
        max_length=MAX_WORD,
        required=False,
        help_text=_("Par exemple : qui pourrait prendre la suite, et quand."),
    )

    def __init__(self, *args, is_last: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.is_last = is_last
        if not is_last:
            del self.fields["tell"], self.fields["word"]
