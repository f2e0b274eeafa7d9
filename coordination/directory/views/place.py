from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coordination.directory.models import Place
from core.paging import page_of
from core.text import MAX_QUERY


@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """Places under all the names people give them."""
    query = " ".join(request.GET.get("q", "")[:MAX_QUERY].split())
    places = (
        Place.objects.visible_to(request.user)
        .matching(query)
        .with_town()
        .select_related("territory")
        .prefetch_related("aliases")
        .order_by("name_fr", "pk")
    )
    page = page_of(places, request.GET.get("page"))
    context = {
        "places": page,
        "total": page.paginator.count,
        "query": query,
        "crumbs": [
            {"label": _("Accueil"), "url": reverse("wagtail_serve", args=[""])},
            {"label": _("Trouver de l’aide"), "url": reverse("directory:organisation_list")},
        ],
    }
    return render(request, "directory/place_list.html", context)
