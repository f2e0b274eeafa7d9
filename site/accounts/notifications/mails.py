"""What people are told by mail: all that waits for one person in one mail, soon or once a week.

A row is claimed before its mail is sent and marked afterwards, so that two workers never send it
twice; a row left in between by a worker that died is taken up again after `TAKEN_UP_AFTER`.
"""

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import get_connection
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.enums import MailState, When
from accounts.models import NetworkMembership, Notification, NotificationChoice, User
from accounts.notifications import MAX_LISTED, Kind, Told, kind_named, kinds_named, tell
from accounts.notifications.links import choices_link, stop_link
from core.jobs import job
from core.mail import Letter, compose
from core.models import NetworkSettings

SETTLES_IN = dt.timedelta(minutes=2)  # what happens in a burst comes in one mail
TAKEN_UP_AFTER = dt.timedelta(hours=1)
MAX_PEOPLE = 500  # per run; the next one goes on

logger = logging.getLogger("maillage.notifications")


@dataclass(frozen=True)
class Section:
    """The notifications of one kind in a mail, with the address that stops them."""

    kind: Kind
    items: list[Told]
    more: int
    stop_url: str


@job
def mail_soon() -> int:
    """Mail what people want to know at once; gives the number of mails."""
    return _mail_all(When.NOW, before=timezone.now() - SETTLES_IN)


@job
def mail_weekly() -> int:
    """Mail what people want to know once a week; gives the number of mails."""
    return _mail_all(When.WEEKLY, before=timezone.now())


def _mail_all(when: When, *, before: dt.datetime) -> int:
    now = timezone.now()
    Notification.objects.filter(mail=MailState.SENDING, mail_at__lt=now - TAKEN_UP_AFTER).update(
        mail=MailState.WAITING
    )
    # Read on the site meanwhile: no mail about it.
    Notification.objects.filter(mail=MailState.WAITING).exclude(read_at=None).update(
        mail=MailState.NONE
    )
    connection = get_connection()
    sent = 0
    try:
        for pk, kinds in _due(when, before).items():
            sent += _mail_one(pk, kinds, when, before, connection)
            if sent == MAX_PEOPLE:
                break
    finally:
        connection.close()
    return sent


def _due(when: When, before: dt.datetime) -> dict[int, list[str]]:
    """Who is to be mailed about which kinds, in two queries."""
    waiting = Notification.objects.filter(mail=MailState.WAITING, at__lte=before)
    pairs = list(waiting.order_by("user").values_list("user", "kind").distinct())
    people = {pk for pk, _kind in pairs}
    chosen = {
        (row.user_id, row.kind): row.when
        for row in NotificationChoice.objects.filter(user__in=people)
    }
    due: dict[int, list[str]] = {}
    for pk, key in pairs:
        kind = kind_named(key)
        if kind is not None and chosen.get((pk, key), kind.default) == when:
            due.setdefault(pk, []).append(key)
    return due


def _mail_one(pk: int, kinds: list[str], when: When, before: dt.datetime, connection) -> bool:
    """Mail one person about these kinds; whether a mail left. Raises what a mail server that does
    not answer raises: the rows wait again, and so does everybody after this person."""
    user = User.objects.get(pk=pk)
    rows = _claim(user, kinds, before)
    if not rows:
        return False
    state = MailState.WAITING
    try:
        letter = compose_notifications(user, rows, when)
        state = MailState.NONE
        if letter is not None:
            state = MailState.WAITING
            connection.open()
            connection.send_messages([letter])
            state = MailState.SENT
    except SMTPRecipientsRefused:
        state = MailState.NONE  # this address does not exist any more: others go on
        logger.warning("notifications of account %s: address refused", pk)
    except (OSError, SMTPException):
        raise
    except Exception:
        state = MailState.NONE  # one person's mail must not hold back everybody's
        logger.exception("notifications of account %s could not be written", pk)
    finally:
        Notification.objects.filter(pk__in=[row.pk for row in rows]).update(
            mail=state, mail_at=timezone.now()
        )
    return state == MailState.SENT


@transaction.atomic
def _claim(user: User, kinds: list[str], before: dt.datetime) -> list[Notification]:
    """The rows this mail is about, each taken by this worker alone."""
    rows = list(
        Notification.objects.select_for_update(of=("self",)).filter(
            user=user, kind__in=kinds, mail=MailState.WAITING, at__lte=before
        )
    )
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(
        mail=MailState.SENDING, mail_at=timezone.now()
    )
    return rows


def network_of(user: User) -> NetworkSettings | None:
    """The network in whose name this person is told: that of the oldest live membership."""
    membership = (
        NetworkMembership.objects.live()
        .filter(user=user, user__is_active=True)
        .select_related("site")
        .order_by("start", "pk")
        .first()
    )
    return NetworkSettings.for_site(membership.site) if membership else None


def compose_notifications(
    user: User, rows: Sequence[Notification], when: When = When.NOW
) -> Letter | None:
    """One mail that tells these rows to their person, in their language; None when nothing of it
    may be said any more. Its header stops the kinds it tells, in one click (RFC 8058)."""
    network = network_of(user)
    if network is None:
        return None
    root = network.site.root_url
    with override(user.language):
        sections = _sections(user, rows, root)
        if not sections:
            return None
        keys = [section.kind.key for section in sections]
        stop_url = root + stop_link(user, keys)
        context = {
            "reader": user,
            "sections": sections,
            "count": sum(len(section.items) + section.more for section in sections),
            "first": sections[0].items[0],
            "weekly": when == When.WEEKLY,
            "list_url": root + reverse("accounts_notifications"),
            "choices_url": root + choices_link(user),
        }
        letter = compose(
            "accounts/mail/notifications",
            to=[user.email],
            context=context,
            language=user.language,
            network=network,
        )
    letter.extra_headers |= {
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return letter


def _sections(user: User, rows: Sequence[Notification], root: str) -> list[Section]:
    told: dict[str, list[Told]] = {}
    for row, words in tell(user, rows):
        told.setdefault(row.kind, []).append(words.at(root))
    return [
        Section(
            kind=kind,
            items=told[kind.key][:MAX_LISTED],
            more=max(0, len(told[kind.key]) - MAX_LISTED),
            stop_url=root + stop_link(user, [kind.key]),
        )
        for kind in kinds_named(told)
    ]
