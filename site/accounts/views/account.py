from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.memberships import describe_memberships
from accounts.models import NetworkMembership
from accounts.own_page import sections
from accounts.second_factor import second_factor_day
from core.language import current_language
from core.visibility import MEMBER, reach_of


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I hold, and all that I may settle about it."""
    user = request.user
    is_member = MEMBER in reach_of(user).tokens
    mine = NetworkMembership.objects.filter(user=user)
    context = {
        "memberships": describe_memberships(user),
        "sections": sections(user, is_member=is_member),
        "second_factor_day": second_factor_day(user),
        "is_member": is_member,
        "waiting": not is_member and mine.waiting().exists(),
        "ended": None if is_member else mine.exclude(end=None).order_by("-end").first(),
        "other_language": user.language != current_language(),
    }
    return render(request, "accounts/account.html", context)
