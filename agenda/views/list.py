"""The agenda as a list: on screen, on paper, and what is over."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agenda.search import AgendaSearch
from agenda.selectors.archive import past_years
from agenda.selectors.rows import by_day, rows_of, with_related
from agenda.views.common import (
    agenda_crumbs,
    from_day,
    list_context,
    month_url,
    search_of,
    site_or_404,
)
from agenda.wording import say_day, say_month
from core.paging import page_of

PER_PAGE = 30
MAX_PRINTED = 500
MAX_RUNNING = 50
MAX_WITHOUT_DATES = 30


@require_safe
def date_list(request: HttpRequest) -> HttpResponse:
    """What takes place from today on, or in the period of the query string, day by day."""
    search = search_of(request)
    context = dates_context(request, search, "list", after=None)
    if not context["page_obj"].has_next():
        context["after"] = further(search, search.day_after)
        if not search.asks_period:
            context["without_dates"] = search.without_dates()[:MAX_WITHOUT_DATES]
    return render(request, "agenda/list.html", context)


def further(search: AgendaSearch, day: dt.date | None) -> dict | None:
    """The list from a day on, as a link."""
    return {"url": from_day(search, day), "label": say_day(day)} if day else None


def dates_context(
    request: HttpRequest, search: AgendaSearch, view: str, after: dt.date | None
) -> dict:
    """A page of the dates of a period, the long ones that began before above its first page; then
    the next day with a date."""
    dates = with_related(search.dates)
    number = search.total - search.running_total
    page = page_of(dates, request.GET.get("page"), PER_PAGE, count=number)
    running = []
    if search.running_total and page.number == 1:
        running = list(with_related(search.running)[:MAX_RUNNING])
    found = [*running, *page.object_list]
    rows = rows_of(found, request.user, search.names, recurrence=True)
    return list_context(search, view) | {
        "running": rows[: len(running)],
        "days": by_day(rows[len(running) :]),
        "page_obj": page,
        "after": further(search, after),
    }


@require_safe
def print_list(request: HttpRequest) -> HttpResponse:
    """The same dates on paper, day by day, in large letters."""
    search = search_of(request)
    running = list(with_related(search.running)[:MAX_RUNNING]) if search.running_total else []
    dates = [*running, *with_related(search.dates)[:MAX_PRINTED]]
    rows = rows_of(dates, request.user, search.names)
    context = list_context(search, "list") | {
        "running": rows[: len(running)],
        "days": by_day(rows[len(running) :]),
        "limit": MAX_PRINTED,
        "printed_on": timezone.localdate(),
        "crumbs": agenda_crumbs(),
        "back_url": from_day(search, search.period.first),
    }
    return render(request, "agenda/print.html", context)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The months in which something took place."""
    years = [
        {
            "number": year.number,
            "total": year.total,
            "months": [
                {"label": say_month(month), "number": number, "url": month_url(month)}
                for month, number in year.months
            ],
        }
        for year in past_years(site_or_404(request), request.user)
    ]
    return render(request, "agenda/archive.html", {"years": years, "crumbs": agenda_crumbs()})
