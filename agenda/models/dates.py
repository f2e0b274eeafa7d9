"""The published calendar: every date that is shown, and what became of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from schedule.models import Event as ScheduledEvent
from schedule.models import Occurrence

from agenda.enums import DateState
from agenda.models.event import Event
from core.models import Bilingual
from core.visibility import reach_of


class OfEventsQuerySet(models.QuerySet):
    """Of what belongs to published events."""

    def visible_to(self, user) -> Self:
        """What belongs to events within this person's reach: the only source of lists."""
        from core.models import Audience

        published = self.filter(event__live=True)
        reach = reach_of(user)
        if reach.networks:
            return published
        return published.filter(event__audience__in=Audience.objects.open_to(reach))


class Projection(models.Model):
    """The link from a timing of a published event to what django-scheduler holds of it, and what
    calendar programs read of it.

    It is written when an event is published, and stands outside the revisions.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="projections")
    timing_uid = models.UUIDField()
    scheduled = models.OneToOneField(
        ScheduledEvent, models.CASCADE, related_name="projection", null=True
    )
    # The last day that is held; none when calendar programs have nothing to read.
    last_day = models.DateField(null=True, db_index=True)
    # As `agenda.feeds.entries.series_text` writes it.
    entries_fr = models.TextField(default="")
    entries_nl = models.TextField(default="")

    objects = OfEventsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "timing_uid"], name="agenda_projection_once")
        ]

    def __str__(self) -> str:
        return f"{self.event}, {self.timing_uid}"


class EventDateQuerySet(OfEventsQuerySet):
    def in_order(self) -> Self:
        """By day, then by hour; what has no hour first."""
        return self.order_by("day", F("start_time").asc(nulls_first=True), "pk")


class EventDate(models.Model):
    """One date of a published event, in local days and hours; `occurrence` holds its moments.

    A date without hours has none here, and lasts whole days there. A date of which only the month
    is known (`day_is_known` false) stands on the first of that month and has no occurrence.
    `original_day` is where its timing puts it: a moved date keeps its old row, which leads to the
    new one.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="dates")
    projection = models.ForeignKey(Projection, models.CASCADE, related_name="dates")
    occurrence = models.OneToOneField(
        Occurrence, models.CASCADE, related_name="event_date", null=True
    )
    original_day = models.DateField()
    day = models.DateField()
    end_day = models.DateField()
    start_time = models.TimeField(null=True)
    end_time = models.TimeField(null=True)
    day_is_known = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=DateState.choices, default=DateState.PLANNED)
    change = models.ForeignKey(
        "agenda.DateChange", models.SET_NULL, null=True, related_name="dates"
    )
    # The date that this one takes the place of.
    instead_of = models.OneToOneField("self", models.CASCADE, null=True, related_name="moved_to")

    objects = EventDateQuerySet.as_manager()

    class Meta:
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        constraints = [
            models.UniqueConstraint(
                fields=["projection", "original_day"],
                condition=Q(instead_of=None),
                name="agenda_eventdate_once",
            ),
            models.CheckConstraint(
                condition=Q(end_day__gte=F("day")), name="agenda_eventdate_days"
            ),
        ]
        indexes = [
            models.Index(fields=["day", "start_time"], name="agenda_eventdate_day"),
            models.Index(fields=["day", "event"], name="agenda_eventdate_counts"),
            models.Index(fields=["event", "day"], name="agenda_eventdate_event"),
            # Long dates are few: what is not over yet is found among them.
            models.Index(
                fields=["end_day"], condition=Q(end_day__gt=F("day")), name="agenda_eventdate_long"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}, {self.day}"

    @property
    def url(self) -> str:
        return self.event.date_url(self.day)

    @property
    def is_cancelled(self) -> bool:
        return self.state == DateState.CANCELLED

    @property
    def takes_place(self) -> bool:
        return self.state in (DateState.PLANNED, DateState.CHANGED)


class DateChange(Bilingual, models.Model):
    """What was decided for one date of a timing: cancelled, moved, other hours, or a word.

    It outlives the versions of its event: dates that are made anew find it by timing and day. A
    date that moved keeps its `new_day` and its hours there, whatever is decided for it afterwards.
    """

    bilingual = ("note",)

    event = models.ForeignKey(Event, models.CASCADE, related_name="date_changes")
    timing_uid = models.UUIDField()
    original_day = models.DateField()
    state = models.CharField(_("ce qui change"), max_length=10, choices=DateState.choices)
    new_day = models.DateField(_("nouvelle date"), null=True, blank=True)
    new_start_time = models.TimeField(_("nouveau début"), null=True, blank=True)
    new_end_time = models.TimeField(_("nouvelle fin"), null=True, blank=True)
    # The days that it was moved to before, « 2026-03-11 »: people have noted their addresses.
    left_days = models.JSONField(default=list, blank=True, editable=False)
    note_fr = models.CharField(_("un mot, en français"), max_length=200, blank=True, default="")
    note_nl = models.CharField(_("un mot, en néerlandais"), max_length=200, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("changement d’une date")
        verbose_name_plural = _("changements de dates")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "timing_uid", "original_day"], name="agenda_datechange_once"
            ),
            models.CheckConstraint(
                condition=Q(new_day__isnull=False) | ~Q(state=DateState.MOVED),
                name="agenda_datechange_where_to",
                violation_error_message=_("Donnez la nouvelle date."),
            ),
            models.CheckConstraint(
                condition=Q(new_end_time=None) | Q(new_start_time__isnull=False),
                name="agenda_datechange_hours",
                violation_error_message=_("Donnez l’heure de début avec celle de fin."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}, {self.original_day}: {self.get_state_display()}"
