from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coordination.directory.forms.leaving import LeaveForm
from coordination.directory.models import Organisation
from coordination.directory.permissions import (
    can_edit_record,
    can_leave_organisation,
    can_see_team,
)
from coordination.directory.services.membership import is_last_representative, leave_organisation
from coordination.directory.team import team_links
from coordination.directory.views.common import asks_to_sign_in, record_crumbs
from core.paging import page_of


@never_cache
@require_safe
@asks_to_sign_in
def organisation_team(request: HttpRequest, slug: str) -> HttpResponse:
    """The people of an organisation and the functions they hold, for its own people."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    if not can_see_team(request.user, organisation):
        raise Http404
    people = organisation.memberships.live().select_related("user").order_by("role", "pk")
    held: dict[int, list[str]] = {}
    for contact in organisation.contacts.exclude(holder=None):
        held.setdefault(contact.holder_id, []).append(contact.function)
    page = page_of(people, request.GET.get("page"), 50)
    for membership in page:
        membership.functions = held.get(membership.user_id, [])
    former = organisation.memberships.exclude(end=None).exclude(
        pk__in=organisation.memberships.live().values("pk")
    )
    context = {
        "organisation": organisation,
        "people": page,
        "former": list(former.select_related("user").order_by("-end")[:50]),
        "links": team_links(request.user, organisation),
        "may_hand_over": can_edit_record(request.user, organisation),
        "crumbs": record_crumbs(organisation),
    }
    return render(request, "directory/organisation_team.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@asks_to_sign_in
def organisation_leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leaving an organisation; who is the last to represent it hands over or tells."""
    organisation = get_object_or_404(Organisation.objects.known_to(request.user), slug=slug)
    if not can_leave_organisation(request.user, organisation):
        return _already_left(request, organisation)
    is_last = is_last_representative(request.user, organisation)
    form = LeaveForm(request.POST if request.method == "POST" else None, is_last=is_last)
    if request.method == "POST" and form.is_valid():
        if _leave(request, organisation, form):
            return redirect("accounts_profile")
        form = LeaveForm(request.POST, is_last=True)  # the last one, since a moment ago
    context = {
        "organisation": organisation,
        "form": form,
        "is_last": form.is_last,
        "contacts": organisation.contacts.filter(holder=request.user),
        "crumbs": record_crumbs(organisation),
    }
    status = 422 if form.errors else 200
    return render(request, "directory/organisation_leave.html", context, status=status)


def _leave(request: HttpRequest, organisation: Organisation, form: LeaveForm) -> bool:
    """Whether this person is out; false when nobody else represents the organisation any more."""
    try:
        with transaction.atomic():
            leave_organisation(actor=request.user, organisation=organisation, **form.cleaned_data)
            form.note_kept(request.user, organisation)
    except ValidationError:
        return False
    except PermissionDenied:  # the same button, pressed twice
        return True
    messages.success(request, _("Vous ne faites plus partie de cet organisme. Merci."))
    return True


def _already_left(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Who left today and presses the button again is done; others were never there."""
    mine = organisation.memberships.filter(user=request.user, end=timezone.localdate())
    if request.method == "POST" and mine.exists():
        return redirect("accounts_profile")
    raise Http404
