"""What follows when an event is published or withdrawn, or a day without school changes."""

from django.db.models.signals import post_delete, post_save, pre_delete
from schedule.models import Event as ScheduledEvent
from wagtail.signals import published, unpublished

from agenda.models import Event, SchoolHoliday
from agenda.services.holidays import school_holidays_changed
from agenda.services.publication import event_published, event_unpublished


def connect() -> None:
    published.connect(_published, sender=Event, dispatch_uid="agenda.published")
    unpublished.connect(_unpublished, sender=Event, dispatch_uid="agenda.unpublished")
    pre_delete.connect(_leave_the_calendar, sender=Event, dispatch_uid="agenda.deleted")
    for signal in (post_save, post_delete):
        signal.connect(
            school_holidays_changed, sender=SchoolHoliday, dispatch_uid="agenda.holidays"
        )


def _published(sender, instance: Event, revision=None, **_signal) -> None:
    event_published(instance, actor=revision and revision.user)


def _unpublished(sender, instance: Event, **_signal) -> None:
    event_unpublished(instance)


def _leave_the_calendar(sender, instance: Event, **_signal) -> None:
    """What django-scheduler holds of an event goes with it: our link to it leads from us to it."""
    ScheduledEvent.objects.filter(projection__event=instance).delete()
