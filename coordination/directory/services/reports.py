"""« Signaler une erreur »: from the receipt to the answer."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.notifications import notify, withdraw
from accounts.selectors import overseers
from coordination.directory.enums import ReportState
from coordination.directory.models import ErrorReport, Organisation
from coordination.directory.permissions import representatives


@transaction.atomic
def report_error(*, actor, organisation: Organisation, text: str) -> ErrorReport:
    """Keep what somebody found wrong; `actor` is None for a visitor. Gives the receipt."""
    report = ErrorReport(organisation=organisation, text=text, reporter=actor)
    report.full_clean()
    report.save()
    told = representatives(organisation) | overseers()
    notify("directory.report", about=report.pk, to=told, actor=actor)
    return report


@transaction.atomic
def answer_report(*, actor, report: ErrorReport, state: ReportState, answer: str) -> ErrorReport:
    """Say what was done about a report. Raises `ValidationError` when somebody already has."""
    report = ErrorReport.objects.select_for_update().get(pk=report.pk)
    if report.state != ReportState.OPEN:
        raise ValidationError(_("Quelqu’un a déjà répondu à ce signalement."))
    report.state, report.answer = state, answer
    report.answered_by, report.answered_at = actor, timezone.now()
    report.full_clean()
    report.save()
    log(
        instance=report.organisation,
        action="directory.report",
        user=actor,
        data={"report": report.pk, "state": state},
    )
    withdraw("directory.report", about=report.pk)
    notify("directory.answer", about=report.pk, to=[report.reporter], actor=actor)
    return report
