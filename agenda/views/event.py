"""The page of an event, and of what takes place on one of its days."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agenda.permissions import can_edit_event, can_feature_event
from agenda.selectors.event import EventPage, find_event, new_day_of
from agenda.selectors.linked_data import linked_data, square_of
from agenda.selectors.share import share_text, ways_to_share
from agenda.views.common import agenda_crumbs, copy_url, event_crumbs, site_or_404
from agenda.wording import say_day


@require_safe
def event(request: HttpRequest, slug: str, day: dt.date | None = None) -> HttpResponse:
    """One event, or its dates of one day."""
    found = find_event(site_or_404(request), request.user, slug)
    if found is None:
        raise Http404
    page = EventPage(found, request.user, day)
    if day and not page.here:
        # Somebody noted the day that a date was moved to, before it moved again.
        if new_day := new_day_of(found, day):
            return redirect(found.date_url(new_day))
        raise Http404
    context = event_context(request, page) | {"is_date": day is not None}
    if day:
        context |= {"crumbs": event_crumbs(found), "here_label": say_day(day)}
    return render(request, "agenda/event.html", context)


def event_context(request: HttpRequest, page: EventPage) -> dict:
    """What the page of an event needs, published or not."""
    event = page.event
    origin = f"{request.scheme}://{request.get_host()}"
    return {
        "event": event,
        "about": page,
        "is_date": False,
        "data": _data(page, origin),
        "square": square_of(origin + event.url),
        "full_url": origin + event.url,
        "shared": {"title": event.title, "description": event.in_short},
        **_to_share(page, origin),
        "crumbs": agenda_crumbs(),
        "here_label": event.title,
        **_ways(request, page),
    }


def _data(page: EventPage, origin: str) -> dict | None:
    """For search engines: public events alone, and the dates that the page is about."""
    if not page.is_public or not page.here:
        return None
    row = page.here[0]
    dates = page.event.dates.filter(day=row.day, day_is_known=True)
    date = dates.select_related("instead_of").in_order().first()
    return linked_data(page, date, origin) if date else None


def _to_share(page: EventPage, origin: str) -> dict:
    """What one sends to others of what everybody may know."""
    if not page.is_public or not page.event.live:
        return {}
    address = page.event.date_url(page.day) if page.day else page.event.url
    text = share_text(page, origin + address)
    return {"share_text": text, "ways_to_share": ways_to_share(text)}


def _ways(request: HttpRequest, page: EventPage) -> dict[str, str]:
    """Where this page leads, as far as this person may go."""
    event = page.event
    ways = {"report_url": reverse("agenda:event_report", args=[event.slug])}
    if any(row.day_is_known for row in page.here):
        ways["ics_url"] = reverse("agenda:event_ics", args=[event.slug])
    if can_feature_event(request.user, event):
        ways["feature_url"] = reverse("agenda:feature", args=[event.slug])
    if can_edit_event(request.user, event):
        ways["edit_url"] = reverse("agenda:event_edit", args=[event.slug])
        ways["copy_url"] = copy_url(event)
        ahead = [row for row in page.here if row.day_is_known and not row.is_over]
        if event.live and ahead:
            ways["change_url"] = reverse("agenda:change_date", args=[event.slug, ahead[0].day])
    return ways
