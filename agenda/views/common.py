"""What the agenda's views share."""

import datetime as dt

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from agenda.models import Event
from agenda.period import Period
from agenda.search import AgendaSearch, shortcut_labels
from agenda.wording import say_period
from coordination.directory.views.common import home_crumbs
from core.frame import site_of


def site_or_404(request: HttpRequest) -> Site:
    if (site := site_of(request)) is None:
        raise Http404
    return site


def agenda_crumbs() -> list[dict]:
    return [*home_crumbs(), {"label": _("Agenda"), "url": reverse("agenda:list")}]


def event_crumbs(event: Event) -> list[dict]:
    return [*agenda_crumbs(), {"label": str(event), "url": event.url}]


def address_of(name: str, *args) -> str:
    """The address of a part of the agenda; empty where that part is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def search_of(request: HttpRequest, period: Period | None = None) -> AgendaSearch:
    return AgendaSearch(request.GET, request.user, site_or_404(request), period)


def week_url(day: dt.date) -> str:
    year, week, _day = day.isocalendar()
    return reverse("agenda:week", args=[f"{year:04}-W{week:02}"])


def month_url(day: dt.date) -> str:
    return reverse("agenda:month", args=[f"{day:%Y-%m}"])


def list_context(search: AgendaSearch, view: str) -> dict:
    """What every view of a period shows around its dates: filters, other views, ways out."""
    filters = _query(search.url(only=("quand", "")))
    return {
        "search": search,
        "dates": search.typed_dates,
        "said_period": say_period(*search.period.bounds),
        "views": _views(search, view, filters),
        "shortcuts": _shortcuts(search),
        "print_url": reverse("agenda:print") + _period_query(search),
        "propose_url": address_of("agenda:propose"),
        "subscribe_url": address_of("agenda:subscribe"),
        "without_filters": _without_filters(search),
        "crumbs": home_crumbs() if view == "list" else agenda_crumbs(),
    }


def _query(address: str) -> str:
    """« ? » alone leads nowhere else than nothing."""
    return "" if address == "?" else address


def _period_query(search: AgendaSearch, **more: str) -> str:
    """The filters of a visit and its period, as the parameters of a list."""
    if search.has_own_period:
        return _query(search.url(**more))
    first, last = (day.isoformat() for day in search.period.bounds)
    return _query(search.url(du=first, au=last, **more))


def _views(search: AgendaSearch, view: str, filters: str) -> list[dict]:
    today = timezone.localdate()
    is_now = today in search.period
    day = today if is_now else search.period.first
    as_list = filters if is_now else _period_query(search)
    named = {
        "list": ("list", _("Liste"), reverse("agenda:list") + as_list),
        "week": ("calendar", _("Semaine"), week_url(day) + filters),
        "month": ("calendar-days", _("Mois"), month_url(day) + filters),
    }
    return [
        {"icon": icon, "label": label, "url": url, "current": name == view}
        for name, (icon, label, url) in named.items()
    ]


def _shortcuts(search: AgendaSearch) -> list[dict]:
    base = reverse("agenda:list")
    return [
        {
            "label": label,
            "url": base + search.url(only=("quand", ""), quand=name),
            "current": search.shortcut == name,
        }
        for name, label in shortcut_labels().items()
    ]


def _without_filters(search: AgendaSearch) -> str:
    """The same period with nothing filtered; empty when nothing is."""
    if not search.asks_something:
        return ""
    if not search.has_own_period:
        return "?"
    return "?" + "&".join(
        f"{name}={value}" for name, value in search.kept(drop="", only="").items() if value
    )


def from_day(search: AgendaSearch, day: dt.date | None) -> str:
    """The list from a day on, with the same filters; empty without a day."""
    if day is None:
        return ""
    return reverse("agenda:list") + search.url(only=("quand", ""), du=day.isoformat())
