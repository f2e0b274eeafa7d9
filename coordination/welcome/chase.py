"""Every morning: invitations that nobody answers are reminded once, then reported once to whoever
invited, then deleted (feature « invitations that are chased », Dora).

Each step is a transaction of its own. Stopped anywhere and run again, run twice or run late,
nothing happens twice.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.notifications import notify, withdraw
from accounts.selectors import overseers
from coordination.welcome import permissions
from coordination.welcome.enums import InvitationMail
from coordination.welcome.models import Invitation, Request
from coordination.welcome.models.invitation import DELETE_AFTER, REMIND_AFTER, REPORT_AFTER
from coordination.welcome.services.invitations import UNANSWERED, lock_invitation
from coordination.welcome.services.mails import due
from coordination.welcome.tasks import send_invitation_mail, send_request_mail
from core.jobs import Periodic, job


@job
def chase_invitations() -> None:
    """What is due today, the end first: what goes today is not reminded any more."""
    for pk in _keys(Invitation.objects.asked_for(DELETE_AFTER)):
        _forget(pk)
    for pk in _keys(Invitation.objects.asked_for(REPORT_AFTER).filter(reported_at=None)):
        _report(pk)
    for pk in _keys(Invitation.objects.asked_for(REMIND_AFTER).filter(reminded_at=None)):
        _remind(pk)
    # The reminders, and mails that a server which was down did not take.
    for pk in _keys(due(Invitation)):
        send_invitation_mail.enqueue(pk)
    for pk in _keys(due(Request)):
        send_request_mail.enqueue(pk)


CHASE = Periodic("welcome.chase", chase_invitations, at=dt.time(6, 30))


def _keys(rows) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _forget(pk: int) -> None:
    withdraw(UNANSWERED, about=pk)
    Invitation.objects.asked_for(DELETE_AFTER).filter(pk=pk).delete()


@transaction.atomic
def _remind(pk: int) -> None:
    """Nobody is reminded of what they could not accept."""
    invitation = lock_invitation(Invitation(pk=pk))
    if invitation is None or invitation.reminded_at or not permissions.is_open(invitation):
        return
    invitation.reminded_at, invitation.mail = timezone.now(), InvitationMail.REMINDER
    invitation.save(update_fields=["reminded_at", "mail"])


@transaction.atomic
def _report(pk: int) -> None:
    """Whoever invited is told; the coordination in the place of somebody who left."""
    invitation = lock_invitation(Invitation(pk=pk))
    if invitation is None or invitation.reported_at or not invitation.is_waiting:
        return
    told = [invitation.invited_by]
    if not permissions.is_open(invitation):
        told = list(overseers(invitation.site))
    invitation.reported_at = timezone.now()
    invitation.save(update_fields=["reported_at"])
    notify(UNANSWERED, about=pk, to=told)
