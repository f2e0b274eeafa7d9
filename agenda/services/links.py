"""Secret addresses of one's agenda: made, given up."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from agenda.models import CalendarLink
from groupes.models import WorkingGroup

MAX_LINKS = 10  # per person


@transaction.atomic
def make_link(*, actor: User, group: WorkingGroup | None) -> str:
    """A new secret address for oneself; gives its secret, which is not kept. Raises
    `ValidationError` beyond `MAX_LINKS`."""
    User.objects.select_for_update().get(pk=actor.pk)
    if actor.calendar_links.count() >= MAX_LINKS:
        raise ValidationError(
            _("Vous avez déjà %(number)d adresses. Retirez-en une.") % {"number": MAX_LINKS}
        )
    link, token = CalendarLink.make(actor, group)
    log(instance=actor, action="agenda.link", user=actor, data={"link": str(link)})
    return token


@transaction.atomic
def give_up_link(*, actor: User, pk: int) -> bool:
    """Take an address of one's own away: it answers 404 from now on. Gives whether it was
    there."""
    link = actor.calendar_links.filter(pk=pk).first()
    if link is None:
        return False
    log(instance=actor, action="agenda.link_gone", user=actor, data={"link": str(link)})
    link.delete()
    return True
