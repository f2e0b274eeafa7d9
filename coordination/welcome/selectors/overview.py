"""Coming in, on the first page of the admin."""

from django.db.models import Count, Q
from django.http import HttpRequest

from coordination.welcome.models import Invitation, Request
from core.overview import OverviewPanel

LATEST = 8


def panel(request: HttpRequest) -> dict:
    """What waits, the oldest first; three queries."""
    requests = Request.objects.managed_by(request.user)
    invitations = Invitation.objects.managed_by(request.user).waiting()
    waiting = requests.waiting().select_related("organisation").order_by("confirmed_at", "pk")
    return {
        "requests": list(waiting[:LATEST]),
        "counts": requests.aggregate(
            waiting=Count("pk", filter=Q(state="waiting")),
            unconfirmed=Count("pk", filter=Q(state="unconfirmed")),
        )
        | invitations.aggregate(
            invited=Count("pk"),
            unanswered=Count("pk", filter=Q(reported_at__isnull=False)),
        ),
    }


PANEL = OverviewPanel(order=15, template="welcome/admin/overview.html", context=panel)
