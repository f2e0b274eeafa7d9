"""What the directory's views share."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from coordination.directory.models import Organisation
from coordination.directory.permissions import can_oversee_records


def overseers_only(request: HttpRequest) -> None:
    """Raises 404 for whoever does not oversee the records."""
    if not can_oversee_records(request.user):
        raise Http404


def home_crumbs() -> list[dict]:
    return [{"label": _("Accueil"), "url": reverse("wagtail_serve", args=[""])}]


def directory_crumbs() -> list[dict]:
    return [
        *home_crumbs(),
        {"label": _("Trouver de l’aide"), "url": reverse("directory:organisation_list")},
    ]


def record_crumbs(organisation: Organisation) -> list[dict]:
    return [*directory_crumbs(), {"label": organisation.name, "url": organisation.url}]
