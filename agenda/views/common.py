"""What the agenda's views share."""

import datetime as dt
from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from agenda.models import Event, Proposal
from agenda.period import Period
from agenda.permissions import can_edit_event, can_follow_proposal
from agenda.planning import HORIZON
from agenda.search import AgendaSearch, shortcut_labels
from agenda.wording import say_day, say_period
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
        "horizon": _horizon(search),
        "views": _views(search, view, filters),
        "shortcuts": _shortcuts(search),
        "print_url": reverse("agenda:print") + _period_query(search),
        "propose_url": reverse("agenda:propose"),
        "subscribe_url": reverse("agenda:subscribe"),
        "without_filters": _without_filters(search),
        "crumbs": home_crumbs() if view == "list" else agenda_crumbs(),
    }


def _horizon(search: AgendaSearch) -> str:
    """The last day for which all that comes back is written, in words, when the period goes
    further."""
    last = timezone.localdate() + HORIZON
    return say_day(last) if search.period.last > last else ""


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


def asks_to_sign_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the screens of a published event that only some may use: a visitor is asked to sign in
    when the event is for everybody, and learns nothing of the others."""

    @wraps(view)
    def wrapper(request: HttpRequest, slug: str, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            if not Event.objects.visible_to(request.user).filter(slug=slug).exists():
                raise Http404
            return redirect_to_login(request.get_full_path())
        return view(request, slug, *args, **kwargs)

    return wrapper


def editable_or_404(request: HttpRequest, slug: str) -> Event:
    """The event, published or not, for those who may edit it."""
    event = Event.objects.select_related("audience", "site", "group").filter(slug=slug).first()
    if event is None or not can_edit_event(request.user, event):
        raise Http404
    return event


def copy_url(event: Event) -> str:
    """The form of a new event, filled with this one."""
    return f"{reverse('agenda:propose')}?copie={event.slug}"


def followed_or_404(request: HttpRequest, secret: str) -> Proposal:
    """The dossier of a private link. Without an account the link is the key; with one, so are
    the rights of today."""
    related = Proposal.objects.current().select_related(
        "event__site", "event__audience", "event__group", "revision", "decided_by", "sent_by"
    )
    proposal = related.filter(secret=secret).first()
    if proposal is None:
        raise Http404
    if not proposal.email and not can_follow_proposal(request.user, proposal):
        raise Http404
    return proposal


def attempt(form, service: Callable, *, about, actor, **arguments):
    """Run a service in one transaction and note what its form kept knowingly; its refusals come
    back on the form. Gives None for a refusal; 404 for what this person may not do."""
    try:
        with transaction.atomic():
            done = service(actor=actor, **arguments)
            form.note_kept(actor, about)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            for name, messages in error.message_dict.items():
                form.add_error(name if name in form.fields else None, messages)
        else:
            form.add_error(None, error.messages)
        return None
    return done
