"""« Signaler une erreur »: anyone says so, the people in charge answer, the receipt tells."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coordination.directory.enums import ReportState
from coordination.directory.forms.report import ErrorReportForm, ReportAnswerForm
from coordination.directory.models import ErrorReport, Organisation
from coordination.directory.services.reports import answer_report, report_error
from coordination.directory.views.common import asks_to_sign_in, directory_crumbs, record_crumbs
from coordination.directory.views.record import editable_or_404
from core.ratelimit import is_too_often


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_report(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a record is wrong; no account, no address asked."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    form = ErrorReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, "error_report"):
            form.add_error(None, _("Trop de signalements à la suite. Réessayez dans une heure."))
        else:
            actor = request.user if request.user.is_authenticated else None
            text = form.cleaned_data["text"]
            with transaction.atomic():
                report = report_error(actor=actor, organisation=organisation, text=text)
                form.note_kept(actor, organisation)
            return redirect(report.receipt_url)
    context = {"organisation": organisation, "form": form, "crumbs": record_crumbs(organisation)}
    status = 422 if form.errors else 200
    return render(request, "directory/report_form.html", context, status=status)


@never_cache
@require_safe
def report_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt: what was sent, when, and what came of it. Its address is the key."""
    report = get_object_or_404(ErrorReport.objects.select_related("organisation"), token=token)
    visible = Organisation.objects.visible_to(request.user).filter(pk=report.organisation_id)
    context = {
        "report": report,
        "organisation": visible.first(),
        "crumbs": directory_crumbs(),
    }
    return render(request, "directory/report_receipt.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@asks_to_sign_in
def report_answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What a report says, for those who can correct the record, and their answer."""
    organisation = editable_or_404(request, slug)
    report = get_object_or_404(organisation.error_reports.select_related("answered_by"), pk=pk)
    form = ReportAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                answer_report(
                    actor=request.user,
                    report=report,
                    state=ReportState(form.cleaned_data["state"]),
                    answer=form.cleaned_data["answer"],
                )
                form.note_kept(request.user, organisation)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Merci. La personne le lira sur son reçu."))
            return redirect(organisation.url)
    context = {
        "organisation": organisation,
        "report": report,
        "form": form,
        "crumbs": record_crumbs(organisation),
    }
    status = 422 if form.errors else 200
    return render(request, "directory/report_answer.html", context, status=status)
