"""School holidays, which the coordination keeps; public holidays come from a library."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agenda.enums import SchoolCalendar
from core.models import Bilingual


class SchoolHoliday(Bilingual, models.Model):
    """A period without school in one of the two school calendars of Brussels."""

    bilingual = ("name",)

    calendar = models.CharField(_("écoles"), max_length=2, choices=SchoolCalendar.choices)
    name_fr = models.CharField(_("nom en français"), max_length=80)
    name_nl = models.CharField(_("nom en néerlandais"), max_length=80, blank=True, default="")
    first = models.DateField(_("premier jour"))
    last = models.DateField(_("dernier jour"))

    class Meta:
        verbose_name = _("vacances scolaires")
        verbose_name_plural = _("vacances scolaires")
        ordering = ["-first", "calendar"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "first"],
                name="agenda_schoolholiday_once",
                violation_error_message=_("Des vacances commencent déjà ce jour-là."),
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="agenda_schoolholiday_days",
                violation_error_message=_("Le dernier jour vient avant le premier."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_calendar_display()})"

    def clean(self) -> None:
        """Two periods of one calendar never overlap. Raises `ValidationError`."""
        from agenda.wording import say_period

        if not self.first or not self.last or self.last < self.first:
            return
        others = SchoolHoliday.objects.filter(
            calendar=self.calendar, first__lte=self.last, last__gte=self.first
        )
        if other := others.exclude(pk=self.pk).order_by("first").first():
            raise ValidationError(
                {
                    "first": _(
                        "Ces dates touchent « %(name)s », %(period)s. Corrigez l’une ou l’autre."
                    )
                    % {"name": other.name, "period": say_period(other.first, other.last)}
                }
            )
