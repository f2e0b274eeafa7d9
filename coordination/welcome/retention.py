"""How long invitations and requests are kept."""

from django.utils.translation import gettext_lazy as _

from coordination.welcome.models import Invitation, Request
from core.retention import Retention

RETENTIONS = [
    Retention(
        key="welcome.request_unconfirmed",
        label=_("Les demandes d’adhésion dont personne ne confirme l’adresse"),
        days="REQUEST_CONFIRM_DAYS",
        since=_("après leur envoi"),
        expired=lambda limit: Request.objects.unconfirmed_since(limit),
    ),
    Retention(
        key="welcome.request",
        label=_("Les demandes d’adhésion, avec ce qui a été accepté"),
        days="REQUEST_DAYS",
        since=_("après la réponse"),
        expired=lambda limit: Request.objects.closed_before(limit),
    ),
    Retention(
        key="welcome.invitation",
        label=_("Les invitations acceptées ou retirées"),
        days="INVITATION_DAYS",
        since=_("après la réponse"),
        expired=lambda limit: Invitation.objects.closed_before(limit),
    ),
    # The daily chase deletes them: `coordination.welcome.chase`.
    Retention(
        key="welcome.invitation_unanswered",
        label=_("Les invitations sans réponse"),
        words=_("60 jours après l’invitation"),
    ),
]
