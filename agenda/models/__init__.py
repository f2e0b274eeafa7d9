from agenda.models.dates import DateChange, EventDate, Projection
from agenda.models.document import EventDocument
from agenda.models.event import Event
from agenda.models.holidays import SchoolHoliday
from agenda.models.link import CalendarLink
from agenda.models.organising import Organising
from agenda.models.programme import Programme
from agenda.models.proposal import (
    DateMail,
    Decision,
    EventDraft,
    EventMessage,
    Proposal,
    TrustedOrganisation,
)
from agenda.models.report import EventReport
from agenda.models.review import EventReview
from agenda.models.timing import Timing

__all__ = [
    "CalendarLink",
    "DateChange",
    "DateMail",
    "Decision",
    "Event",
    "EventDate",
    "EventDocument",
    "EventDraft",
    "EventMessage",
    "EventReport",
    "EventReview",
    "Organising",
    "Programme",
    "Projection",
    "Proposal",
    "SchoolHoliday",
    "Timing",
    "TrustedOrganisation",
]
