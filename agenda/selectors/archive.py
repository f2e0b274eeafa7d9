"""What is over, by month."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from agenda.models import EventDate
from core.memory import remember
from core.visibility import reach_of


@dataclass(frozen=True)
class Year:
    number: int
    months: list[tuple[dt.date, int]]  # the first day, how many dates

    @property
    def total(self) -> int:
        return sum(number for _month, number in self.months)


def past_years(site, user) -> list[Year]:
    """The years and months in which something took place within this person's reach, the latest
    first. Counted once per change and day."""
    today = timezone.localdate()
    key = ("agenda archive", site.pk, today, reach_of(user).tokens)
    return remember(key, lambda: _years(site, user, today))


def _years(site, user, today: dt.date) -> list[Year]:
    over = EventDate.objects.visible_to(user).filter(event__site=site, end_day__lt=today)
    months = (
        over.order_by()
        .annotate(month=TruncMonth("day"))
        .values_list("month")
        .annotate(number=Count("pk"))
        .order_by("-month")
    )
    years: dict[int, list] = {}
    for month, number in months:
        years.setdefault(month.year, []).append((month, number))
    return [Year(number, months) for number, months in years.items()]
