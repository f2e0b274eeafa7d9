"""What waits for those who moderate the agenda and those who propose."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from agenda.enums import ProposalState, ReportState
from agenda.models import Event, EventReport, Proposal
from agenda.permissions import (
    can_moderate,
    edited_events,
    followed_proposals,
    moderated_events,
    proposals_for,
)
from core.desk import MAX_PER_SOURCE, Waiting
from core.visibility import MEMBER, reach_of


def waiting(user) -> Iterator[Waiting]:
    """Events to read, events that are reported, and one's own that are to be changed."""
    if MEMBER not in reach_of(user).tokens:
        return
    if can_moderate(user):
        read = proposals_for(user).waiting().select_related("event")
        for proposal in read[:MAX_PER_SOURCE]:
            yield Waiting(
                title=_("Un événement attend votre relecture"),
                detail=f"{proposal.event}, {proposal.reference}",
                url=proposal.url,
                icon="calendar",
                since=timezone.localdate(proposal.sent_at),
            )
    concerned = Event.objects.filter(edited_events(user) | moderated_events(user)).values("pk")
    reports = EventReport.objects.filter(state=ReportState.OPEN, event__in=concerned)
    for report in reports.select_related("event")[:MAX_PER_SOURCE]:
        yield Waiting(
            title=_("Un événement est signalé"),
            detail=f"{report.event}, {report.reference}",
            url=report.url,
            icon="triangle-alert",
            since=timezone.localdate(report.at),
        )
    back = Proposal.objects.current().filter(followed_proposals(user), state=ProposalState.CHANGES)
    others = Event.objects.filter(~moderated_events(user)).values("pk")
    for proposal in back.filter(event__in=others).select_related("event")[:MAX_PER_SOURCE]:
        yield Waiting(
            title=_("Votre événement est à revoir"),
            detail=f"{proposal.event}, {proposal.reference}",
            url=proposal.follow_url,
            icon="pencil",
            since=timezone.localdate(proposal.sent_at),
        )
