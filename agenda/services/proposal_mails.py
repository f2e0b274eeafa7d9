"""The mails about a proposal. What is to be sent stands in a row; a job claims it, sends it and
crosses it out. One that is killed in between leaves a claim that is soon worth nothing."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from agenda.enums import ProposalMail, Side
from agenda.models import DateMail, EventDate, Proposal
from agenda.wording import say_day
from core.mail import send_mail
from core.models import NetworkSettings

STEMS = {
    ProposalMail.CONFIRM: "agenda/mail/confirm",
    ProposalMail.RECEIPT: "agenda/mail/receipt",
    ProposalMail.ANSWER: "agenda/mail/answer",
    ProposalMail.MESSAGE: "agenda/mail/message",
}
CLAIMED_FOR = dt.timedelta(minutes=10)


@contextmanager
def claimed(rows: QuerySet) -> Iterator[bool]:
    """Whether the mail of this row is ours to send."""
    free = Q(mail_claimed_at=None) | Q(mail_claimed_at__lt=timezone.now() - CLAIMED_FOR)
    if not rows.filter(free).update(mail_claimed_at=timezone.now()):
        yield False
        return
    try:
        yield True
    except Exception:
        rows.update(mail_claimed_at=None)
        raise


def mail_proposal(pk: int) -> None:
    """Send what a proposal asks for. No word that was typed goes to an address before whoever
    reads its mail has said that it is theirs."""
    found = Proposal.objects.current().exclude(mail=ProposalMail.NONE)
    proposal = found.select_related("event__site", "sent_by", "revision").filter(pk=pk).first()
    if proposal is None:
        return
    to = proposal.email or (proposal.sent_by.email if proposal.sent_by else "")
    if not to:
        Proposal.objects.filter(pk=pk).update(mail=ProposalMail.NONE)
        return
    network = NetworkSettings.for_site(proposal.event.site)
    language = proposal.language if proposal.email else proposal.sent_by.language
    with override(language):
        root = network.site.root_url
        said = proposal.event.messages.filter(side=Side.MODERATORS).last()
        context = {
            "proposal": proposal,
            "event": proposal.version,
            "follow_url": f"{root}{proposal.follow_url}",
            "criteria_url": f"{root}{reverse('agenda:criteria')}",
            "message": said.text if said else "",
            "confirm_days": settings.PROPOSAL_CONFIRM_DAYS,
        }
    rows = Proposal.objects.filter(pk=pk, mail=proposal.mail)
    with claimed(rows) as ours:
        if ours:
            send_mail(
                STEMS[ProposalMail(proposal.mail)],
                to=[to],
                reply_to=[network.email],
                context=context,
                language=language,
                network=network,
            )
            rows.update(mail=ProposalMail.NONE, mail_claimed_at=None)


def mail_date(pk: int) -> None:
    """Say what became of one date, as it stands now. Nothing once the event has left the agenda,
    or the dossier is closed."""
    rows = DateMail.objects.filter(pk=pk, proposal__in=Proposal.objects.current())
    mail = rows.exclude(proposal__email="").select_related("proposal__event__site").first()
    date = mail and _date_of(mail)
    if date is None:
        DateMail.objects.filter(pk=pk).delete()
        return
    proposal = mail.proposal
    network = NetworkSettings.for_site(proposal.event.site)
    with override(proposal.language):
        context = {
            "proposal": proposal,
            "event": proposal.event,
            "day": say_day(date.day),
            "new_day": say_day(date.moved_to.day) if hasattr(date, "moved_to") else "",
            "date": getattr(date, "moved_to", date),
            "follow_url": f"{network.site.root_url}{proposal.follow_url}",
        }
    with claimed(rows) as ours:
        if ours:
            send_mail(
                "agenda/mail/date",
                to=[proposal.email],
                reply_to=[network.email],
                context=context,
                language=proposal.language,
                network=network,
            )
            rows.delete()


def _date_of(mail: DateMail) -> EventDate | None:
    """The date that a mail is about, where its timing puts it."""
    dates = EventDate.objects.filter(
        event=mail.proposal.event_id,
        projection__timing_uid=mail.timing_uid,
        original_day=mail.original_day,
        instead_of=None,
    )
    return dates.select_related("change", "moved_to").first()
