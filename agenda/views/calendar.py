"""A day, a week, a month. Previous and next lead to where something takes place."""

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agenda.period import (
    Period,
    day_period,
    month_period,
    parse_day,
    parse_month,
    parse_week,
    week_period,
)
from agenda.search import AgendaSearch
from agenda.selectors.days import DayCell, days_of
from agenda.views.common import list_context, month_url, search_of, week_url
from agenda.views.list import dates_context
from agenda.wording import say_day, say_month, say_period
from core.paging import PER_PAGE

IN_WEEK = PER_PAGE  # dates of one day in a week
IN_MONTH = 6  # and in a month


@require_safe
def day(request: HttpRequest, day: str) -> HttpResponse:
    """What takes place on one day."""
    if (found := parse_day(day)) is None:
        return _unknown(request)
    search = search_of(request, day_period(found))
    context = dates_context(request, search, "day", after=search.days_around[1])
    context |= {"title": say_day(found), "around": _around(search, day_url, say_day)}
    return render(request, "agenda/day.html", context)


@require_safe
def week(request: HttpRequest, week: str) -> HttpResponse:
    """Seven days, each with its first dates."""
    if (monday := parse_week(week)) is None:
        return _unknown(request)
    search = search_of(request, week_period(monday))
    days = days_of(search, IN_WEEK)
    context = list_context(search, "week") | {
        "title": _said_week(monday),
        "cells": _led(search, days.cells.values()),
        "unknown": days.unknown,
        "around": _around(search, week_url, _said_week),
    }
    return render(request, "agenda/week.html", context)


@require_safe
def month(request: HttpRequest, month: str) -> HttpResponse:
    """A month as a table, Monday first."""
    if (first := parse_month(month)) is None:
        return _unknown(request)
    search = search_of(request, month_period(first))
    days = days_of(search, IN_MONTH)
    cells = _led(search, days.cells.values())
    context = list_context(search, "month") | {
        "title": say_month(first),
        "weekdays": [str(WEEKDAYS[number]) for number in range(7)],
        "weeks": _weeks(cells),
        "unknown": days.unknown,
        "legend": _legend(cells),
        "has_today": any(cell.is_today and cell.rows for cell in cells),
        "around": _around(search, month_url, say_month),
    }
    return render(request, "agenda/month.html", context)


def day_url(day: dt.date) -> str:
    return reverse("agenda:day", args=[day.isoformat()])


def _unknown(request: HttpRequest) -> HttpResponse:
    """An address that is no day, week or month, or lies beyond what the agenda holds."""
    today = timezone.localdate()
    context = {"week_url": week_url(today), "month_url": month_url(today)}
    return render(request, "agenda/no_period.html", context, status=404)


def _said_week(day: dt.date) -> str:
    return _("semaine %(days)s") % {"days": say_period(*week_period(day).bounds)}


def _around(
    search: AgendaSearch, url: Callable[[dt.date], str], say: Callable[[dt.date], str]
) -> dict[str, dict | None]:
    """The nearest periods with dates, with the same filters: `{"previous", "next"}`, each
    `{"url", "label"}`, or None where there is none."""
    filters = search.url()
    query = "" if filters == "?" else filters
    nearest = dict(zip(("previous", "next"), search.days_around, strict=True))
    return {
        name: {"url": url(day) + query, "label": say(day)} if day else None
        for name, day in nearest.items()
    }


def _led(search: AgendaSearch, cells) -> list[DayCell]:
    """Days that lead to their page."""
    filters = search.url()
    for cell in cells:
        cell.url = day_url(cell.day) + ("" if filters == "?" else filters)
    return list(cells)


def _weeks(cells: list[DayCell]) -> list[list[DayCell]]:
    """Whole weeks: days of the months around are there, and empty."""
    first, last = cells[0].day, cells[-1].day
    whole = Period(week_period(first).first, week_period(last).last)
    own = {cell.day: cell for cell in cells}
    days = [own.get(day) or DayCell(day, in_period=False) for day in whole.days]
    return [days[start : start + 7] for start in range(0, len(days), 7)]


def _legend(cells: list[DayCell]) -> list[dict]:
    """The groups that the table shows, each once; None for what belongs to none."""
    found = {}
    for cell in cells:
        for row in cell.rows:
            found[row.group["name"] if row.group else ""] = row.group
    return [found[name] for name in sorted(found, key=lambda name: (not name, name))]
