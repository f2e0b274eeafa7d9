"""One date, from a telephone: cancel it, move it, give it other hours or a word."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda.enums import DateState
from agenda.forms.date_change import DateChangeForm
from agenda.models import Event, EventDate
from agenda.services.dates import change_date, restore_date
from agenda.views.common import asks_to_sign_in, attempt, editable_or_404, event_crumbs
from agenda.wording import say_day

WORDS = ("state", "new_day", "new_start_time", "new_end_time", "note_fr", "note_nl")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@asks_to_sign_in
def change(request: HttpRequest, slug: str, day: dt.date) -> HttpResponse:
    """What becomes of one date, said by whoever may edit the event. `?etat=` chooses beforehand."""
    event = editable_or_404(request, slug)
    dates = _dates(event, day)
    if "restore" in request.POST:
        return _restore(request, event, dates)
    state = request.GET.get("etat", "")
    initial = _initial(dates) | ({"state": state} if state in DateState.values else {})
    form = DateChangeForm(request.POST or None, dates=dates, initial=initial)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in WORDS}
        about = {"about": event, "actor": request.user}
        date = next(one for one in dates if one.pk == form.cleaned_data["which"].pk)
        if attempt(form, change_date, date=date, **about, **words):
            messages.success(request, _("C’est noté, et visible partout."))
            return redirect(event.url)
    context = {
        "event": event,
        "form": form,
        "said_day": say_day(day),
        "changed": [date for date in dates if date.change_id],
        "crumbs": event_crumbs(event),
    }
    return render(request, "agenda/date_change.html", context, status=422 if form.errors else 200)


def _dates(event: Event, day: dt.date) -> list[EventDate]:
    """The dates of an event on one day, known as their timing has them; 404 without, as for an
    event that is not published: it has none."""
    related = ("projection", "change")
    here = event.dates.filter(day=day, day_is_known=True).select_related(*related).in_order()
    dates = list(here)
    if not dates:
        raise Http404
    return dates


def _initial(dates: list[EventDate]) -> dict:
    """The form as it was last filled for a date; the hours of today to begin with. Empty for
    several dates of one day: nobody has said yet which one it is about."""
    if len(dates) > 1:
        return {}
    (date,) = dates
    if date.change is None:
        return {"new_start_time": date.start_time, "new_end_time": date.end_time}
    return {name: getattr(date.change, name) for name in WORDS}


def _restore(request: HttpRequest, event: Event, dates: list[EventDate]) -> HttpResponse:
    number = request.POST["restore"]
    date = next((one for one in dates if str(one.pk) == number), None)
    if date is None:
        raise Http404
    restore_date(actor=request.user, date=date)
    messages.success(request, _("La date a lieu comme prévu."))
    return redirect(event.url)
