"""A message to the network: kept first, then told, then answered. No mail server loses one."""

import logging
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from core.mail import send_mail
from core.models import NetworkSettings
from home.enums import MailState
from home.models import ContactMessage

logger = logging.getLogger("maillage.contact")


@transaction.atomic
def receive_message(*, message: ContactMessage, limited: bool) -> ContactMessage:
    """Keep a message, and send its receipts once it is kept. Gives the one that is kept: of two
    that carry the same `once`, the first. `limited` says that this e-mail address has had its share
    of receipts.
    """
    ContactMessage.objects.expired().delete()
    message.sender_mail = MailState.NONE
    if message.email:
        message.sender_mail = MailState.LIMITED if limited else MailState.WAITING
    if network_of(message).email:
        message.network_mail = MailState.WAITING
    message.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        return ContactMessage.objects.get(once=message.once)
    transaction.on_commit(partial(send_receipts, message.pk))
    return message


def network_of(message: ContactMessage) -> NetworkSettings:
    return NetworkSettings.for_site(message.site)


def send_receipts(pk: int) -> None:
    """The mails that a message still asks for; nothing the second time."""
    message = ContactMessage.objects.select_related("site").filter(pk=pk).first()
    if message is None:
        return
    network = network_of(message)
    if message.network_mail == MailState.WAITING:
        message.network_mail = _deliver(
            "home/mail/contact_received",
            message,
            to=network.email,
            reply_to=message.email,
            language=settings.LANGUAGE_CODE,
        )
    if message.sender_mail == MailState.WAITING:
        message.sender_mail = _deliver(
            "home/mail/contact_receipt",
            message,
            to=message.email,
            reply_to=network.email,
            language=message.language,
        )
    message.save(update_fields=["network_mail", "sender_mail"])


def _deliver(
    stem: str, message: ContactMessage, *, to: str, reply_to: str, language: str
) -> MailState:
    """Send one mail about a message; a mail server that fails is logged, never raised."""
    network = network_of(message)
    try:
        with override(language):
            context = {
                "message": message,
                "receipt_url": f"{network.site.root_url}{message.receipt_url}",
                "message_url": f"{network.site.root_url}{message.url}",
            }
        send_mail(
            stem,
            to=[to],
            reply_to=[reply_to],
            context=context,
            language=language,
            network=network,
        )
    except Exception as error:  # mail servers and their libraries fail in ways of their own
        # Their words may hold addresses of people: the log does not.
        logger.error("%s: %s was not sent, %s", message.reference, stem, type(error).__name__)
        return MailState.FAILED
    return MailState.SENT


@transaction.atomic
def answer_message(*, actor, message: ContactMessage, note: str, tell: bool) -> ContactMessage:
    """Say that a message is answered, and how. Raises `ValidationError` when somebody already
    has. With `tell` the note goes by mail too; the state of that mail is in `sender_mail`."""
    message = ContactMessage.objects.select_for_update().get(pk=message.pk)
    if message.answered_at is not None:
        raise ValidationError(_("Quelqu’un a déjà répondu à ce message."))
    message.note, message.answered_by, message.answered_at = note, actor, timezone.now()
    if tell and message.email:
        message.sender_mail = MailState.WAITING
    message.full_clean(validate_unique=False)
    message.save()
    log(
        instance=message,
        action="home.contact",
        user=actor,
        data={"reference": message.reference},
    )
    if message.sender_mail == MailState.WAITING:
        transaction.on_commit(partial(send_answer, message.pk))
    return message


def send_answer(pk: int) -> None:
    """The answer to a message, by mail; nothing the second time."""
    message = ContactMessage.objects.select_related("site").filter(pk=pk).first()
    if message is None or message.sender_mail != MailState.WAITING:
        return
    message.sender_mail = _deliver(
        "home/mail/contact_answer",
        message,
        to=message.email,
        reply_to=network_of(message).email,
        language=message.language,
    )
    message.save(update_fields=["sender_mail"])
