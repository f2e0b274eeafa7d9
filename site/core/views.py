from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import __version__


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the portal works, for a monitor: nothing secret, 503 when it cannot answer people."""
    state = {"version": __version__, "database": "ok", "jobs": "off", "search": "none"}
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            state["database"] = "migrations"
    except DatabaseError:
        state["database"] = "unavailable"
    return JsonResponse(state, status=200 if state["database"] == "ok" else 503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent from elsewhere, or too late."""
    return render(request, "403_csrf.html", status=403)
