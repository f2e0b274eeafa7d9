"""Messages that wait for an answer, on the desk of those who oversee the network."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from core.desk import MAX_PER_SOURCE, Waiting
from home.models import ContactMessage
from home.permissions import can_read_messages


def waiting(user) -> Iterator[Waiting]:
    """The oldest first."""
    if not can_read_messages(user):
        return
    messages = ContactMessage.objects.readable_by(user).filter(answered_at=None)
    for message in messages.order_by("at", "pk")[:MAX_PER_SOURCE]:
        yield Waiting(
            title=_("Message de %(who)s") % {"who": message.who},
            detail=f"{message.get_subject_display()}, {message.reference}",
            url=message.url,
            icon="mail",
            since=timezone.localdate(message.at),
        )
