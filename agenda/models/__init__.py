from agenda.models.dates import DateChange, EventDate, Projection
from agenda.models.event import Event, EventDocument, Organising
from agenda.models.holidays import SchoolHoliday
from agenda.models.link import CalendarLink
from agenda.models.programme import Programme
from agenda.models.timing import Timing

__all__ = [
    "CalendarLink",
    "DateChange",
    "Event",
    "EventDate",
    "EventDocument",
    "Organising",
    "Programme",
    "Projection",
    "SchoolHoliday",
    "Timing",
]
