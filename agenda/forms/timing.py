"""The block that says when: one date, every week, or another way that people speak."""

import datetime as dt
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.enums import Frequency, SkipSchool, Weekday
from agenda.models import Timing
from agenda.models.timing import MAX_MORE_DAYS
from agenda.recurrence import MAX_COUNT, MAX_INTERVAL

MAX_TIMINGS = 60
PREFIX = "timings"
DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y"]
HOURS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh", "%H h %M", "%H h", "%H.%M", "%H"]


class Back(TextChoices):
    """Does it come back: the three answers of the short form."""

    ONCE = "once", gettext_lazy("Une fois")
    WEEKLY = "weekly", gettext_lazy("Chaque semaine")
    OTHER = "other", gettext_lazy("Autre")


class Until(TextChoices):
    NEVER = "", gettext_lazy("sans fin")
    DAY = "day", gettext_lazy("jusqu’à une date")
    TIMES = "times", gettext_lazy("un nombre de fois")


# What lies in the fold of a block.
MORE = (
    *("frequency", "interval", "weekdays", "nth", "until", "last", "count", "skip_school"),
    *("skip_public", "more_days"),
)
NTHS = [
    ("", gettext_lazy("comme la première date")),
    ("1", gettext_lazy("premier")),
    ("2", gettext_lazy("deuxième")),
    ("3", gettext_lazy("troisième")),
    ("4", gettext_lazy("quatrième")),
    ("-1", gettext_lazy("dernier")),
]


def day_field(label, **kwargs) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=DAYS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Écrivez une date, comme 28/03/2026.")},
        **kwargs,
    )


def hour_field(label) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=HOURS,
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": gettext_lazy("Écrivez une heure, comme 13:30.")},
    )


def number_field(label, most: int, least: int = 1, **kwargs) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most, **kwargs
    )


class TimingForm(forms.Form):
    """One date, or one way of coming back. Once valid, `timing` is what it says; None for a block
    that says nothing or is taken away."""

    timing: Timing | None = None

    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    first = day_field(gettext_lazy("Date"), required=False)
    start_time = hour_field(gettext_lazy("Début"))
    end_time = hour_field(gettext_lazy("Fin"))
    back = forms.ChoiceField(
        label=gettext_lazy("Revient-il ?"),
        choices=Back.choices,
        initial=Back.ONCE,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Dites si cela revient.")},
    )
    frequency = forms.ChoiceField(
        label=gettext_lazy("Revient comment ?"),
        choices=[
            ("", gettext_lazy("à choisir")),
            (Frequency.WEEKS, gettext_lazy("toutes les semaines, ou toutes les quelques semaines")),
            (Frequency.MONTHS, gettext_lazy("chaque mois, un jour de la semaine")),
            (Frequency.DAYS, gettext_lazy("tous les jours, ou tous les quelques jours")),
            (Frequency.YEARS, gettext_lazy("chaque année")),
            (Frequency.MONTH, gettext_lazy("une fois, dans ce mois : jour à préciser")),
        ],
        required=False,
    )
    interval = number_field(
        gettext_lazy("Tous les combien ?"),
        MAX_INTERVAL,
        help_text=gettext_lazy("1 : chaque semaine, chaque mois… 2 : une fois sur deux."),
    )
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Quels jours ?"),
        choices=Weekday.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Aucun : le jour de la première date."),
    )
    nth = forms.ChoiceField(label=gettext_lazy("Lequel du mois ?"), choices=NTHS, required=False)
    until = forms.ChoiceField(
        label=gettext_lazy("Jusque quand ?"), choices=Until.choices, required=False
    )
    last = day_field(gettext_lazy("Dernière date possible"), required=False)
    count = number_field(gettext_lazy("Nombre de fois"), MAX_COUNT)
    skip_school = forms.ChoiceField(
        label=gettext_lazy("Pendant les vacances scolaires ?"),
        choices=SkipSchool.choices,
        required=False,
    )
    skip_public = forms.BooleanField(label=gettext_lazy("Pas les jours fériés"), required=False)
    more_days = number_field(
        gettext_lazy("Finit combien de jours plus tard ?"),
        MAX_MORE_DAYS,
        least=0,
        help_text=gettext_lazy("0 : le jour même. 1 : le lendemain."),
    )
    remove = forms.BooleanField(label=gettext_lazy("Retirer cette date"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].asked = True

    @property
    def is_blank(self) -> bool:
        return not any(
            self.cleaned_data.get(name) for name in ("first", "start_time", "end_time", "last")
        )

    @property
    def shows_more(self) -> bool:
        """Whether what lies behind « Autre » is to be seen from the start."""
        said = any(self[name].value() or self[name].errors for name in MORE)
        return said or self["back"].value() == Back.OTHER

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.errors or cleaned.get("remove") or self.is_blank:
            return cleaned
        if not cleaned.get("first"):
            self.add_error("first", _("Donnez la date."))
            return cleaned
        unsaid = cleaned["back"] == Back.OTHER and not cleaned["frequency"]
        if unsaid and not cleaned["more_days"]:
            self.add_error("frequency", _("Dites comment cela revient."))
            return cleaned
        timing = self._timing(cleaned)
        try:
            timing.full_clean(exclude=["event"])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(name if name in self.fields else None, messages)
        else:
            self.timing = timing
        return cleaned

    def _timing(self, cleaned: dict) -> Timing:
        """What was said, the rest following from the first date."""
        first = cleaned["first"]
        timing = Timing(first=first, frequency=Frequency.ONCE)
        if cleaned.get("uid"):
            timing.uid = cleaned["uid"]
        timing.start_time, timing.end_time = cleaned["start_time"], cleaned["end_time"]
        timing.more_days = cleaned["more_days"] or 0
        if cleaned["back"] == Back.ONCE:
            return timing
        weekly = cleaned["back"] == Back.WEEKLY
        timing.frequency = Frequency.WEEKS if weekly else cleaned["frequency"] or Frequency.ONCE
        if not timing.comes_back:
            return timing
        timing.interval = 1 if weekly else cleaned["interval"] or 1
        if timing.frequency in (Frequency.WEEKS, Frequency.MONTHS):
            timing.weekdays = ",".join(cleaned["weekdays"] or [str(first.isoweekday())])
        timing.nth = int(cleaned["nth"] or _nth_of(first))
        timing.last = cleaned["last"] if cleaned["until"] == Until.DAY else None
        timing.count = cleaned["count"] if cleaned["until"] == Until.TIMES else None
        if cleaned["until"] == Until.DAY and not timing.last:
            self.add_error("last", _("Donnez la dernière date possible."))
        if cleaned["until"] == Until.TIMES and not timing.count:
            self.add_error("count", _("Donnez le nombre de fois."))
        timing.skip_school, timing.skip_public = cleaned["skip_school"], cleaned["skip_public"]
        return timing


def _nth_of(day: dt.date) -> int:
    """Which Tuesday of its month a Tuesday is: 1 to 4, a fifth one being the last."""
    nth = (day.day - 1) // 7 + 1
    return nth if nth < 5 else -1


class BaseTimingFormSet(forms.BaseFormSet):
    @property
    def timings(self) -> list[Timing]:
        """Once valid: what all blocks say, in order."""
        timings = [form.timing for form in self.forms if form.timing is not None]
        known = set()
        for order, timing in enumerate(timings):
            timing.sort_order = order
            if timing.uid in known:
                timing.uid = uuid.uuid4()
            known.add(timing.uid)
        return timings

    def silence(self) -> None:
        """Show what was typed without judging it yet."""
        self._errors, self._non_form_errors = [], ErrorList()
        for form in self.forms:
            form._errors, form.cleaned_data = ErrorDict(), {}


TimingFormSet = forms.formset_factory(
    TimingForm,
    formset=BaseTimingFormSet,
    extra=0,
    max_num=MAX_TIMINGS,
    absolute_max=MAX_TIMINGS + 1,
    validate_max=True,
)


def initial_timing(timing: Timing) -> dict:
    """A timing as initial data of its form."""
    weekly = (
        timing.frequency == Frequency.WEEKS
        and timing.interval == 1
        and timing.weekday_numbers == (timing.first.isoweekday(),)
    )
    plain = weekly or (timing.frequency == Frequency.ONCE and not timing.more_days)
    back = Back.OTHER if not plain else Back.WEEKLY if weekly else Back.ONCE
    initial = {
        "uid": timing.uid,
        "first": timing.first,
        "start_time": timing.start_time,
        "end_time": timing.end_time,
        "back": back,
        "until": Until.DAY if timing.last else Until.TIMES if timing.count else Until.NEVER,
        "last": timing.last,
        "count": timing.count,
        "skip_school": timing.skip_school,
        "skip_public": timing.skip_public,
        "more_days": timing.more_days or None,
    }
    if back == Back.OTHER and timing.frequency != Frequency.ONCE:
        initial |= {
            "frequency": timing.frequency,
            "interval": timing.interval if timing.interval > 1 else None,
            "weekdays": [str(number) for number in timing.weekday_numbers],
            "nth": str(timing.nth) if timing.frequency == Frequency.MONTHS else "",
        }
    return initial


def with_another(data: QueryDict) -> QueryDict:
    """What was sent, with one more block: the same hours as the last one, another date."""
    data = data.copy()
    total = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    number = min(int(total), MAX_TIMINGS) if total.isascii() and total.isdigit() else 0
    if number >= MAX_TIMINGS:
        return data
    for name in ("start_time", "end_time"):
        data[f"{PREFIX}-{number}-{name}"] = data.get(f"{PREFIX}-{number - 1}-{name}", "")
    data[f"{PREFIX}-{number}-back"] = Back.ONCE
    data[f"{PREFIX}-TOTAL_FORMS"] = str(number + 1)
    return data
