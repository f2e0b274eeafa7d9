"""Wagtail's workflow for events: made once, and never without a step (Wagtail would publish)."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from agenda.models import Event, EventReview

NAME = "Relecture de l’agenda"


def build_review() -> Workflow:
    """The workflow of events with its one step, made when they do not exist; run by `bootstrap`."""
    content_type = ContentType.objects.get_for_model(Event)
    served = WorkflowContentType.objects.filter(content_type=content_type).first()
    workflow = served.workflow if served else Workflow.objects.create(name=NAME)
    if served is None:
        WorkflowContentType.objects.create(content_type=content_type, workflow=workflow)
    task = EventReview.objects.first() or EventReview.objects.create(name=NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    return workflow


def start_review(event: Event) -> None:
    """Put the latest version before its moderators, in the place of the one that waited. Raises
    `ValidationError` when nothing would stop Wagtail from publishing it at once.

    Nobody is named to Wagtail: its panels would show the event outside the agenda's queue.
    """
    workflow = event.get_workflow()
    if workflow is None or not workflow.tasks.filter(active=True).exists():
        raise ValidationError(
            _("La relecture n’est pas en place : la coordination doit la rétablir. Réessayez.")
        )
    stop_review(event)
    workflow.start(event, None)


def stop_review(event: Event) -> None:
    """Take back what waits, if something does."""
    if state := event.current_workflow_state:
        state.cancel()
