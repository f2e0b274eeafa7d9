from django.utils import timezone

from accounts.notifications import notify
from accounts.selectors import overseers
from core.jobs import job
from groupes.models import Mandate
from groupes.notifications import pilots
from groupes.selectors.todo import SOON


@job
def tell_ending_mandates() -> int:
    """Tell pilots, and those who oversee the network, once about each mandate that ends within
    six months; gives how many people were told."""
    today = timezone.localdate()
    ending = Mandate.objects.filter(end__gt=today, end__lte=today + SOON).select_related("group")
    return sum(
        notify(
            "groupes.mandate",
            about=mandate.pk,
            to=pilots(mandate.group) | overseers(mandate.group.site),
            once=True,
        )
        for mandate in ending
    )
