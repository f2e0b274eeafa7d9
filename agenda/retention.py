"""How long what is proposed, said and reported is kept."""

from django.utils.translation import gettext_lazy as _

from agenda.models import EventDraft, EventMessage, EventReport, Proposal
from agenda.services.proposals import forget_proposals
from core.retention import Retention

RETENTIONS = [
    Retention(
        key="agenda.proposal_unconfirmed",
        label=_("Les événements proposés dont personne ne confirme l’adresse"),
        days="PROPOSAL_CONFIRM_DAYS",
        since=_("après leur envoi"),
        expired=lambda limit: Proposal.objects.unconfirmed_since(limit),
        forget=forget_proposals,
    ),
    Retention(
        key="agenda.proposal",
        label=_("Les événements proposés : l’adresse de qui les a envoyés, et ceux refusés"),
        days="PROPOSAL_DAYS",
        since=_("après la réponse"),
        expired=lambda limit: Proposal.objects.closed_before(limit),
        forget=forget_proposals,
    ),
    Retention(
        key="agenda.message",
        label=_("Les messages à propos d’un événement proposé"),
        days="PROPOSAL_DAYS",
        since=_("après leur envoi"),
        expired=lambda limit: EventMessage.objects.filter(at__lt=limit),
    ),
    Retention(
        key="agenda.draft",
        label=_("Les brouillons d’événements"),
        days="EVENT_DRAFT_DAYS",
        since=_("après la dernière frappe"),
        expired=lambda limit: EventDraft.objects.filter(saved_at__lt=limit),
    ),
    Retention(
        key="agenda.report",
        label=_("Les événements signalés"),
        days="EVENT_REPORT_DAYS",
        since=_("après la réponse"),
        expired=lambda limit: EventReport.objects.filter(answered_at__lt=limit),
    ),
]
