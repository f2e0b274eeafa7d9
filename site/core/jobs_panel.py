"""The jobs and the last night's cleaning, on the first page of the admin."""

from django.http import HttpRequest

from core import mail_folder
from core.models import PeriodicRun, RetentionRun, RunOutcome
from core.overview import OverviewPanel
from core.retention import retentions
from core.worker import state


def panel(request: HttpRequest) -> dict:
    """What the first page of the admin says of the jobs and of the last night's cleaning."""
    run = RetentionRun.objects.first()
    labels = {kind.key: kind.label for kind in retentions()}
    return {
        "state": state(),
        "mails_stay": mail_folder.in_use(),
        "failed": PeriodicRun.objects.filter(outcome=RunOutcome.FAILED).order_by("name"),
        "run": run,
        "gone": [(labels.get(key, key), count) for key, count in run.counts.items() if count]
        if run
        else [],
        "kept": [labels.get(key, key) for key in run.failed] if run else [],
    }


PANEL = OverviewPanel(order=90, template="core/jobs_panel.html", context=panel)
