"""The agenda for programs: any filtered view as ICS, RSS, JSON and CSV, and one event as ICS.

The address of a view with the suffix in the place of its last slash, filters kept. A visitor who
asks again is answered 304 without any date being read.
"""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agenda.enums import DateState
from agenda.feeds.entries import Writer, said_when, since
from agenda.feeds.ical import CONTENT_TYPE, write_calendar
from agenda.feeds.rows import page_of_rows, rows
from agenda.models import Event, EventDate
from agenda.models.dates import EventDateQuerySet
from agenda.period import PARSERS
from agenda.search import AgendaSearch
from agenda.views.common import search_of, site_or_404
from core.frame import site_of
from core.language import current_language
from core.memory import version
from core.text import plain_cell, tidy

MAX_ITEMS = 100  # of an RSS feed
JSON_PAGE = 100  # dates

View = Callable[..., HttpResponse]


def fresh_only(view: View) -> View:
    """Answer 304 before anything is read, while the content, the day and the reader's reach are
    the same. What a signed-in person reads is kept nowhere."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        etag = quote_etag(f"{version()}-{timezone.localdate()}-{current_language()}")
        response = get_conditional_response(request, etag=etag)
        if response is None:
            response = view(request, *args, **kwargs)
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "public, no-cache"
        return response

    return require_safe(answer)


def visit_of(request: HttpRequest, period: str, value: str) -> AgendaSearch:
    """The visit that an address names: `period` is « day », « week », « month » or nothing,
    `value` its day, week or month. Raises Http404 for one that does not exist."""
    own = PARSERS[period](value) if period else None
    if period and own is None:
        raise Http404
    return search_of(request, own)


@fresh_only
def agenda_ics(request: HttpRequest, period: str = "", value: str = "") -> HttpResponse:
    """For calendar programs. Without a period: every series that still runs, with its rule, from
    a month ago on. With one: its dates, one by one."""
    search = visit_of(request, period, value)
    writer = Writer(request, request.user)
    if period or {"du", "au", "quand"} & request.GET.keys():
        entries = writer.dates([*_whole(search.running), *_whole(search.dates)])
    else:
        entries = writer.series(search.series().filter(last_day__gte=since()))
    return _calendar(write_calendar(_name(request), entries), _("agenda"))


def _whole(dates: EventDateQuerySet) -> EventDateQuerySet:
    """With what is said of each, without the texts of its series."""
    found = dates.select_related("event", "projection", "change")
    return found.defer("event__search_text", "projection__entries_fr", "projection__entries_nl")


@fresh_only
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, all its dates: « Mon agenda »."""
    visible = Event.objects.visible_to(request.user).filter(site=site_or_404(request))
    event = get_object_or_404(visible, slug=slug)
    series = Writer(request, request.user).series(event.projections.all())
    return _calendar(write_calendar(event.title, series), event.slug)


def _calendar(body: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


def _name(request: HttpRequest) -> str:
    site = site_of(request)
    return _("Agenda · %(network)s") % {"network": site.site_name or site.hostname}


@fresh_only
def agenda_rss(request: HttpRequest, period: str = "", value: str = "") -> HttpResponse:
    """RSS 2.0: the next dates, each with its day and hour in its title."""
    search = visit_of(request, period, value)
    feed = Rss201rev2Feed(
        title=tidy(_name(request)),
        link=request.build_absolute_uri(request.get_full_path().replace(".rss", "/", 1)),
        description=tidy(_("Ce qui a lieu, jour par jour.")),
        language=f"{current_language()}-be",
        feed_url=request.build_absolute_uri(request.get_full_path()),
    )
    for date in [*_whole(search.running)[:MAX_ITEMS], *_whole(search.dates)[:MAX_ITEMS]]:
        if date.day_is_known:
            feed.add_item(**_item(date, request))
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _item(date: EventDate, request: HttpRequest) -> dict:
    state = "" if date.takes_place else f"{date.get_state_display()} : "
    event = date.event
    words = [date.change.note if date.change else "", event.in_short]
    published = event.last_published_at or event.created_at
    return {
        "title": tidy(f"{state}{said_when(date)} : {event.title}"),
        "link": request.build_absolute_uri(event.date_url(date.day)),
        "description": tidy(" ".join(word for word in words if word)),
        "pubdate": max(published, date.change.at) if date.change else published,
        "unique_id": f"urn:uuid:{event.uid}:{date.projection.timing_uid}:{date.original_day}"
        + (":2" if date.instead_of_id else ""),
        "unique_id_is_permalink": False,
    }


@fresh_only
def agenda_json(request: HttpRequest, period: str = "", value: str = "") -> HttpResponse:
    """For programs: `{"language", "generated_at", "from", "to", "total", "page", "pages", "next",
    "dates": [...]}`; the names of fields are the same in both languages. `JSON_PAGE` dates a page,
    `next` is the address of the following one, or null."""
    search = visit_of(request, period, value)
    found, page, pages = page_of_rows(search, request, request.GET.get("page"), JSON_PAGE)
    following = request.path + search.url(page=str(page + 1)) if page < pages else None
    answer = {
        "language": current_language(),
        "generated_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "from": search.period.first.isoformat(),
        "to": search.period.last.isoformat(),
        "total": search.total,
        "page": page,
        "pages": pages,
        "next": request.build_absolute_uri(following) if following else None,
        "dates": found,
    }
    return HttpResponse(
        json.dumps(answer, ensure_ascii=False), content_type="application/json; charset=utf-8"
    )


@fresh_only
def agenda_csv(request: HttpRequest, period: str = "", value: str = "") -> HttpResponse:
    """For a spreadsheet: semicolons and a byte order mark, as Belgian Excel reads it. All in words;
    at most `rows.MAX_ROWS` dates."""
    search = visit_of(request, period, value)
    heads = {
        "day": _("Date"),
        "end_day": _("Jusqu’au"),
        "start_time": _("Début"),
        "end_time": _("Fin"),
        "state": _("État"),
        "moved_to": _("Nouvelle date"),
        "note": _("À savoir"),
        "title": _("Titre"),
        "summary": _("En une phrase"),
        "kind": _("Sorte"),
        "organisers": _("Organisateurs"),
        "place": _("Lieu"),
        "address": _("Adresse"),
        "room": _("Salle"),
        "online_url": _("En ligne"),
        "for_whom": _("Pour qui"),
        "age_min": _("À partir de (âge)"),
        "age_max": _("Jusqu’à (âge)"),
        "languages": _("Langues"),
        "price": _("Prix"),
        "price_amount": _("Montant, en euros"),
        "registration": _("Inscription"),
        "access": _("Accès"),
        "phone": _("Téléphone"),
        "email": _("Adresse électronique"),
        "url": _("Page"),
    }
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(heads.values())
    for row in rows(search, request):
        row["state"] = DateState(row["state"]).label
        cells = (row[name] for name in heads)
        writer.writerow([plain_cell(_cell(cell)) for cell in cells])
    response = HttpResponse("\ufeff" + buffer.getvalue(), content_type="text/csv; charset=utf-8")
    first, last = search.period.first, search.period.last
    response["Content-Disposition"] = f'attachment; filename="agenda-{first}-{last}.csv"'
    return response


def _cell(value) -> str:
    if isinstance(value, list):
        return " | ".join(value)
    return "" if value is None else str(value)


FORMATS = {"ics": agenda_ics, "rss": agenda_rss, "json": agenda_json, "csv": agenda_csv}
