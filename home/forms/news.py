from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.directory.models import Theme


class NewsFilters(forms.Form):
    """Which news are asked for: a year, a month of it, themes. The names are those of addresses."""

    annee = forms.IntegerField(required=False, min_value=1, max_value=9999)
    mois = forms.IntegerField(required=False, min_value=1, max_value=12)
    theme = forms.MultipleChoiceField(required=False)

    def __init__(self, *args, themes: list[Theme], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [(theme.slug, theme.name) for theme in themes]

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("mois") and not cleaned.get("annee"):
            self.add_error("mois", _("Un mois demande une année."))
        return cleaned
