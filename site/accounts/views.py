from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from accounts.memberships import describe_memberships
from accounts.models import NetworkMembership


@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here: my memberships, and the way out."""
    mine = NetworkMembership.objects.filter(user=request.user)
    context = {
        "memberships": describe_memberships(request.user),
        "waiting": mine.waiting().exists() and not mine.live().exists(),
    }
    return render(request, "accounts/profile.html", context)


def absent(request: HttpRequest, **kwargs) -> HttpResponse:
    """An address of allauth's that this portal does not have."""
    raise Http404
