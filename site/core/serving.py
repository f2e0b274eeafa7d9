"""A page at its address."""

from django.http import Http404, HttpRequest, HttpResponse
from wagtail import views
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from core.frame import site_of
from core.language import current_language
from core.memory import remember


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view, with the page found by its whole address instead of one level after the
    other."""
    # Where Wagtail keeps the route of this request.
    request._wagtail_route_for_request = route_of(request, path)
    return views.serve(request, path)


def route_of(request: HttpRequest, path: str) -> RouteResult | None:
    site = site_of(request)
    if site is None:
        return None
    root = remember(
        ("root", site.pk, current_language()), lambda: site.root_page.localized.url_path
    )
    wanted = "/".join(part for part in path.split("/") if part)
    page = Page.objects.filter(url_path=f"{root}{wanted}/" if wanted else root).first()
    if page is None:
        return None
    try:
        return page.specific.route(request, [])
    except Http404:
        return None
