"""What a signed-in person meets before any page: the end of a session on a shared computer, and
the second factor that is due. Both read the session and the account's row alone."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.second_factor import is_due
from accounts.session_length import ENDS_AT

# What opens without the second factor that is due: what adds one, the way out, help.
OPEN = {
    *("account_logout", "account_reauthenticate", "account_reauthenticate_by_code"),
    *("account_change_password", "account_set_password", "usersessions_list"),
    *("core_health", "manifest", "robots"),
}
OPEN_PREFIXES = ("mfa_", "help_")


def has_session(request: HttpRequest) -> bool:
    """Looked at before the session itself: reading it would make a visitor's page personal."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


class SharedComputerMiddleware:
    """On a shared computer a session ends by itself, whatever the browser keeps."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_session(request) and time.time() > request.session.get(ENDS_AT, float("inf")):
            logout(request)
            messages.info(
                request, _("Ordinateur partagé : votre session est finie. Reconnectez-vous.")
            )
        return self.get_response(request)


class SecondFactorMiddleware:
    """Once the day has come, every page first asks for the second factor that is missing."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        name = request.resolver_match.view_name or ""
        if name in OPEN or name.startswith(OPEN_PREFIXES) or not has_session(request):
            return None
        return redirect("mfa_index") if is_due(request.user) else None
