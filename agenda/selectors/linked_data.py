"""An event for search engines and assistants (schema.org `Event`), and as a square to photograph.

Only what everybody may know ever comes here: the caller asks for public events alone."""

import base64
import datetime as dt
import io

import qrcode
from django.utils import timezone
from qrcode.image.svg import SvgPathImage

from agenda.enums import DateState, Price
from agenda.models import EventDate
from agenda.planning import at_local
from agenda.selectors.event import EventPage
from core.language import current_language
from core.memory import remember

SCHEMA = "https://schema.org"
STATES = {
    DateState.CANCELLED: "EventCancelled",
    DateState.MOVED: "EventRescheduled",
}


def linked_data(page: EventPage, date: EventDate, origin: str) -> dict:
    """One date of an event, in the words of schema.org."""
    event = page.event
    data = {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": f"{origin}{date.url}",
        "url": f"{origin}{date.url}",
        "name": event.title,
        "description": event.in_short,
        "startDate": _moment(date.day, date.start_time),
        "endDate": _moment(date.end_day, date.end_time),
        "eventStatus": f"{SCHEMA}/{STATES.get(date.state, 'EventScheduled')}",
        "eventAttendanceMode": f"{SCHEMA}/{_mode(page)}",
        "location": _locations(page),
        "organizer": [
            {"@type": "Organization", "name": one.name, "url": f"{origin}{one.url}"}
            for one in page.organisers
        ],
        "inLanguage": event.languages or [current_language()],
    }
    if date.instead_of:
        if not date.is_cancelled:
            data["eventStatus"] = f"{SCHEMA}/{STATES[DateState.MOVED]}"
        data["previousStartDate"] = _moment(date.instead_of.day, date.instead_of.start_time)
    if event.price == Price.FREE:
        data["isAccessibleForFree"] = True
    return {name: value for name, value in data.items() if value}


def _moment(day: dt.date, time: dt.time | None) -> str:
    """ISO 8601 with Brussels' offset; a day alone when no hour is known."""
    return timezone.localtime(at_local(day, time)).isoformat() if time else day.isoformat()


def _mode(page: EventPage) -> str:
    has_place = bool(page.place or page.event.address)
    if page.event.online_url:
        return "MixedEventAttendanceMode" if has_place else "OnlineEventAttendanceMode"
    return "OfflineEventAttendanceMode"


def _locations(page: EventPage) -> list[dict]:
    found = []
    if page.place or page.street:
        name = page.place.name if page.place else page.street
        found.append({"@type": "Place", "name": name, "address": page.street or name})
    if page.event.online_url:
        found.append({"@type": "VirtualLocation", "url": page.event.online_url})
    return found


def square_of(url: str) -> str:
    """A QR code that leads to an address, as the address of a picture; drawn once per change."""
    return remember(("qr", url), lambda: _square(url))


def _square(url: str) -> str:
    out = io.BytesIO()
    qrcode.make(url, image_factory=SvgPathImage, border=2).save(out)
    return f"data:image/svg+xml;base64,{base64.b64encode(out.getvalue()).decode()}"
