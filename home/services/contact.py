"""A message to the network: kept first, then told, then answered. No mail server loses one."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.jobs import later
from core.models import NetworkSettings
from home.enums import MailState
from home.models import ContactMessage
from home.tasks import send_answer, send_receipts


@transaction.atomic
def receive_message(*, message: ContactMessage, limited: bool) -> ContactMessage:
    """Keep a message, and send its receipts once it is kept. Gives the one that is kept: of two
    that carry the same `once`, the first. `limited` says that this e-mail address has had its share
    of receipts.
    """
    message.sender_mail = MailState.NONE
    if message.email:
        message.sender_mail = MailState.LIMITED if limited else MailState.WAITING
    if NetworkSettings.for_site(message.site).email:
        message.network_mail = MailState.WAITING
    message.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        return ContactMessage.objects.get(once=message.once)
    later(send_receipts, message.pk)
    return message


@transaction.atomic
def answer_message(*, actor, message: ContactMessage, note: str, tell: bool) -> ContactMessage:
    """Say that a message is answered, and how. Raises `ValidationError` when somebody already
    has. With `tell` the note goes by mail too; the state of that mail is in `answer_mail`."""
    message = ContactMessage.objects.select_for_update().get(pk=message.pk)
    if message.answered_at is not None:
        raise ValidationError(_("Quelqu’un a déjà répondu à ce message."))
    message.note, message.answered_by, message.answered_at = note, actor, timezone.now()
    if tell and message.email:
        message.answer_mail = MailState.WAITING
    message.full_clean(validate_unique=False)
    message.save()
    log(
        instance=message,
        action="home.contact",
        user=actor,
        data={"reference": message.reference},
    )
    if message.answer_mail == MailState.WAITING:
        later(send_answer, message.pk)
    return message
