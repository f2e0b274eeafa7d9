"""What the agenda does again and again."""

from django.utils import timezone

from agenda.models import Event
from agenda.services.projection import RENEW_BELOW, describe, project
from core.jobs import job


@job
def move_the_horizon_on() -> int:
    """Write the dates that have come within the horizon; gives the number of events looked at.
    Run each night; events whose dates were written this week are left alone."""
    enough = timezone.localdate() + RENEW_BELOW
    due = Event.objects.filter(live=True).exclude(projected_until__gt=enough)
    number = 0
    for event in due.iterator():
        project(event)
        number += 1
    return number


@job
def describe_events(pks: list[int]) -> int:
    """Write down again what these events are found by; gives how many are published."""
    events = Event.objects.filter(live=True, pk__in=pks)
    for event in events:
        describe(event)
    return len(events)


@job
def send_proposal_mail(pk: int) -> None:
    """The mail that a proposal still asks for; nothing the second time."""
    from agenda.services.proposal_mails import mail_proposal

    mail_proposal(pk)


@job
def send_date_mail(pk: int) -> None:
    """The mail about one date that is still to be sent; nothing the second time."""
    from agenda.services.proposal_mails import mail_date

    mail_date(pk)
