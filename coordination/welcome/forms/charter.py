from django import forms

from coordination.welcome.models import Charter
from core.forms.text import plain_text


class CharterForm(forms.ModelForm):
    """The words of a new version."""

    class Meta:
        model = Charter
        formfield_callback = plain_text
        fields = ["text_fr", "text_nl"]
