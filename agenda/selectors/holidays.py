"""Until when school holidays are known, and who is told before they end."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agenda.closures import known_until
from agenda.enums import SchoolCalendar
from agenda.wording import say_day
from core.desk import Waiting
from core.visibility import reach_of

TOLD_BEFORE = dt.timedelta(days=92)  # three months


@dataclass(frozen=True)
class Known:
    """The last day for which the holidays of one school calendar are known; None: no day."""

    calendar: str
    until: dt.date | None

    @property
    def ends_soon(self) -> bool:
        return self.until is None or self.until - timezone.localdate() <= TOLD_BEFORE

    @property
    def sentence(self) -> str:
        schools = capfirst(SchoolCalendar(self.calendar).label)
        if self.until is None:
            return _("%(schools)s : aucune période connue.") % {"schools": schools}
        day = say_day(self.until, weekday=False)
        return _("%(schools)s : vacances connues jusqu’au %(day)s.") % {
            "schools": schools,
            "day": day,
        }


def known_holidays() -> list[Known]:
    """One for each school calendar."""
    return [Known(calendar, known_until(calendar)) for calendar in SchoolCalendar.values]


def waiting(user) -> list[Waiting]:
    """For those who oversee the network: calendars whose known holidays end within three months.
    After that day, what leaves school holidays out would take place during them."""
    if not reach_of(user).networks:
        return []
    return [
        Waiting(
            title=_("Des vacances scolaires sont à ajouter"),
            url=reverse("schoolholiday:index"),
            detail=known.sentence,
            icon="calendar-clock",
        )
        for known in known_holidays()
        if known.ends_soon
    ]
