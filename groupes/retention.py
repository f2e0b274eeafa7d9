"""How long requests to take part in a group are kept."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.retention import Retention
from groupes.enums import RequestState
from groupes.models import JoinRequest


def settled_before(limit: dt.datetime) -> QuerySet:
    """Requests that were answered, or made and taken back, before this moment."""
    return JoinRequest.objects.exclude(state=RequestState.PENDING).filter(
        Q(answered_at__lt=limit) | Q(answered_at=None, created_at__lt=limit)
    )


RETENTIONS = [
    Retention(
        key="groupes.join_request",
        label=_("Les demandes de participation à un groupe"),
        days="JOIN_REQUEST_DAYS",
        since=_("après la réponse"),
        expired=settled_before,
    ),
]
