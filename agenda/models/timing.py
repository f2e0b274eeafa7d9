"""When an event takes place: one or several timings, in the words of `agenda.recurrence`."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from agenda.enums import Frequency, SkipSchool, Weekday
from agenda.models.event import Event
from agenda.recurrence import (
    EARLIEST,
    LATEST,
    MAX_COUNT,
    MAX_INTERVAL,
    NTHS,
    Recurrence,
    first_day,
)

MAX_MORE_DAYS = 92  # a consultation that lasts a season


class Timing(models.Model):
    """One way an event comes back, or one date of it.

    Several free dates are several timings, and so are the seasons of an activity, each with its
    weekdays and hours. `first` and `last` are days in Brussels; the hours are Brussels' too.
    """

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="timings")
    # What a changed date and a calendar program know it by, from one version to the next.
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    frequency = models.CharField(
        _("revient"), max_length=10, choices=Frequency.choices, default=Frequency.ONCE
    )
    first = models.DateField(_("à partir du"))
    start_time = models.TimeField(_("début"), null=True, blank=True)
    end_time = models.TimeField(_("fin"), null=True, blank=True)
    more_days = models.PositiveSmallIntegerField(
        _("jours de plus"),
        default=0,
        validators=[MaxValueValidator(MAX_MORE_DAYS)],
        help_text=_("0 : finit le jour même. 1 : finit le lendemain."),
    )
    interval = models.PositiveSmallIntegerField(
        _("tous les combien"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_INTERVAL)],
    )
    # ISO numbers, « 1,3,4 »: Monday, Wednesday, Thursday.
    weekdays = models.CharField(_("jours de la semaine"), max_length=20, blank=True, default="")
    nth = models.SmallIntegerField(_("lequel du mois"), default=1)
    last = models.DateField(_("jusqu’au"), null=True, blank=True)
    count = models.PositiveSmallIntegerField(
        _("nombre de fois"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_COUNT)],
    )
    skip_school = models.CharField(
        _("vacances scolaires"),
        max_length=10,
        choices=SkipSchool.choices,
        blank=True,
        default=SkipSchool.NO,
    )
    skip_public = models.BooleanField(_("sauf les jours fériés"), default=False)

    class Meta:
        verbose_name = _("moment")
        verbose_name_plural = _("moments")
        ordering = ["sort_order", "first", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "uid"], name="agenda_timing_once"),
            models.CheckConstraint(
                condition=Q(last=None) | Q(last__gte=F("first")),
                name="agenda_timing_days",
                violation_error_message=_("La dernière date vient avant la première."),
            ),
            models.CheckConstraint(
                condition=Q(end_time=None) | Q(start_time__isnull=False),
                name="agenda_timing_hours",
                violation_error_message=_("Donnez l’heure de début avec celle de fin."),
            ),
            models.CheckConstraint(
                condition=Q(last=None) | Q(count=None),
                name="agenda_timing_one_end",
                violation_error_message=_("Choisissez une seule fin : une date ou un nombre."),
            ),
        ]

    def __str__(self) -> str:
        from agenda.wording import say_timing

        return say_timing(self)

    def clean(self) -> None:
        """What no constraint can say. Raises `ValidationError`, each message beside its field."""
        errors = {
            name: _("Choisissez une date entre 1990 et 2099.")
            for name in ("first", "last")
            if (day := getattr(self, name)) and not EARLIEST <= day <= LATEST
        }
        ends_same_day = self.start_time and self.end_time and not self.more_days
        if ends_same_day and self.end_time < self.start_time:
            errors["end_time"] = _("La fin vient avant le début.")
        numbers = self.weekdays.split(",") if self.weekdays else []
        if any(number not in Weekday.values for number in numbers):
            errors["weekdays"] = _("Choisissez parmi les jours de la semaine.")
        elif self.frequency in (Frequency.WEEKS, Frequency.MONTHS) and not numbers:
            errors["weekdays"] = _("Choisissez au moins un jour de la semaine.")
        if self.nth not in NTHS:
            errors["nth"] = _("Choisissez le premier, le deuxième… ou le dernier.")
        if not errors and not self.has_a_day():
            errors["last"] = _("Entre ces deux dates, aucun jour ne convient.")
        if errors:
            raise ValidationError(errors)

    def has_a_day(self) -> bool:
        return self.first is None or first_day(self.recurrence) is not None

    @property
    def weekday_numbers(self) -> tuple[int, ...]:
        return tuple(sorted({int(number) for number in self.weekdays.split(",") if number}))

    @property
    def recurrence(self) -> Recurrence:
        by_weekday = self.frequency in (Frequency.WEEKS, Frequency.MONTHS)
        comes_back = self.frequency not in (Frequency.ONCE, Frequency.MONTH)
        return Recurrence(
            frequency=self.frequency,
            first=self.first.replace(day=1) if self.frequency == Frequency.MONTH else self.first,
            last=self.last if comes_back else None,
            count=self.count if comes_back else None,
            interval=self.interval,
            weekdays=self.weekday_numbers if by_weekday else (),
            nth=self.nth,
        )

    @property
    def comes_back(self) -> bool:
        return self.recurrence.comes_back

    @property
    def length(self) -> dt.timedelta:
        """How many days later it ends."""
        return dt.timedelta(days=self.more_days)
