"""Middleware: headers of the admin, readable requests, the admin's walls, careful redirects."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from core import admin_scope
from core.visibility import can_see

ADMIN = "/gestion/"
# Wagtail's editors need inline scripts and styles; nothing comes from elsewhere even so.
ADMIN_CSP = "; ".join(
    (
        "default-src 'none'",
        "base-uri 'none'",
        "connect-src 'self'",
        "font-src 'self' data:",
        "form-action 'self'",
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
    )
)
MAX_QUERY_LENGTH = 200  # characters of a search, as everywhere in the portal
MAX_PAGE_DIGITS = 6


def admin_headers(get_response):
    """The admin's own policy; pages previewed inside it are framed by the portal itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(ADMIN):
            response["Content-Security-Policy"] = ADMIN_CSP
            response["Cache-Control"] = "private, no-store"
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response

    return middleware


def readable_request(get_response):
    """Take out of the query string what no screen can read, before any of them tries.

    NUL characters end in database errors. In the admin, a quote in a search is an error on SQLite
    and a huge page number one everywhere: Wagtail's own, so cleaned here.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        query = request.GET.copy()
        in_admin = request.path.startswith(ADMIN)
        for name, values in list(query.lists()):
            if "\x00" in name:
                del query[name]
                continue
            values = [value.replace("\x00", "") for value in values]
            if in_admin and name in {"q", "query"}:
                values = [_searchable(value) for value in values]
            if in_admin and name in {"p", "page"}:
                values = [_page_number(value) for value in values]
            query.setlist(name, values)
        if query != request.GET:
            request.GET = query
            request.META["QUERY_STRING"] = query.urlencode()
        return get_response(request)

    return middleware


def _searchable(text: str) -> str:
    words = "".join(c if c.isalnum() or c in "-'’@._" else " " for c in text[:MAX_QUERY_LENGTH])
    return " ".join(words.split()[:20])


def _page_number(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) <= MAX_PAGE_DIGITS else "1"


class CompressMiddleware(GZipMiddleware):
    """Text goes out compressed; documents and pictures already are."""

    TYPES = (
        *("text/", "application/json", "application/manifest+json", "application/rss+xml"),
        *("application/xml", "image/svg+xml", "application/javascript"),
    )

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not response.get("Content-Type", "").startswith(self.TYPES):
            return response
        return super().process_response(request, response)


class ValidatorsMiddleware(ConditionalGetMiddleware):
    """What a visitor sees may be kept by a browser or a proxy, which asks each time whether it is
    still right, and is answered 304 when it is. What a signed-in person sees, or what sets a
    cookie, is kept nowhere, on a shared computer neither."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not response.has_header("Cache-Control"):
            user = getattr(request, "user", None)
            if response.cookies or (user is not None and user.is_authenticated):
                response["Cache-Control"] = "private, no-store"
            elif response.status_code == 200:
                response["Cache-Control"] = "public, no-cache"
        if response.status_code != 200 or response.cookies:
            return response
        return super().process_response(request, response)


class AdminScopeMiddleware:
    """Answers 404 to whatever a person may not come across in the admin (core.admin_scope)."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if not request.path.startswith(ADMIN):
            return None
        user = request.user
        match = request.resolver_match
        if admin_scope.is_closed(match.view_name, match.namespace):
            raise Http404
        if not user.is_authenticated:
            target = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{target}")
        if not admin_scope.opens_admin(user):
            raise Http404
        if not admin_scope.may_open(user, match.view_name, match.namespace):
            raise Http404
        admin_scope.sync_groups(user)
        admin_scope.speak_language(user)
        choosing = "choose" in match.view_name
        for page_id in self._page_ids(request, kwargs):
            if not admin_scope.may_open_page(user, page_id, choosing=choosing):
                raise Http404
        if match.namespace in admin_scope.FILE_NAMESPACES:
            for name in admin_scope.FILE_ARGUMENTS:
                if name in kwargs and not admin_scope.may_open_file(
                    user, match.view_name, kwargs[name]
                ):
                    raise Http404
        return None

    @staticmethod
    def _page_ids(request: HttpRequest, kwargs: dict) -> list[int]:
        ids = [kwargs[name] for name in admin_scope.PAGE_ARGUMENTS if name in kwargs]
        return [int(value) for value in ids if str(value).isdigit()]


class VisibleRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, except towards a page that this visitor may not see: the new address of
    a renamed page carries its title."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        moved = super().process_response(request, response)
        if moved is response or not hasattr(request, "user"):
            return response
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        redirect = get_redirect(request, path) or get_redirect(request, path.split("?")[0])
        page = redirect and redirect.redirect_page
        return response if page is not None and not can_see(request.user, page) else moved
