"""« Signaler un événement »: anyone may."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agenda.forms.report import EventReportAnswerForm, EventReportForm
from agenda.models import Event, EventReport
from agenda.permissions import can_answer_report
from agenda.services.reports import answer_report, report_event
from agenda.views.common import agenda_crumbs, asks_to_sign_in, attempt, event_crumbs
from core.ratelimit import is_too_often


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event_report(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that something is wrong with an event; no account, no address asked."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    form = EventReportForm(request.POST or None, signed_in=request.user.is_authenticated)
    if request.method == "POST" and form.is_valid():
        known = EventReport.objects.filter(once=form.once).first()
        if known is None and is_too_often(request, "event_report"):
            form.add_error(None, _("Trop de signalements à la suite. Réessayez dans une heure."))
        else:
            return redirect((known or _report(request, event, form)).receipt_url)
    context = {"event": event, "form": form, "crumbs": event_crumbs(event)}
    status = 422 if form.errors else 200
    return render(request, "agenda/report_form.html", context, status=status)


def _report(request: HttpRequest, event: Event, form: EventReportForm) -> EventReport:
    actor = request.user if request.user.is_authenticated else None
    with transaction.atomic():
        report = report_event(
            actor=actor, event=event, text=form.cleaned_data["text"], once=form.once
        )
        form.note_kept(actor, event)
    return report


@never_cache
@require_safe
def report_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt: what was sent, when, and what came of it. Its address is the key."""
    report = get_object_or_404(EventReport.objects.select_related("event"), token=token)
    visible = Event.objects.visible_to(request.user).filter(pk=report.event_id)
    context = {"report": report, "event": visible.first(), "crumbs": agenda_crumbs()}
    return render(request, "agenda/report_receipt.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@asks_to_sign_in
def report_answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What a report says, for those who edit or moderate the event, and their answer."""
    related = EventReport.objects.select_related("event__audience", "event__group", "answered_by")
    report = get_object_or_404(related, pk=pk, event__slug=slug)
    if not can_answer_report(request.user, report):
        raise Http404
    form = EventReportAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("state", "answer")}
        about = {"about": report.event, "actor": request.user}
        if attempt(form, answer_report, report=report, **about, **words):
            messages.success(request, _("Merci. La personne le lira sur son reçu."))
            return redirect("space")
    context = {
        "event": report.event,
        "report": report,
        "form": form,
        "crumbs": event_crumbs(report.event) if report.event.live else agenda_crumbs(),
    }
    status = 422 if form.errors else 200
    return render(request, "agenda/report_answer.html", context, status=status)
