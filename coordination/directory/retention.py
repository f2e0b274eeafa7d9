"""How long what people write about a record is kept."""

from django.utils.translation import gettext_lazy as _

from coordination.directory.models import ErrorReport, OrganisationDraft
from core.retention import Retention

RETENTIONS = [
    Retention(
        key="directory.report",
        label=_("Les erreurs signalées sur une fiche"),
        days="ERROR_REPORT_DAYS",
        since=_("après la réponse"),
        expired=lambda limit: ErrorReport.objects.filter(answered_at__lt=limit),
    ),
    Retention(
        key="directory.draft",
        label=_("Les brouillons d’une fiche"),
        days="RECORD_DRAFT_DAYS",
        since=_("après la dernière frappe"),
        expired=lambda limit: OrganisationDraft.objects.filter(saved_at__lt=limit),
    ),
]
