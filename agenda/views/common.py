"""What the agenda's views share."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from agenda.models import Event, Proposal
from agenda.permissions import can_edit_event
from coordination.directory.views.common import home_crumbs


def site_or_404(request: HttpRequest) -> Site:
    if (site := Site.find_for_request(request)) is None:
        raise Http404
    return site


def agenda_crumbs() -> list[dict]:
    return [*home_crumbs(), {"label": _("Agenda"), "url": reverse("agenda:list")}]


def event_crumbs(event: Event) -> list[dict]:
    return [*agenda_crumbs(), {"label": str(event), "url": event.url}]


def asks_to_sign_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the screens of a published event that only some may use: a visitor is asked to sign in
    when the event is for everybody, and learns nothing of the others."""

    @wraps(view)
    def wrapper(request: HttpRequest, slug: str, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            if not Event.objects.visible_to(request.user).filter(slug=slug).exists():
                raise Http404
            return redirect_to_login(request.get_full_path())
        return view(request, slug, *args, **kwargs)

    return wrapper


def editable_or_404(request: HttpRequest, slug: str) -> Event:
    """The event, published or not, for those who may edit it."""
    event = Event.objects.select_related("audience", "site", "group").filter(slug=slug).first()
    if event is None or not can_edit_event(request.user, event):
        raise Http404
    return event


def followed_or_404(request: HttpRequest, secret: str) -> Proposal:
    """The dossier of a private link. Without an account the link is the key; with one, so are
    the rights of today."""
    related = Proposal.objects.current().select_related(
        "event__site", "event__audience", "event__group", "revision", "decided_by", "sent_by"
    )
    proposal = related.filter(secret=secret).first()
    if proposal is None:
        raise Http404
    if not proposal.email and not can_edit_event(request.user, proposal.event):
        raise Http404
    return proposal


def attempt(form, service: Callable, *, about, actor, **arguments):
    """Run a service in one transaction and note what its form kept knowingly; its refusals come
    back on the form. Gives None for a refusal; 404 for what this person may not do."""
    try:
        with transaction.atomic():
            done = service(actor=actor, **arguments)
            form.note_kept(actor, about)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            for name, messages in error.message_dict.items():
                form.add_error(name if name in form.fields else None, messages)
        else:
            form.add_error(None, error.messages)
        return None
    return done
