"""What is decided for one date: cancelled, moved, other hours, or only a word. Effective at once,
whatever version of the event is published or prepared."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from accounts.notifications import notify
from agenda.enums import DateState
from agenda.models import DateChange, Event, EventDate
from agenda.recurrence import EARLIEST, LATEST
from agenda.services.projection import project
from coordination.directory.models import OrganisationMembership
from groupes.notifications import pilots

DATE_CHANGED = "agenda.date_changed"


@transaction.atomic
def change_date(
    *,
    actor,
    date: EventDate,
    state: str,
    new_day: dt.date | None = None,
    new_start_time: dt.time | None = None,
    new_end_time: dt.time | None = None,
    note_fr: str = "",
    note_nl: str = "",
) -> DateChange:
    """Decide anew what becomes of one date; what was decided for it before no longer counts.

    `state` « planned » keeps the date as it is, with a word. Raises `ValidationError` when there
    is nothing to say, or when the new day or hours make no sense.
    """
    event = Event.objects.select_for_update().get(pk=date.event_id)
    is_moved, has_hours = state == DateState.MOVED, state in (DateState.MOVED, DateState.CHANGED)
    if state == DateState.PLANNED and not (note_fr or note_nl):
        raise ValidationError({"note_fr": _("Écrivez ce qu’il faut savoir de cette date.")})
    if is_moved and new_day and not EARLIEST <= new_day <= LATEST:
        raise ValidationError({"new_day": _("Choisissez une date entre 1990 et 2099.")})
    if is_moved and new_day == date.original_day:
        raise ValidationError(
            {"new_day": _("C’est le même jour. Pour d’autres heures, choisissez « horaire ».")}
        )
    ends_same_day = new_start_time and new_end_time and date.end_day == date.day
    if ends_same_day and new_end_time < new_start_time:
        raise ValidationError({"new_end_time": _("La fin vient avant le début.")})
    DateChange.objects.filter(**_key(date)).delete()
    change = DateChange(
        **_key(date),
        state=state,
        new_day=new_day if is_moved else None,
        new_start_time=new_start_time if has_hours else None,
        new_end_time=new_end_time if has_hours else None,
        note_fr=note_fr,
        note_nl=note_nl,
        by=actor,
    )
    change.full_clean()
    change.save()
    notify(DATE_CHANGED, about=change.pk, to=_editors(event), actor=actor)
    _project(event, actor, "agenda.change_date", date.original_day, state)
    return change


@transaction.atomic
def restore_date(*, actor, date: EventDate) -> None:
    """Take back what was decided for a date: it takes place as its timing says."""
    event = Event.objects.select_for_update().get(pk=date.event_id)
    deleted, _rows = DateChange.objects.filter(**_key(date)).delete()
    if deleted:
        _project(event, actor, "agenda.restore_date", date.original_day, DateState.PLANNED)


def _editors(event: Event):
    """Those who work for an organisation that organises it, who pilot its group, who sent it."""
    organisers = event.organisings.values("organisation")
    seats = OrganisationMembership.objects.live().filter(organisation__in=organisers)
    who = Q(pk__in=seats.values("user")) | Q(pk=event.proposed_by_id)
    if event.group_id:
        who |= Q(pk__in=pilots(event.group).values("pk"))
    return User.objects.filter(who)


def _key(date: EventDate) -> dict:
    return {
        "event_id": date.event_id,
        "timing_uid": date.projection.timing_uid,
        "original_day": date.original_day,
    }


def _project(event: Event, actor, action: str, day: dt.date, state: str) -> None:
    Event.objects.filter(pk=event.pk).update(sequence=F("sequence") + 1)
    project(event)
    log(
        instance=event,
        action=action,
        user=actor,
        data={"day": day.isoformat(), "state": str(state)},
    )
