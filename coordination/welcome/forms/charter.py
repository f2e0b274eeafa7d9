from django import forms

from coordination.welcome.models import Charter
from core.forms.examined import ExaminedMixin
from core.forms.text import plain_text


class CharterForm(ExaminedMixin, forms.ModelForm):
    """The words of a new version."""

    class Meta:
        model = Charter
        formfield_callback = plain_text
        fields = ["text_fr", "text_nl"]
