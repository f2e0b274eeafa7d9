"""The page of an event, and the way to the agenda."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agenda.models import Event
from agenda.views.common import agenda_crumbs
from agenda.wording import say_timing


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """The published events, the newest first."""
    events = Event.objects.visible_to(request.user)[:50]
    return render(request, "agenda/plain_list.html", {"events": events})


@require_safe
def event(request: HttpRequest, slug: str, day: dt.date | None = None) -> HttpResponse:
    """One published event."""
    found = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    return render(request, "agenda/plain_event.html", event_context(found))


def event_context(found: Event) -> dict:
    """What the page of an event needs; `found` may be a version that is not published."""
    return {
        "event": found,
        "whens": [say_timing(timing) for timing in found.timings.all()],
        "organisers": [row.organisation for row in found.organisings.all()],
        "crumbs": agenda_crumbs(),
    }
