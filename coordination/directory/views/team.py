from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coordination.directory.models import Organisation
from coordination.directory.permissions import can_edit_record, can_see_team
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
        "may_hand_over": can_edit_record(request.user, organisation),
        "crumbs": record_crumbs(organisation),
    }
    return render(request, "directory/organisation_team.html", context)
