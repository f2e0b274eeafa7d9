"""The mails of coming in. What is to be sent stands in the row. A job claims it, sends it and
crosses it out; one that is killed in between leaves a claim that is soon worth nothing, and the
mail goes once more rather than never."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import NetworkMembership
from coordination.welcome import permissions, rules
from coordination.welcome.enums import InvitationMail, RequestKind, RequestMail
from coordination.welcome.links import MAX_AGE, invitation_path
from coordination.welcome.models import Invitation, Request
from coordination.welcome.models.request import ENTER_WITHIN
from core.mail import send_mail
from core.models import NetworkSettings

STEMS = {
    InvitationMail.INVITATION: "welcome/mail/invitation",
    InvitationMail.REMINDER: "welcome/mail/reminder",
    RequestMail.CONFIRM: "welcome/mail/confirm",
    RequestMail.RECEIPT: "welcome/mail/receipt",
    RequestMail.ACCEPTED: "welcome/mail/welcome",
    RequestMail.REFUSED: "welcome/mail/refused",
}


CLAIMED_FOR = dt.timedelta(minutes=10)


def due(model: type[Invitation | Request]) -> QuerySet:
    """The rows that ask for a mail which nobody is sending right now."""
    stale = timezone.now() - CLAIMED_FOR
    asking = model.objects.exclude(mail="")
    return asking.filter(Q(mail_claimed_at=None) | Q(mail_claimed_at__lt=stale))


@contextmanager
def claimed(row: Invitation | Request) -> Iterator[bool]:
    """Whether the mail of this row is ours to send. Crossed out when it is sent; another job may
    try at once when the mail server refused it."""
    rows = type(row).objects.filter(pk=row.pk, mail=row.mail)
    if not due(type(row)).filter(pk=row.pk, mail=row.mail).update(mail_claimed_at=timezone.now()):
        yield False
        return
    try:
        yield True
    except Exception:
        rows.update(mail_claimed_at=None)
        raise
    rows.update(mail="", mail_claimed_at=None)


def mail_invitation(pk: int) -> None:
    """Send an invitation or its reminder, with a link made now."""
    found = Invitation.objects.waiting().exclude(mail=InvitationMail.NONE)
    related = found.select_related("site", "organisation", "invited_by")
    invitation = related.filter(pk=pk).first()
    if invitation is None or not permissions.is_open(invitation):
        return
    network = NetworkSettings.for_site(invitation.site)
    with override(invitation.language):
        link = f"{network.site.root_url}{invitation_path(invitation)}"
        about = f"{network.site.root_url}{reverse('welcome:join')}"
    context = {"invitation": invitation, "link": link, "about_url": about, "days": MAX_AGE.days}
    with claimed(invitation) as ours:
        if ours:
            send_mail(
                STEMS[invitation.mail],
                to=[invitation.address],
                reply_to=[network.email],
                context=context,
                language=invitation.language,
                network=network,
            )


def mail_request(pk: int) -> None:
    """Send what a request asks for. The form answers the same to everybody: whether the address has
    an account already is only said to whoever reads its mail, here."""
    found = Request.objects.current().exclude(mail=RequestMail.NONE)
    asked = found.select_related("site", "organisation", "charter").filter(pk=pk).first()
    if asked is None:
        return
    stem = STEMS[asked.mail]
    if asked.mail == RequestMail.CONFIRM and _is_known(asked):
        stem = "welcome/mail/already_known"
    network = NetworkSettings.for_site(asked.site)
    with override(asked.language):
        root = network.site.root_url
        context = {
            "asked": asked,
            "follow_url": f"{root}{asked.follow_url}",
            "sign_in_url": f"{root}{reverse('account_login')}",
            "contact_url": f"{root}{reverse('contact')}",
            "rules": rules.RULES,
            "confirm_days": settings.REQUEST_CONFIRM_DAYS,
            "enter_days": ENTER_WITHIN,
        }
    with claimed(asked) as ours:
        if ours:
            send_mail(
                stem,
                to=[asked.email],
                reply_to=[network.email],
                context=context,
                language=asked.language,
                network=network,
            )


def _is_known(asked: Request) -> bool:
    """Whether a person who asks to come in is in already."""
    members = NetworkMembership.objects.live().filter(site=asked.site, user__is_active=True)
    is_member = members.filter(user__email=asked.email).exists()
    return asked.kind == RequestKind.PERSON and is_member
