"""What the directory's views share."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from coordination.directory.models import Organisation
from coordination.directory.permissions import can_oversee_records


def overseers_only(request: HttpRequest) -> None:
    """Raises 404 for whoever does not oversee the records."""
    if not can_oversee_records(request.user):
        raise Http404


def asks_to_sign_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a page of a record that is sent as a link: whoever may see the record without being
    signed in is asked to sign in, instead of being told that there is nothing."""

    @wraps(view)
    def wrapper(request: HttpRequest, slug: str, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
            return redirect_to_login(request.get_full_path())
        return view(request, slug, *args, **kwargs)

    return wrapper


def home_crumbs() -> list[dict]:
    return [{"label": _("Accueil"), "url": reverse("wagtail_serve", args=[""])}]


def directory_crumbs() -> list[dict]:
    return [
        *home_crumbs(),
        {"label": _("Trouver de l’aide"), "url": reverse("directory:organisation_list")},
    ]


def record_crumbs(organisation: Organisation) -> list[dict]:
    return [*directory_crumbs(), {"label": organisation.name, "url": organisation.url}]
