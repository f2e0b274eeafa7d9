from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.notifications import NotificationChoicesForm
from accounts.models import Notification
from accounts.notifications import kinds_for, kinds_named, mark_read, stop, tell
from accounts.notifications.links import choices_link, read_link
from core.paging import page_of
from core.visibility import MEMBER, reach_of

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 30


@never_cache
@login_required
@GET_OR_POST
def notification_list(request: HttpRequest) -> HttpResponse:
    """What this person was told, the newest first; POST says that all of it is read."""
    if MEMBER not in reach_of(request.user).tokens:
        return redirect("accounts_profile")
    if request.method == "POST":
        mark_read(user=request.user)
        return redirect("accounts_notifications")
    mine = Notification.objects.filter(user=request.user)
    page = page_of(mine, request.GET.get("page"), PER_PAGE)
    context = {"page_obj": page, "told": tell(request.user, list(page))}
    return render(request, "accounts/notification_list.html", context)


@never_cache
@login_required
@require_safe
def notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what one notification is about, and note that it is read: unless a browser only
    asks in advance."""
    row = get_object_or_404(Notification, pk=pk, user=request.user)
    told = tell(request.user, [row])
    if not told:
        raise Http404
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        mark_read(user=request.user, rows=[row])
    return redirect(told[0][1].url)


@never_cache
@login_required
@GET_OR_POST
def notification_choices(request: HttpRequest) -> HttpResponse:
    """When one wants to be told of what."""
    return _choices(request, request.user, "accounts_notification_choices")


@never_cache
@GET_OR_POST
def notification_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from a mail, without signing in; nothing else opens."""
    found = read_link(token)
    if found is None:
        return render(request, "accounts/notification_link_over.html", status=404)
    return _choices(request, found[0], "accounts_notification_link", token)


def _choices(request: HttpRequest, user, url_name: str, *args) -> HttpResponse:
    form = NotificationChoicesForm(request.POST or None, user=user, kinds=kinds_for(user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Votre choix est gardé."))
        return redirect(url_name, *args)
    context = {"form": form, "from_mail": bool(args)}
    status = 422 if form.errors else 200
    return render(request, "accounts/notification_choices.html", context, status=status)


# A mail program posts here by itself (RFC 8058): it has no form of ours, hence no CSRF token. The
# signed link is what proves who asks.
@csrf_exempt
@never_cache
@GET_OR_POST
def notification_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the kinds a mail told of: a question first, done by POST."""
    found = read_link(token)
    if found is None:
        return render(request, "accounts/notification_link_over.html", status=404)
    user, keys = found
    if request.method == "POST":
        stop(user=user, kinds=keys)
    context = {
        "kinds": kinds_named(keys),
        "done": request.method == "POST",
        "choices_url": choices_link(user),
    }
    return render(request, "accounts/notification_stop.html", context)
