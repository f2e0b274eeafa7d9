"""The mails about a message to the network.

A mail is claimed before it is sent: of what a worker was sending when it died nobody knows whether
it left, and nothing is sent twice. One that the mail server refused is tried again later.
"""

import logging

from django.conf import settings
from django.utils.translation import override

from core.jobs import TryAgainError, job
from core.mail import send_mail
from core.models import NetworkSettings
from home.enums import MailState
from home.models import ContactMessage

logger = logging.getLogger("maillage.contact")


@job
def send_receipts(pk: int) -> None:
    """The receipt of a message, and its copy in the network's mailbox."""
    if (message := _message(pk)) is None:
        return
    mailbox = NetworkSettings.for_site(message.site).email
    told = _send(
        message,
        "network_mail",
        "home/mail/contact_received",
        to=mailbox,
        reply_to=message.email,
        language=settings.LANGUAGE_CODE,
    )
    received = _send(
        message,
        "sender_mail",
        "home/mail/contact_receipt",
        to=message.email,
        reply_to=mailbox,
        language=message.language,
    )
    if not (told and received):
        raise TryAgainError


@job
def send_answer(pk: int) -> None:
    """The answer to a message."""
    if (message := _message(pk)) is None:
        return
    if not _send(
        message,
        "answer_mail",
        "home/mail/contact_answer",
        to=message.email,
        reply_to=NetworkSettings.for_site(message.site).email,
        language=message.language,
    ):
        raise TryAgainError


def _message(pk: int) -> ContactMessage | None:
    return ContactMessage.objects.current().select_related("site").filter(pk=pk).first()


def _send(
    message: ContactMessage, field: str, stem: str, *, to: str, reply_to: str, language: str
) -> bool:
    """Send the mail whose state is in `field`, when it is still to be sent. False when the mail
    server failed: logged, never raised."""
    rows = ContactMessage.objects.filter(pk=message.pk)
    unsent = rows.filter(**{f"{field}__in": [MailState.WAITING, MailState.FAILED]})
    if not to or not unsent.update(**{field: MailState.SENDING}):
        return True
    network = NetworkSettings.for_site(message.site)
    with override(language):
        context = {
            "message": message,
            "receipt_url": f"{network.site.root_url}{message.receipt_url}",
            "message_url": f"{network.site.root_url}{message.url}",
        }
    state = MailState.FAILED
    try:
        send_mail(
            stem,
            to=[to],
            reply_to=[reply_to],
            context=context,
            language=language,
            network=network,
        )
        state = MailState.SENT
    except Exception as error:  # mail servers and their libraries fail in ways of their own
        # Their words may hold addresses of people: the log does not.
        logger.error("%s: %s was not sent, %s", message.reference, stem, type(error).__name__)
    rows.update(**{field: state})
    return state == MailState.SENT
