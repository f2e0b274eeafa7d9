from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from coordination.directory.enums import ReportState
from coordination.directory.filters import COMPLETE, SIMPLE, DirectorySearch
from coordination.directory.groups import groups_of
from coordination.directory.models import ErrorReport, Organisation, OrganisationContact, Place
from coordination.directory.permissions import (
    can_edit_record,
    can_oversee_records,
    can_see_team,
)
from coordination.directory.views.common import directory_crumbs, home_crumbs
from core.paging import PER_PAGE, page_of
from core.pieces import make_ready
from core.upcoming import upcoming_of

MAX_PRINTED = 500
SIMPLE_PER_PAGE = 12
# The pieces that the two lists are made of.
CARD = {"name": "components/organisation_card.html", "level": 3}
SIMPLE_CARD = {"name": "directory/_simple_card.html"}


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Who helps with what: everybody this visitor may see, filtered by the query string.

    Two views of one list. For people who look for help, three steps in few words: what they need,
    where they are, whom to call. For professionals, all filters at once.
    """
    search = DirectorySearch(request.GET, request.user)
    is_simple = search.view == SIMPLE
    page = page_of(
        search.shown,
        request.GET.get("page"),
        SIMPLE_PER_PAGE if is_simple else PER_PAGE,
        count=search.total,
    )
    if search.asks_something or not is_simple:
        card = SIMPLE_CARD if is_simple else CARD
        make_ready(page.object_list, ["territory", "themes"], word="organisation", **card)
    context = {
        "organisations": page,
        "total": search.total,
        "search": search,
        "query": search.query,
        "facets": [] if is_simple else search.facets,
        "chips": search.chips,
        "reset_url": reverse("directory:organisation_list"),
        "message": search.message,
        "crumbs": home_crumbs(),
        "can_add": can_oversee_records(request.user),
        "other_view": search.url(vue=COMPLETE if is_simple else SIMPLE),
        "exports": _exports(search),
    }
    template = "organisation_list_simple" if is_simple else "organisation_list"
    return render(request, f"directory/{template}.html", context)


def _exports(search: DirectorySearch) -> dict[str, str]:
    query = search.url()
    return {
        name: reverse(f"directory_{name}") + (query if query != "?" else "")
        for name in ("csv", "json")
    } | {"print": reverse("directory:organisation_print") + (query if query != "?" else "")}


@require_safe
def organisation_print(request: HttpRequest) -> HttpResponse:
    """The same list on paper: no paging, four lines for each organisation."""
    search = DirectorySearch(request.GET, request.user)
    total = search.results.count()
    context = {
        "organisations": list(search.results[:MAX_PRINTED]),
        "total": total,
        "limit": MAX_PRINTED,
        "printed_on": timezone.localdate(),
        "chips": search.chips,
        "back_url": reverse("directory:organisation_list") + search.url(),
    }
    return render(request, "directory/organisation_print.html", context)


@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation, with what of the network this visitor may see around it."""
    user = request.user
    visible = Organisation.objects.visible_to(user)
    organisation = get_object_or_404(
        Organisation.objects.known_to(user)
        .select_related("territory", "logo", "merged_into")
        .prefetch_related("themes", "also_active"),
        slug=slug,
    )
    if organisation.archived_at:
        return _archived(request, organisation)
    places = Place.objects.visible_to(user).filter(organisation=organisation)
    can_edit = can_edit_record(user, organisation)
    reports = ErrorReport.objects.none()
    if can_edit:
        reports = organisation.error_reports.filter(state=ReportState.OPEN)
    contacts = OrganisationContact.objects.visible_to(user).filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "parent": visible.filter(pk=organisation.parent_id).first(),
        "themes": organisation.themes_list,
        "also_active": list(organisation.also_active.all()),
        "groups": groups_of(organisation, request),
        "children": list(visible.filter(parent=organisation)),
        "places": list(places.with_town().select_related("territory").prefetch_related("aliases")),
        "contacts": list(contacts.select_related("audience")),
        "upcoming": upcoming_of(organisation, request),
        "crumbs": directory_crumbs(),
        "can_edit": can_edit,
        "can_oversee": can_oversee_records(user),
        "can_see_team": can_see_team(user, organisation),
        "reports": list(reports),
    }
    return render(request, "directory/organisation_detail.html", context)


def _archived(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The address of a record that left the lists: to the one it became part of, or a page that
    says so and nothing else."""
    visible = Organisation.objects.visible_to(request.user)
    if kept := visible.filter(pk=organisation.merged_into_id).first():
        return redirect(kept.url, permanent=True)
    context = {
        "organisation": organisation,
        "crumbs": directory_crumbs(),
        "can_oversee": can_oversee_records(request.user),
        "can_restore": can_oversee_records(request.user) and not organisation.merged_into_id,
    }
    return render(request, "directory/organisation_archived.html", context, status=410)
