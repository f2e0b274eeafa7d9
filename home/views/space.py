"""« Mon espace »: what a member comes for."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.memberships import describe_memberships
from accounts.notifications import unread_of
from core.desk import waiting_for
from core.latest import latest_for
from core.visibility import MEMBER, reach_of

SHOWN_LATEST = 8
SHOWN_ACTIONS = 2
SHOWN_UNREAD = 5


@never_cache
@login_required
def space(request: HttpRequest) -> HttpResponse:
    """What waits for me, what I was told, where I take part, what is new. Whoever is no member yet
    has an account page that says so, and nothing here."""
    user = request.user
    if MEMBER not in reach_of(user).tokens:
        return redirect("accounts_profile")
    memberships = describe_memberships(user)
    desk = waiting_for(user)
    waits = {item.url for item in desk}
    context = {
        "today": timezone.localdate(),
        "desk": desk,
        # What waits stands above already.
        "unread": [row for row in unread_of(user, SHOWN_UNREAD) if row[1].url not in waits],
        "memberships": memberships,
        "actions": [row["action"] for row in memberships if row["action"]][:SHOWN_ACTIONS],
        "latest": latest_for(user, SHOWN_LATEST),
    }
    return render(request, "home/space.html", context)
