from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import __version__, worker
from core.frame import frame_of
from core.language import current_language


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the portal works, for a monitor: nothing secret, 503 when it cannot answer people.
    Jobs that wait are said, and never a 503: people are still answered."""
    state = {"version": __version__, "database": "ok", "jobs": "off", "search": "none"}
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            state["database"] = "migrations"
    except DatabaseError:
        state["database"] = "unavailable"
    if state["database"] == "ok":
        state["jobs"] = worker.state()
    return JsonResponse(state, status=200 if state["database"] == "ok" else 503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent from elsewhere, or too late."""
    return render(request, "403_csrf.html", status=403)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines need not read: the admin and people's own screens."""
    origin = f"{request.scheme}://{request.get_host()}"
    private = ["/gestion/", *(reverse_in(code, "accounts_profile") for code in ("fr", "nl"))]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private), ""]
    lines.append(f"Sitemap: {origin}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def reverse_in(code: str, name: str) -> str:
    with override(code):
        return reverse(name)


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """How the portal looks on the home screen of a telephone."""
    frame = frame_of(request)
    name = frame.network.name if frame else ""
    icons = [
        {"src": static(f"img/icone-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    return JsonResponse(
        {
            "name": name or "Maillage",
            "short_name": "Maillage",
            "lang": current_language(),
            "start_url": reverse("wagtail_serve", args=[""]),
            "display": "browser",
            "background_color": "#f4f6f1",
            "theme_color": "#fff1c9",
            "icons": [icon | {"purpose": "any maskable"} for icon in icons],
        },
        content_type="application/manifest+json",
    )
