"""« À la une »."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.forms.timing import day_field


class FeatureForm(forms.Form):
    """Until when an event stands on the first page; nothing takes it off."""

    until = day_field(
        _("À la une jusqu’au"), required=False, help_text=_("Vide : il n’est plus à la une.")
    )

    def note_kept(self, actor, about) -> None:
        """Nothing of it is free text."""
