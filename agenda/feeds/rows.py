"""The dates of a visit as plain rows, for spreadsheets and programs."""

from collections.abc import Iterator

from django.http import HttpRequest

from agenda.enums import Price
from agenda.models import Event, EventDate
from agenda.search import AgendaSearch
from agenda.selectors.places import known_places
from coordination.directory.models import Organisation
from core.paging import page_of

MAX_ROWS = 5000  # dates in one file; a narrower period has the rest


def rows(search: AgendaSearch, request: HttpRequest) -> Iterator[dict]:
    """One dictionary per date, the long ones that run first; in a bounded number of queries."""
    running = _whole(search.running)[:MAX_ROWS]
    return rows_of([*running, *_whole(search.dates)[: MAX_ROWS - len(running)]], search, request)


def page_of_rows(
    search: AgendaSearch, request: HttpRequest, number: str | None, per_page: int
) -> tuple[list[dict], int, int]:
    """The same, one page of them: its rows, its number and how many pages there are. The long
    dates that run are on the first one, besides."""
    page = page_of(_whole(search.dates), number, per_page)
    running = list(_whole(search.running)[:MAX_ROWS]) if page.number == 1 else []
    found = list(rows_of([*running, *page.object_list], search, request))
    return found, page.number, page.paginator.num_pages


def rows_of(dates: list[EventDate], search: AgendaSearch, request: HttpRequest) -> Iterator[dict]:
    places = known_places(request.user)
    organisers = _organisers(search, {date.event_id for date in dates})
    for date in dates:
        yield _row(date, request, places, organisers.get(date.event_id, []))


def _whole(dates):
    related = ("event", "event__group", "change", "moved_to")
    return dates.select_related(*related)


def _organisers(search: AgendaSearch, events: set[int]) -> dict[int, list[str]]:
    """The names of those who organise, as far as this person may know of them, in order."""
    visible = Organisation.objects.visible_to(search.user)
    found: dict[int, list[str]] = {}
    through = visible.filter(organisings__event__in=events).order_by("organisings__sort_order")
    for event, name in through.values_list("organisings__event_id", "name"):
        found.setdefault(event, []).append(name)
    return found


def _row(date: EventDate, request: HttpRequest, places: dict, organisers: list[str]) -> dict:
    event: Event = date.event
    place = places.get(event.place_id)
    moved_to = getattr(date, "moved_to", None)
    return {
        "day": date.day.isoformat() if date.day_is_known else f"{date.day:%Y-%m}",
        "end_day": date.end_day.isoformat() if date.day_is_known else "",
        "start_time": date.start_time.strftime("%H:%M") if date.start_time else "",
        "end_time": date.end_time.strftime("%H:%M") if date.end_time else "",
        "state": date.state,
        "moved_to": moved_to.day.isoformat() if moved_to else "",
        "note": date.change.note if date.change else "",
        "title": event.title,
        "summary": event.in_short,
        "kind": str(event.get_kind_display()),
        "organisers": [*organisers, *filter(None, [event.other_organisers])],
        "place": place.name if place else "",
        "address": place.full_address if place else event.address,
        "room": event.room,
        "online_url": event.online_url,
        "for_whom": event.targets_list,
        "age_min": event.age_min,
        "age_max": event.age_max,
        "languages": event.languages_list,
        "price": str(event.get_price_display()) if event.price else "",
        "price_amount": str(event.price_amount) if event.price == Price.FIXED else "",
        "registration": str(event.get_registration_display()) if event.registration else "",
        "access": event.access_list,
        "phone": event.contact_phone,
        "email": event.contact_email,
        "url": request.build_absolute_uri(event.date_url(date.day)),
    }
