"""School holidays: those we ship, and what another day of them changes."""

import json
from pathlib import Path

from django.db import transaction

from agenda.models import Event, SchoolHoliday
from agenda.services.projection import project
from core.jobs import job, later
from core.memory import forget

SHIPPED = Path(__file__).parents[1] / "data" / "school_holidays.json"


@transaction.atomic
def load_school_holidays() -> int:
    """Add the periods we ship that are not there yet; gives how many. What the coordination
    changed stays: a period is known by its calendar and first day."""
    rows = json.loads(SHIPPED.read_text(encoding="utf-8"))["holidays"]
    before = SchoolHoliday.objects.count()
    SchoolHoliday.objects.bulk_create([SchoolHoliday(**row) for row in rows], ignore_conflicts=True)
    added = SchoolHoliday.objects.count() - before
    if added:  # written in bulk: no signal tells of it
        forget()
        school_holidays_changed()
    return added


def school_holidays_changed(**_signal) -> None:
    """Dates that leave school holidays out are made anew, once the change is saved."""
    later(project_around_holidays)


@job
def project_around_holidays() -> int:
    """Project anew every published event that leaves school holidays out; gives how many."""
    events = Event.objects.filter(live=True, timings__skip_school__gt="").distinct()
    number = 0
    for event in events.iterator():
        project(event)
        number += 1
    return number
