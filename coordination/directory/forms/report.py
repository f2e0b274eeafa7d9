from django import forms
from django.utils.translation import gettext_lazy

from coordination.directory.enums import ReportState
from coordination.directory.models import ErrorReport
from core.forms.examined import ExaminedMixin
from core.forms.robots import TrapMixin
from core.forms.text import LineField, TextField


class ErrorReportForm(ExaminedMixin, TrapMixin, forms.ModelForm):
    """What is wrong, in a few words. A field that no person sees stops most robots."""

    text = TextField(
        label=gettext_lazy("Qu’est-ce qui n’est pas juste ?"),
        max_length=2000,
        help_text=gettext_lazy(
            "Par exemple : « Le numéro a changé. » N’écrivez ni le nom ni l’histoire d’une "
            "personne aidée."
        ),
    )

    class Meta:
        model = ErrorReport
        fields = ["text"]


class ReportAnswerForm(ExaminedMixin, forms.Form):
    examined = ("answer",)

    state = forms.ChoiceField(
        label=gettext_lazy("Ce que vous avez fait"),
        choices=[
            (ReportState.CORRECTED, gettext_lazy("J’ai corrigé la fiche")),
            (ReportState.UNCHANGED, gettext_lazy("La fiche était juste")),
        ],
        widget=forms.RadioSelect,
    )
    answer = LineField(
        label=gettext_lazy("Un mot pour la personne qui a signalé"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Elle le lira sur son reçu."),
    )


class ArchiveForm(ExaminedMixin, forms.Form):
    examined = ("note",)

    note = LineField(
        label=gettext_lazy("Pourquoi cette fiche quitte les listes"),
        max_length=200,
        help_text=gettext_lazy("Par exemple : « L’association a fermé en juin 2026. » Publié."),
    )
