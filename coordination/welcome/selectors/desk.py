"""What waits for those who answer and those who invited."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.welcome.models import Invitation, Request
from coordination.welcome.notifications import who
from coordination.welcome.permissions import can_manage
from core.desk import MAX_PER_SOURCE, Waiting
from core.visibility import reach_of


def waiting(user) -> Iterator[Waiting]:
    """Requests to answer, then invitations of one's own that nobody answers."""
    if not can_manage(user):
        return
    if reach_of(user).networks:
        requests = Request.objects.managed_by(user).waiting().select_related("organisation")
        for asked in requests.order_by("confirmed_at", "pk")[:MAX_PER_SOURCE]:
            yield Waiting(
                title=_("Une demande attend votre réponse"),
                detail=f"{who(asked)}, {asked.reference}",
                url=asked.url,
                icon="user-round" if asked.is_person else "building-2",
                since=timezone.localdate(asked.confirmed_at),
            )
    reported = Invitation.objects.managed_by(user).waiting().exclude(reported_at=None)
    for invitation in reported.filter(invited_by=user).order_by("asked_at")[:MAX_PER_SOURCE]:
        yield Waiting(
            title=_("Une invitation reste sans réponse"),
            detail=invitation.address,
            url=invitation.url,
            icon="hourglass",
            since=timezone.localdate(invitation.asked_at),
        )
