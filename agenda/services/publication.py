"""What publication sets off: the audience a version asked for, its files, its number, its dates."""

from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from agenda.models import Event
from agenda.permissions import bounded, is_within_group, owner_token
from agenda.services.projection import project
from core.memory import forget
from core.models import Audience, PortalDocument, PortalImage
from core.services.files import set_file_audience
from groupes.models import WorkingGroup


@transaction.atomic
def event_published(event: Event, actor=None) -> None:
    """Run by Wagtail's signal, in the transaction that publishes."""
    if event.wanted_tokens:
        set_audience(actor=actor, event=event, tokens=event.wanted_tokens)
    else:
        # The group that this version gives it to may have closed while it waited.
        event.refresh_from_db(fields=["audience"])
        _keep_within_group(event)
    Event.objects.filter(pk=event.pk).update(sequence=F("sequence") + 1, wanted_tokens=[])
    show_files(event)
    project(event)


@transaction.atomic
def event_unpublished(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(sequence=F("sequence") + 1)
    show_files(event)
    project(event)


@transaction.atomic
def set_audience(*, actor, event: Event, tokens) -> None:
    """Show an event to these people, never to more than its group may be shown to. At once; its
    files follow."""
    before = event.audience.tokens
    after = bounded(event, tokens)
    event.audience = Audience.objects.for_tokens(after)
    Event.objects.filter(pk=event.pk).update(audience=event.audience)
    forget()  # written by an UPDATE: what was made for more people is gone at once
    show_files(event)
    if before != after:
        data = {"before": sorted(before), "after": sorted(after)}
        log(instance=event, action="core.audience", user=actor, data=data)


def narrow_events(group: WorkingGroup) -> None:
    """The events of a group follow when its page is shown to fewer people; never open."""
    for event in group.events.select_related("audience"):
        _keep_within_group(event)


def _keep_within_group(event: Event) -> None:
    if not is_within_group(event, event.audience.tokens):
        set_audience(actor=None, event=event, tokens=event.audience.tokens)


def show_files(event: Event) -> None:
    """The files of an event: those that are published with it have its audience, others nobody.
    `agenda.permissions.EVENT_TOKENS` keeps them all closed as long as it is not published."""
    documents = {row.document_id for row in event.event_documents.all()}
    used = {PortalImage: {event.image_id}, PortalDocument: documents}
    for model, keys in used.items():
        for file in model.objects.filter(owner=owner_token(event)).select_related("audience"):
            set_file_audience(file, event.audience.tokens if file.pk in keys else ())


def delete_event(event: Event) -> None:
    """An event with its versions and its files, for good."""
    event.revisions.delete()
    event.workflow_states.delete()
    for model in (PortalImage, PortalDocument):
        for file in model.objects.filter(owner=owner_token(event)):
            file.delete()
    event.delete()
