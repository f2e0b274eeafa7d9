"""The days of a period with their first dates: two queries, one of them with window functions, and
one for what lasts several days, whatever the number of dates."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from agenda.models import EventDate
from agenda.search import AgendaSearch, beginning_in
from agenda.selectors.rows import DateRow, rows_of, with_related

MAX_LONG = 100  # long dates of one period


@dataclass
class DayCell:
    """One day of a calendar: its first dates, what goes on from the days before, and how many
    dates there are beyond those shown."""

    day: dt.date
    url: str = ""
    in_period: bool = True
    rows: list[DateRow] = field(default_factory=list)
    number: int = 0

    @property
    def more(self) -> int:
        return self.number - len(self.rows)

    @property
    def is_today(self) -> bool:
        return self.day == timezone.localdate()

    @property
    def is_week_end(self) -> bool:
        return self.day.weekday() >= 5


@dataclass(frozen=True)
class Days:
    """The days of a period, and what takes place on one of them that is not known yet."""

    cells: dict[dt.date, DayCell]
    unknown: list[DateRow]


def days_of(search: AgendaSearch, limit: int) -> Days:
    """Every day of the period of a search, with at most `limit` dates each. A long date is shown on
    each of its days."""
    period = search.period
    numbers, firsts = _first_dates(search, limit)
    spread = list(_spread(search))
    rows = rows_of([*firsts, *spread], search.user, search.names)
    cells = {day: DayCell(day) for day in period.days}
    going_on: dict[dt.date, list[DateRow]] = defaultdict(list)
    unknown = []
    for date, row in zip(spread, rows[len(firsts) :], strict=True):
        if not date.day_is_known:
            unknown.append(row)
            continue
        day = max(date.day + dt.timedelta(days=1), period.first)
        while day <= min(date.end_day, period.last):
            going_on[day].append(row)
            day += dt.timedelta(days=1)
    for day, cell in cells.items():
        cell.number = len(going_on[day]) + numbers[day]
        cell.rows = going_on[day][:limit]
    for date, row in zip(firsts, rows, strict=False):
        if len(cells[date.day].rows) < limit:
            cells[date.day].rows.append(row)
    return Days(cells, unknown)


def _first_dates(search: AgendaSearch, limit: int) -> tuple[Counter[dt.date], list[EventDate]]:
    """How many dates each day has, and the first of each, in order."""
    in_day = {"partition_by": F("day")}
    order = [F("start_time").asc(nulls_first=True), F("pk").asc()]
    dates = search.matching().filter(beginning_in(search.period), day_is_known=True)
    numbered = (
        dates.annotate(
            number_in_day=Window(RowNumber(), order_by=order, **in_day),
            dates_of_day=Window(Count("pk"), **in_day),
        )
        .filter(number_in_day__lte=limit)
        .order_by()
        .values_list("pk", "day", "dates_of_day")
    )
    numbers, keys = Counter(), []
    for key, day, number in numbered:
        numbers[day] = number
        keys.append(key)
    return numbers, list(with_related(EventDate.objects.filter(pk__in=keys)).in_order())


def _spread(search: AgendaSearch):
    """What lasts longer than a day and touches the period; what has no day in its month yet is
    of these too."""
    # Found by themselves first: see `running_at`.
    long = EventDate.objects.filter(
        end_day__gte=search.period.first, end_day__gt=F("day"), day__lte=search.period.last
    )
    found = search.matching().filter(pk__in=long.order_by().values("pk"))
    return with_related(found).in_order()[:MAX_LONG]
