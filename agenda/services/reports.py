"""« Signaler un événement »: from the receipt to the answer."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from accounts.notifications import notify, withdraw
from accounts.selectors import overseers
from agenda.enums import ReportState
from agenda.models import Event, EventReport
from agenda.permissions import can_answer_report, moderators_of
from coordination.directory.permissions import representatives

REPORTED = "agenda.reported"  # kind of notification


@transaction.atomic
def report_event(*, actor: User | None, event: Event, text: str, once: str) -> EventReport:
    """Keep what somebody found wrong. Gives the report that is kept: of those that carry the same
    `once`, the first. Its organisers and its moderators are told."""
    report = EventReport(event=event, reporter=actor, text=text, once=once)
    report.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        return EventReport.objects.get(once=once)
    told = set(moderators_of(event)) | set(overseers(event.site))
    for row in event.organisings.select_related("organisation"):
        told |= set(representatives(row.organisation))
    notify(REPORTED, about=report.pk, to=told, actor=actor)
    return report


@transaction.atomic
def answer_report(*, actor: User, report: EventReport, state: str, answer: str) -> EventReport:
    """Say what was done about a report. Raises `ValidationError` when somebody already has."""
    report = EventReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not can_answer_report(actor, report):
        raise PermissionDenied
    if report.state != ReportState.OPEN:
        raise ValidationError(_("Quelqu’un a déjà répondu à ce signalement."))
    report.state, report.answer = state, answer
    report.answered_by, report.answered_at = actor, timezone.now()
    report.full_clean()
    report.save()
    data = {"report": report.pk, "state": state}
    log(instance=report.event, action="agenda.report", user=actor, data=data)
    withdraw(REPORTED, about=report.pk)
    return report
