from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.enums import ReportState
from agenda.models import EventReport
from agenda.models.report import MAX_REPORT
from core.forms.examined import ExaminedMixin
from core.forms.robots import StampMixin, TrapMixin
from core.forms.text import LineField, TextField


class EventReportForm(ExaminedMixin, TrapMixin, StampMixin, forms.ModelForm):
    """What is wrong with an event, in a few words."""

    text = TextField(
        label=_("Qu’est-ce qui ne va pas ?"),
        max_length=MAX_REPORT,
        help_text=_(
            "Par exemple : « C’est annulé. » N’écrivez ni le nom ni l’histoire d’une personne "
            "aidée."
        ),
        error_messages={"required": _("Écrivez ce qui ne va pas.")},
    )

    class Meta:
        model = EventReport
        fields = ["text"]


class EventReportAnswerForm(ExaminedMixin, forms.Form):
    examined = ("answer",)

    state = forms.ChoiceField(
        label=_("Ce que vous avez fait"),
        choices=[
            (ReportState.CORRECTED, _("L’événement est corrigé ou retiré")),
            (ReportState.UNCHANGED, _("L’événement était juste")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites ce que vous avez fait.")},
    )
    answer = LineField(
        label=_("Un mot pour la personne qui a signalé"),
        max_length=500,
        required=False,
        help_text=_("Elle le lira sur son reçu."),
    )
