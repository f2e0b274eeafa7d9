"""The mails about a proposal. What is to be sent stands in the row; a job claims it, sends it and
crosses it out. One that is killed in between leaves a claim that is soon worth nothing."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from agenda.enums import ProposalMail, Side
from agenda.models import Proposal
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
def claimed(proposal: Proposal) -> Iterator[bool]:
    """Whether the mail of this row is ours to send."""
    rows = Proposal.objects.filter(pk=proposal.pk, mail=proposal.mail)
    free = Q(mail_claimed_at=None) | Q(mail_claimed_at__lt=timezone.now() - CLAIMED_FOR)
    if not rows.filter(free).update(mail_claimed_at=timezone.now()):
        yield False
        return
    try:
        yield True
    except Exception:
        rows.update(mail_claimed_at=None)
        raise
    rows.update(mail=ProposalMail.NONE, mail_claimed_at=None)


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
    with claimed(proposal) as ours:
        if ours:
            send_mail(
                STEMS[ProposalMail(proposal.mail)],
                to=[to],
                reply_to=[network.email],
                context=context,
                language=language,
                network=network,
            )
