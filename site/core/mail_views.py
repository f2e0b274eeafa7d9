"""The mails of a portal that one tries: they went to a folder, and are read here."""

import re
from functools import wraps

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from core import mail_folder
from core.paging import page_of
from core.permissions import can_read_mails
from core.templatetags.ui import home_url

PER_PAGE = 30
HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
# A mail is somebody else's document: no script, no form, nothing asked from any server, no part of
# the portal's own origin. Its links open beside it.
MAIL_POLICY = {
    "default-src": [NONE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "img-src": ["data:"],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    "style-src": [UNSAFE_INLINE],
}


def readers_only(view):
    """Nothing is here where mails go to people. Strangers sign in first; others get 404."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not mail_folder.in_use():
            raise Http404
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can_read_mails(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapper


def mail_or_404(key: str) -> mail_folder.StoredMail:
    if (mail := mail_folder.read(key)) is None:
        raise Http404
    return mail


@never_cache
@require_safe
@readers_only
def mail_list(request: HttpRequest) -> HttpResponse:
    """The mails, the newest first."""
    page = page_of(mail_folder.newest(), request.GET.get("page"), PER_PAGE)
    # One that went in between is left out.
    page.object_list = [mail for key in page.object_list if (mail := mail_folder.read(key))]
    context = {"mails": page, "kept": mail_folder.MAX_KEPT, "crumbs": crumbs()[:1]}
    return render(request, "mails/list.html", context)


@never_cache
@require_safe
@readers_only
@csp_update({"frame-src": [SELF]})
def mail_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One mail: its headers, its plain words, and its HTML in a frame."""
    context = {"mail": mail_or_404(key), "crumbs": crumbs()}
    return render(request, "mails/mail.html", context)


@never_cache
@require_safe
@xframe_options_sameorigin
@csp(MAIL_POLICY)
@readers_only
def mail_html(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML of a mail by itself, for the frame."""
    html = mail_or_404(key).html
    if not html:
        raise Http404
    return HttpResponse(HEAD.sub(lambda head: f'{head[0]}<base target="_blank">', html, count=1))


def crumbs() -> list[dict]:
    return [
        {"label": _("Accueil"), "url": home_url()},
        {"label": _("Courriels envoyés"), "url": reverse("core_mails")},
    ]
