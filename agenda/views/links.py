"""« S’abonner à cet agenda », one's own secret addresses, and what they answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_http_methods, require_safe

from agenda.feeds.entries import Writer, since
from agenda.feeds.ical import CONTENT_TYPE, write_calendar
from agenda.models import CalendarLink
from agenda.search import AgendaSearch
from agenda.selectors.own import own_groups, own_series
from agenda.selectors.rows import rows_of, with_related
from agenda.services.links import give_up_link, make_link
from agenda.views.common import agenda_crumbs, search_of
from core.visibility import MEMBER, reach_of

EMBEDDED = 20  # dates on a partner's page
MAX_EMBEDDED = 50


@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """How one follows this agenda, filters kept: on a telephone, in Google, in Outlook; and the
    code for a partner's site."""
    search = search_of(request)
    query = search.url() if search.asks_something else ""
    feed = request.build_absolute_uri(reverse("agenda_ics") + query)
    context = {
        "chips": search.chips,
        "feed_url": feed,
        "webcal_url": feed.replace("https:", "webcal:", 1).replace("http:", "webcal:", 1),
        "embed_url": request.build_absolute_uri(reverse("agenda:embed") + query),
        "rss_url": request.build_absolute_uri(reverse("agenda_rss") + query),
        "csv_url": reverse("agenda_csv") + query,
        "json_url": reverse("agenda_json") + query,
        "crumbs": agenda_crumbs(),
        "is_member": MEMBER in reach_of(request.user).tokens,
        "back_url": reverse("agenda:list") + query,
    }
    return render(request, "agenda/subscribe.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_links(request: HttpRequest) -> HttpResponse:
    """One's secret addresses: make one, see it once, give one up."""
    user = request.user
    if MEMBER not in reach_of(user).tokens:
        raise Http404
    made = ""
    if request.method == "POST":
        if gone := request.POST.get("gone", ""):
            if gone.isascii() and gone.isdigit() and give_up_link(actor=user, pk=int(gone[:18])):
                messages.success(request, _("Cette adresse ne marche plus."))
            return redirect("agenda:own_links")
        made = _make(request)
    context = {
        "links": list(user.calendar_links.select_related("group")),
        "groups": own_groups(user),
        "made": made,
        "webcal_url": made.replace("https:", "webcal:", 1).replace("http:", "webcal:", 1),
    }
    return render(request, "agenda/own_links.html", context)


def _make(request: HttpRequest) -> str:
    """The full address that was just made; empty when it could not be."""
    slug = request.POST.get("group", "")
    group = next((one for one in own_groups(request.user) if one.slug == slug), None)
    if slug and group is None:
        messages.error(request, _("Choisissez un de vos groupes."))
        return ""
    try:
        token = make_link(actor=request.user, group=group)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return ""
    return request.build_absolute_uri(reverse("agenda:own_feed", args=[token]))


@never_cache
@require_safe
def own_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program reads under a secret address, as its owner would today: 404 once
    the address was given up, or its owner left the network or the group."""
    link = CalendarLink.objects.with_token(token).select_related("user", "group").first()
    if link is None or MEMBER not in reach_of(link.user).tokens:
        raise Http404
    if link.group and f"group:{link.group_id}" not in reach_of(link.user).tokens:
        raise Http404
    today = timezone.localdate()
    if link.last_read_on != today:
        CalendarLink.objects.filter(pk=link.pk).update(last_read_on=today)
    current = own_series(link.user, link.group).filter(last_day__gte=since())
    body = write_calendar(str(link), Writer(request, link.user).series(current))
    return HttpResponse(body, content_type=CONTENT_TYPE)


@xframe_options_exempt
@require_safe
def embed(request: HttpRequest) -> HttpResponse:
    """The list for a partner's page: what everybody may see, whoever asks, and no cookie."""
    request.user = AnonymousUser()
    search: AgendaSearch = search_of(request)
    number = request.GET.get("nombre", "")
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else EMBEDDED
    number = min(wanted or 1, MAX_EMBEDDED)
    running = list(with_related(search.running)[:number])
    dates = [*running, *with_related(search.dates)[: number - len(running)]]
    context = {
        "rows": rows_of(dates, request.user, search.names),
        "list_url": request.build_absolute_uri(reverse("agenda:list") + search.url()),
        "chips": search.chips,
    }
    response = render(request, "agenda/embed.html", context)
    response._csp_replace = {"frame-ancestors": ["*"]}
    return response
