"""What the views of coming in share."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from accounts.models import User
from coordination.directory.views.common import home_crumbs
from coordination.welcome.permissions import can_manage
from core.forms.examined import ExaminedMixin


def site_or_404(request: HttpRequest) -> Site:
    if (site := Site.find_for_request(request)) is None:
        raise Http404
    return site


def managers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Visitors sign in first: mails hold links to these pages. Others get 404."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can_manage(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapper


def attempt(form: ExaminedMixin, action: Callable, *, actor: User, about: Model, **arguments):
    """What a service gives; None when it refuses, which is then said on the form. What was kept
    knowingly is noted on `about`; what is no longer this person's to do answers 404."""
    try:
        with transaction.atomic():
            outcome = action(actor=actor, **arguments)
            form.note_kept(actor, about)
            return outcome
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        known = hasattr(error, "error_dict") and error.error_dict.keys() <= form.fields.keys()
        form.add_error(None, error if known else ValidationError(error.messages))
        return None


def join_crumbs() -> list[dict]:
    return [*home_crumbs(), {"label": _("Rejoindre le réseau"), "url": reverse("welcome:join")}]


def manage_crumbs() -> list[dict]:
    return [
        *home_crumbs(),
        {"label": _("Invitations et demandes"), "url": reverse("welcome:manage")},
    ]
