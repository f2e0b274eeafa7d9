"""What the agenda tells people: what waits for them, and what was answered."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.notifications import Kind, Told
from agenda.enums import ProposalState, ReportState, Side
from agenda.models import DateChange, Event, EventMessage, EventReport, Proposal
from agenda.permissions import (
    can_moderate,
    can_moderate_event,
    edited_events,
    followed_proposals,
    moderated_events,
    proposals_for,
)
from agenda.services.dates import DATE_CHANGED
from agenda.services.moderation import MESSAGE
from agenda.services.proposals import ANSWER, TO_MODERATE
from agenda.services.reports import REPORTED
from agenda.wording import say_day
from core.admin_scope import opens_admin
from core.visibility import MEMBER, reach_of


def _tell_to_moderate(user: User, ids: Sequence[int]) -> dict[int, Told]:
    if not opens_admin(user):
        return {}
    waiting = proposals_for(user).waiting().filter(pk__in=ids)
    return {
        proposal.pk: Told(
            title=_("Un événement attend votre relecture"),
            url=proposal.url,
            detail=f"{proposal.event}, {proposal.reference}",
            icon="calendar",
            since=timezone.localdate(proposal.sent_at),
        )
        for proposal in waiting.select_related("event")
    }


def _tell_answers(user: User, ids: Sequence[int]) -> dict[int, Told]:
    words = {
        ProposalState.ACCEPTED: (_("Votre événement est dans l’agenda"), "calendar-check"),
        ProposalState.REFUSED: (_("Votre événement n’est pas accepté"), "info"),
        ProposalState.CHANGES: (_("Votre événement est à revoir"), "pencil"),
    }
    mine = Proposal.objects.current().filter(followed_proposals(user))
    answered = mine.filter(pk__in=ids, state__in=words)
    return {
        proposal.pk: Told(
            title=words[proposal.state][0],
            url=proposal.follow_url,
            detail=f"{proposal.event}, {proposal.reference}",
            icon=words[proposal.state][1],
        )
        for proposal in answered.select_related("event")
    }


def _tell_messages(user: User, ids: Sequence[int]) -> dict[int, Told]:
    """To the other side than the one that wrote, as long as the dossier is open to it."""
    related = ("event__audience", "event__proposal", "event__site")
    messages = EventMessage.objects.filter(pk__in=ids, event__proposal__isnull=False)
    messages = list(messages.select_related(*related))
    events = {message.event_id for message in messages}
    followed = Proposal.objects.filter(followed_proposals(user), event__in=events)
    mine = set(followed.values_list("event", flat=True))
    told = {}
    for message in messages:
        event = message.event
        if message.side == Side.AUTHOR:
            if not opens_admin(user) or not can_moderate_event(user, event):
                continue
            url = event.proposal.url
        elif event.pk in mine:
            url = event.proposal.follow_url
        else:
            continue
        told[message.pk] = Told(
            title=_("Un message à propos d’un événement"),
            url=url,
            detail=f"{event}, {event.proposal.reference}",
            icon="messages-square",
            since=timezone.localdate(message.at),
        )
    return told


def _tell_reports(user: User, ids: Sequence[int]) -> dict[int, Told]:
    events = Event.objects.filter(edited_events(user) | moderated_events(user)).values("pk")
    reports = EventReport.objects.filter(pk__in=ids, state=ReportState.OPEN, event__in=events)
    return {
        report.pk: Told(
            title=_("Un événement est signalé"),
            url=report.url,
            detail=f"{report.event}, {report.reference}",
            icon="triangle-alert",
            since=timezone.localdate(report.at),
        )
        for report in reports.select_related("event")
    }


def _tell_changed_dates(user: User, ids: Sequence[int]) -> dict[int, Told]:
    """What was decided for a date, as long as it stands, to whoever edits the event or sent it."""
    mine = Event.objects.filter(edited_events(user) | Q(proposed_by=user)).values("pk")
    visible = Event.objects.visible_to(user).filter(pk__in=mine)
    changes = DateChange.objects.filter(pk__in=ids, event__in=visible.values("pk"))
    return {
        change.pk: Told(
            title=_("Une date de l’agenda a changé"),
            url=change.event.url,
            detail=f"{change.event}, {say_day(change.original_day)}, {change.get_state_display()}",
            icon="calendar-clock",
        )
        for change in changes.select_related("event")
    }


def _is_member(user) -> bool:
    return MEMBER in reach_of(user).tokens


KINDS = (
    Kind(
        key=TO_MODERATE,
        label=gettext_lazy("Un événement de l’agenda attend ma relecture"),
        why=gettext_lazy("parce que vous relisez l’agenda"),
        tell=_tell_to_moderate,
        concerns=can_moderate,
    ),
    Kind(
        key=ANSWER,
        label=gettext_lazy("Une réponse à un événement que j’ai proposé"),
        why=gettext_lazy("parce que vous avez proposé cet événement"),
        tell=_tell_answers,
        concerns=_is_member,
    ),
    Kind(
        key=MESSAGE,
        label=gettext_lazy("Un message à propos d’un événement proposé"),
        why=gettext_lazy("parce que vous proposez ou relisez cet événement"),
        tell=_tell_messages,
        concerns=_is_member,
    ),
    Kind(
        key=DATE_CHANGED,
        label=gettext_lazy("Une date de mes événements a changé"),
        why=gettext_lazy("parce que vous proposez ou tenez cet événement"),
        tell=_tell_changed_dates,
        concerns=_is_member,
    ),
    Kind(
        key=REPORTED,
        label=gettext_lazy("Un événement de l’agenda est signalé"),
        why=gettext_lazy("parce que vous tenez ou relisez cet événement"),
        tell=_tell_reports,
        concerns=_is_member,
    ),
)
