"""What moderators do: publish, refuse, ask for a change, write, put on the first page."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from accounts.notifications import notify, withdraw
from agenda.enums import OPEN_STATES, ProposalMail, ProposalState, Side
from agenda.models import Decision, Event, EventMessage, Proposal
from agenda.permissions import (
    can_feature_event,
    can_follow_proposal,
    can_moderate_event,
    moderators_of,
)
from agenda.services.proposals import ANSWER, TO_MODERATE, keep_published, locked
from agenda.services.review import stop_review
from agenda.tasks import send_proposal_mail
from core.jobs import later
from core.memory import forget
from core.visibility import MEMBER, reach_of

MESSAGE = "agenda.message"  # kind of notification
MAX_SPENT = dt.timedelta(minutes=10)
FEATURED_AT_MOST = dt.timedelta(days=366)


@transaction.atomic
def accept_proposal(
    *, actor: User, proposal: Proposal, revision: int, opened: dt.datetime, answer: str = ""
) -> Proposal:
    """Publish the version that was read. `revision` is its key, `opened` when it was opened.

    Raises `ValidationError` when somebody else decided, or when it was replaced meanwhile.
    """
    proposal = _decidable(actor, proposal, revision)
    event = Event.objects.get(pk=proposal.event_id)
    task = event.current_workflow_task_state
    if task is None:
        raise ValidationError(_("Cette proposition n’attend plus de relecture."))
    task.task.specific.on_action(task, actor, "approve")
    return _decide(actor, proposal, ProposalState.ACCEPTED, answer, opened)


@transaction.atomic
def refuse_proposal(
    *, actor: User, proposal: Proposal, revision: int, opened: dt.datetime, answer: str
) -> Proposal:
    """Keep it out of the agenda, with the reason. What is published stays as it is."""
    proposal = _decidable(actor, proposal, revision)
    _needs_words(answer, _("Un refus s’explique : écrivez un mot."))
    stop_review(proposal.event)
    if proposal.event.live:
        keep_published(proposal.event)
    return _decide(actor, proposal, ProposalState.REFUSED, answer, opened)


@transaction.atomic
def ask_change(
    *, actor: User, proposal: Proposal, revision: int, opened: dt.datetime, answer: str
) -> Proposal:
    """Give it back to its author, who sends it again."""
    proposal = _decidable(actor, proposal, revision)
    _needs_words(answer, _("Dites ce qui doit changer."))
    if task := proposal.event.current_workflow_task_state:
        task.task.specific.on_action(task, actor, "reject", comment=answer)
    return _decide(actor, proposal, ProposalState.CHANGES, answer, opened)


@transaction.atomic
def write_message(*, actor: User | None, proposal: Proposal, text: str) -> EventMessage:
    """A word in the thread. `actor` is None for whoever holds the private link."""
    proposal = locked(proposal)
    event = proposal.event
    side = Side.AUTHOR
    if actor is not None:
        if can_moderate_event(actor, event) and actor.pk != proposal.sent_by_id:
            side = Side.MODERATORS
        elif not can_follow_proposal(actor, proposal):
            raise PermissionDenied
    message = EventMessage(event=event, author=actor, side=side, text=text)
    message.full_clean()
    message.save()
    if side == Side.AUTHOR:
        notify(MESSAGE, about=message.pk, to=moderators_of(event), actor=actor)
    else:
        notify(MESSAGE, about=message.pk, to=_authors(proposal), actor=actor)
        _mail(proposal, ProposalMail.MESSAGE)
    for earlier in event.messages.exclude(pk=message.pk).exclude(side=side):
        withdraw(MESSAGE, about=earlier.pk)
    return message


@transaction.atomic
def feature_event(*, actor: User, event: Event, until: dt.date | None) -> Event:
    """Put an event on the first page until a day, included; None takes it off. Raises
    `ValidationError` for a day that is past or too far."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if not can_feature_event(actor, event):
        raise PermissionDenied
    today = timezone.localdate()
    if until is not None and not today <= until <= today + FEATURED_AT_MOST:
        raise ValidationError({"until": _("Choisissez un jour d’ici un an.")})
    Event.objects.filter(pk=event.pk).update(featured_until=until)
    event.featured_until = until
    forget()  # written by an UPDATE: no signal tells of it
    log(instance=event, action="agenda.feature", user=actor, data={"until": str(until or "")})
    return event


def _decidable(actor: User, proposal: Proposal, revision: int) -> Proposal:
    """The dossier, locked, when this person may decide about this very version."""
    proposal = locked(proposal)
    if not can_moderate_event(actor, proposal.event):
        raise PermissionDenied
    if proposal.state != ProposalState.WAITING:
        who = proposal.decided_by.display_name if proposal.decided_by else _("quelqu’un")
        words = {"who": who, "state": proposal.get_state_display()}
        raise ValidationError(_("C’est déjà décidé. %(who)s : %(state)s.") % words)
    if proposal.revision_id != revision:
        raise ValidationError(
            _("Une autre version est arrivée entre-temps. Relisez-la : elle est ci-dessous.")
        )
    return proposal


def _needs_words(answer: str, message: str) -> None:
    if not answer.strip():
        raise ValidationError({"answer": message})


def _decide(
    actor: User, proposal: Proposal, state: ProposalState, answer: str, opened: dt.datetime
) -> Proposal:
    now = timezone.now()
    proposal.state, proposal.answer, proposal.decided_by = state, answer, actor
    proposal.closed_at = None if state in OPEN_STATES else now
    proposal.full_clean(exclude=["event"])
    proposal.save()
    Decision.objects.create(
        event_id=proposal.event_id,
        by=actor,
        outcome=state,
        reason=answer,
        waited=max(0, int((now - proposal.sent_at).total_seconds())),
        spent=max(0, int(min(now - opened, MAX_SPENT).total_seconds())),
    )
    event = Event.objects.get(pk=proposal.event_id)
    log(instance=event, action=f"agenda.{state}", user=actor, data={"reason": bool(answer)})
    withdraw(TO_MODERATE, about=proposal.pk)
    notify(ANSWER, about=proposal.pk, to=_authors(proposal), actor=actor)
    _mail(proposal, ProposalMail.ANSWER)
    return proposal


def _authors(proposal: Proposal) -> list[User]:
    """Who sent it last, and who proposed it first, as long as they may still follow it."""
    people = {proposal.sent_by, proposal.event.proposed_by} - {None}
    return [user for user in people if can_follow_proposal(user, proposal)]


def _mail(proposal: Proposal, mail: ProposalMail) -> None:
    """To somebody without an account, or with one outside of the network; members are told by a
    notification."""
    if proposal.email:
        told = proposal.confirmed_at is not None
    else:
        sender = proposal.sent_by
        told = MEMBER not in reach_of(sender).tokens and can_follow_proposal(sender, proposal)
    if told:
        Proposal.objects.filter(pk=proposal.pk).update(mail=mail, mail_claimed_at=None)
        later(send_proposal_mail, proposal.pk)
