"""What follows when an event is published or withdrawn, a day without school changes, or the page
of a group is shown to fewer people."""

from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete
from schedule.models import Event as ScheduledEvent
from wagtail.signals import post_page_move, published, unpublished

from agenda.models import Event, SchoolHoliday
from agenda.services.holidays import school_holidays_changed
from agenda.services.publication import event_published, event_unpublished, narrow_events
from agenda.tasks import describe_events
from coordination.directory.models import Organisation, Place
from core.jobs import later
from core.signals import audience_changed
from groupes.models import WorkingGroup


def connect() -> None:
    published.connect(_published, sender=Event, dispatch_uid="agenda.published")
    unpublished.connect(_unpublished, sender=Event, dispatch_uid="agenda.unpublished")
    pre_delete.connect(_leave_the_calendar, sender=Event, dispatch_uid="agenda.deleted")
    audience_changed.connect(pages_narrowed, dispatch_uid="agenda.audience_changed")
    post_page_move.connect(pages_narrowed, dispatch_uid="agenda.page_moved")
    for model in (Organisation, Place):
        post_save.connect(
            _named_otherwise, sender=model, dispatch_uid=f"agenda.named.{model.__name__}"
        )
    for signal in (post_save, post_delete):
        signal.connect(
            school_holidays_changed, sender=SchoolHoliday, dispatch_uid="agenda.holidays"
        )


def _named_otherwise(sender, instance, created: bool, **_signal) -> None:
    """An organisation or a place has another name, territory or audience: its events are found by
    what everybody who sees them may know today."""
    if created:
        return
    is_place = isinstance(instance, Place)
    mine = Q(place=instance) if is_place else Q(organisings__organisation=instance)
    if pks := list(Event.objects.filter(mine, live=True).values_list("pk", flat=True)):
        later(describe_events, pks)


def _published(sender, instance: Event, revision=None, **_signal) -> None:
    event_published(instance, actor=revision and revision.user)


def _unpublished(sender, instance: Event, **_signal) -> None:
    event_unpublished(instance)


def _leave_the_calendar(sender, instance: Event, **_signal) -> None:
    """What django-scheduler holds of an event goes with it: our link to it leads from us to it."""
    ScheduledEvent.objects.filter(projection__event=instance).delete()


def pages_narrowed(sender, **kwargs) -> None:
    """A group's own page, or one above it, may be shown to fewer people: its events follow."""
    changed = kwargs.get("page") or kwargs["instance"]
    here = Q(pk=None)
    for twin in changed.get_translations(inclusive=True):
        here |= Q(pages__path__startswith=twin.path)
    for group in WorkingGroup.objects.filter(here).distinct():
        narrow_events(group)
