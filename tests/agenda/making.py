"""Events for tests: published in one call, with the timings that matter."""

import datetime as dt
from itertools import count

from agenda.enums import Frequency
from agenda.models import Event, Organising, Timing
from home.services.network import Network

_numbers = count(1)
MONDAY = dt.date(2026, 3, 2)


def timing(first: dt.date = MONDAY, hours: str = "13:30-15:00", **fields) -> Timing:
    """A timing; `hours` is « start-end », « start » alone, or nothing."""
    start, _dash, end = hours.partition("-")
    return Timing(
        first=first,
        start_time=dt.time.fromisoformat(start) if start else None,
        end_time=dt.time.fromisoformat(end) if end else None,
        **fields,
    )


def weekly(first: dt.date = MONDAY, weekdays: str = "1", **fields) -> Timing:
    return timing(first, frequency=Frequency.WEEKS, weekdays=weekdays, **fields)


def make_event(network: Network, *timings: Timing, live: bool = True, organisers=(), **fields):
    """An event of the network; published, unless `live` is false."""
    number = next(_numbers)
    themes = fields.pop("themes", ())
    event = Event(
        site=network.site,
        slug=fields.pop("slug", f"evenement-{number}"),
        title_fr=fields.pop("title_fr", f"Événement {number}"),
        live=False,
        **fields,
    )
    event.timings = list(timings)
    event.organisings = [
        Organising(organisation=organisation, sort_order=order)
        for order, organisation in enumerate(organisers)
    ]
    event.themes = list(themes)
    event.save()
    revision = event.save_revision()
    if live:
        revision.publish()
    event.refresh_from_db()
    return event


def again(event: Event, **changes) -> Event:
    """Publish the event once more with other values."""
    event = event.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(event, name, value)
    event.save_revision().publish()
    return Event.objects.get(pk=event.pk)
