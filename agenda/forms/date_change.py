from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.enums import DateState
from agenda.models import EventDate
from agenda.wording import say_hours
from core.forms.examined import ExaminedMixin
from core.forms.text import LineField

# What each choice asks for, beside a word.
NEEDED = {
    DateState.MOVED: {"new_day", "new_start_time", "new_end_time"},
    DateState.CHANGED: {"new_start_time", "new_end_time"},
}


class DateChangeForm(ExaminedMixin, forms.Form):
    """What becomes of one date. Fields that the choice does not need are left aside, whatever
    stands in them. Of several dates on one day, one is chosen, and empty hours are its usual
    ones."""

    examined = ("note_fr", "note_nl")

    which = forms.ModelChoiceField(
        label=_("Quelle heure ?"), queryset=EventDate.objects.none(), empty_label=None
    )
    state = forms.ChoiceField(
        label=_("Ce qui change"),
        choices=[
            (DateState.CANCELLED, _("Elle n’a pas lieu")),
            (DateState.MOVED, _("Elle est reportée à un autre jour")),
            (DateState.CHANGED, _("Elle a lieu à d’autres heures")),
            (DateState.PLANNED, _("Elle a lieu, avec un mot à savoir")),
        ],
        widget=forms.RadioSelect,
    )
    new_day = forms.DateField(
        label=_("Nouvelle date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Si elle est reportée."),
    )
    new_start_time = forms.TimeField(
        label=_("Début"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Si les heures changent."),
    )
    new_end_time = forms.TimeField(
        label=_("Fin"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    note_fr = LineField(
        label=_("Un mot, en français"),
        max_length=200,
        required=False,
        help_text=_("« Il pleut », « Nous sommes au premier étage »… Tout le monde le lit."),
    )
    note_nl = LineField(label=_("Un mot, en néerlandais"), max_length=200, required=False)

    def __init__(self, *args, dates: list[EventDate], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        which = self.fields["which"]
        which.queryset = EventDate.objects.filter(pk__in=[date.pk for date in dates])
        which.label_from_instance = lambda date: say_hours(date.start_time, date.end_time)
        self.initial.setdefault("which", dates[0].pk)
        if len(dates) == 1:
            which.widget = forms.HiddenInput()
        else:
            self.fields["new_start_time"].help_text = _(
                "Si les heures changent ; sinon, laissez vide."
            )

    def clean(self) -> dict:
        cleaned = super().clean()
        needed = NEEDED.get(cleaned.get("state"), set())
        for name in NEEDED[DateState.MOVED] - needed:
            cleaned[name] = None
            self.errors.pop(name, None)
        if cleaned.get("state") == DateState.MOVED and not cleaned.get("new_day"):
            self.add_error("new_day", _("Donnez la nouvelle date."))
        if cleaned.get("state") == DateState.CHANGED and not cleaned.get("new_start_time"):
            self.add_error("new_start_time", _("Donnez l’heure de début."))
        return cleaned
