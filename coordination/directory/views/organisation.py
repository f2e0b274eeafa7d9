from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coordination.directory.filters import DirectorySearch
from coordination.directory.groups import groups_of
from coordination.directory.models import Organisation, Place
from core.http import shared
from core.paging import page_of


@require_safe
@shared
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Who helps with what: everybody this visitor may see, filtered by the query string."""
    search = DirectorySearch(request.GET, request.user)
    page = page_of(search.results, request.GET.get("page"))
    context = {
        "organisations": page,
        "total": page.paginator.count,
        "query": search.query,
        "facets": search.facets,
        "chips": search.chips,
        "reset_url": reverse("directory:organisation_list"),
        "message": search.message,
        "crumbs": _crumbs(),
    }
    return render(request, "directory/organisation_list.html", context)


@require_safe
@shared
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation, with what of the network this visitor may see around it."""
    visible = Organisation.objects.visible_to(request.user)
    organisation = get_object_or_404(
        visible.select_related("territory").prefetch_related("themes", "also_active"), slug=slug
    )
    parent = visible.filter(pk=organisation.parent_id).first()
    places = Place.objects.visible_to(request.user).filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "parent": parent,
        "themes": organisation.themes_list,
        "also_active": list(organisation.also_active.all()),
        "groups": groups_of(organisation, request),
        "children": list(visible.filter(parent=organisation)),
        "places": list(places.with_town().select_related("territory").prefetch_related("aliases")),
        "crumbs": [
            *_crumbs(),
            {"label": _("Trouver de l’aide"), "url": reverse("directory:organisation_list")},
        ],
    }
    return render(request, "directory/organisation_detail.html", context)


def _crumbs() -> list[dict]:
    return [{"label": _("Accueil"), "url": reverse("wagtail_serve", args=[""])}]
