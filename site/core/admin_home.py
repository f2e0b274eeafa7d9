"""The first page of the admin: what waits, and for those who oversee it, the network."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.admin.ui.components import Component

from core.desk import waiting_for
from core.overview import registered_panels
from core.search import find
from core.text import MAX_QUERY
from core.visibility import reach_of


class NetworkOverview(Component):
    """One component for the whole page: search by name, desk, and each app's panel."""

    name = "network_overview"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def render_html(self, parent_context=None) -> str:
        request = self.request
        oversees = bool(reach_of(request.user).networks)
        query = " ".join(request.GET.get("q", "")[:MAX_QUERY].split()) if oversees else ""
        panels = [
            render_to_string(panel.template, panel.context(request), request=request)
            for panel in registered_panels()
            if oversees
        ]
        context = {
            "oversees": oversees,
            "query": query,
            "found": find(query, request.user) if query else [],
            "desk": waiting_for(request.user),
            "panels": panels,
        }
        return render_to_string("core/overview.html", context, request=request)
