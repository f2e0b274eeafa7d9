"""School holidays, which the coordination keeps; public holidays come from a library."""

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
