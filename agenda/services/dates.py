"""What is decided for one date: cancelled, moved, other hours, or only a word. Effective at once,
whatever version of the event is published or prepared."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from accounts.notifications import notify
from agenda.enums import DateState
from agenda.models import DateChange, Event, EventDate, Proposal
from agenda.recurrence import EARLIEST, LATEST
from agenda.services.projection import project
from agenda.tasks import send_date_mail
from coordination.directory.models import OrganisationMembership
from core.jobs import later
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
    """Decide anew what becomes of one date. What was decided before no longer counts, save that a
    date which moved stays at its new day, until it moves again or is taken back.

    `state` « planned » keeps the date as it is, with a word; what a state does not need (a day,
    hours) is left aside. `actor` is None for whoever holds the private link. Raises
    `ValidationError` when there is nothing to say, or when the new day or hours make no sense.
    """
    event = Event.objects.select_for_update().get(pk=date.event_id)
    before = DateChange.objects.filter(**_key(date)).first() or DateChange()
    change = DateChange(**_key(date), state=state, note_fr=note_fr, note_nl=note_nl, by=actor)
    change.new_day = new_day if state == DateState.MOVED else before.new_day
    if state in (DateState.MOVED, DateState.CHANGED):
        change.new_start_time, change.new_end_time = new_start_time, new_end_time
    elif before.new_day:
        change.new_start_time, change.new_end_time = before.new_start_time, before.new_end_time
    _check(event, change, before)
    change.left_days = _left_days(change, before)
    DateChange.objects.filter(**_key(date)).delete()
    change.full_clean(exclude=["by"])
    change.save()
    notify(DATE_CHANGED, about=change.pk, to=_editors(event), actor=actor)
    _project(event, actor, "agenda.change_date", date.original_day, state)
    _mail(actor, date)
    return change


@transaction.atomic
def restore_date(*, actor, date: EventDate) -> None:
    """Take back what was decided for a date: it takes place as its timing says."""
    event = Event.objects.select_for_update().get(pk=date.event_id)
    deleted, _rows = DateChange.objects.filter(**_key(date)).delete()
    if deleted:
        _project(event, actor, "agenda.restore_date", date.original_day, DateState.PLANNED)
        _mail(actor, date)


def _check(event: Event, change: DateChange, before: DateChange) -> None:
    """Raises `ValidationError` for what makes no sense."""
    if change.state == DateState.PLANNED and not change.note:
        raise ValidationError({"note_fr": _("Écrivez ce qu’il faut savoir de cette date.")})
    if change.new_day and change.new_day != before.new_day:
        _check_new_day(change.new_day, change.original_day, has_moved=bool(before.new_day))
    start, end = change.new_start_time, change.new_end_time
    if start and end and end < start:
        timing = event.timings.filter(uid=change.timing_uid).first()
        if timing is None or not timing.more_days:
            raise ValidationError({"new_end_time": _("La fin vient avant le début.")})


def _check_new_day(day: dt.date, original_day: dt.date, *, has_moved: bool) -> None:
    if not EARLIEST <= day <= LATEST:
        raise ValidationError({"new_day": _("Choisissez une date entre 1990 et 2099.")})
    if day == original_day and has_moved:
        raise ValidationError(
            {"new_day": _("C’est le jour prévu au départ : touchez « Elle a lieu comme prévu ».")}
        )
    if day == original_day:
        said = _("C’est le même jour. Choisissez plutôt « Elle a lieu à d’autres heures ».")
        raise ValidationError({"new_day": said})
    if day < timezone.localdate():
        raise ValidationError({"new_day": _("Cette date est passée.")})


def _left_days(change: DateChange, before: DateChange) -> list[str]:
    """The days that the date was moved to, and where it is no more."""
    days = {*before.left_days, *([before.new_day.isoformat()] if before.new_day else [])}
    return sorted(days - {change.new_day and change.new_day.isoformat()})


def _editors(event: Event):
    """Those who work for an organisation that organises it, who pilot its group, who sent it."""
    organisers = event.organisings.values("organisation")
    seats = OrganisationMembership.objects.live().filter(organisation__in=organisers)
    who = Q(pk__in=seats.values("user")) | Q(pk=event.proposed_by_id)
    if event.group_id:
        who |= Q(pk__in=pilots(event.group).values("pk"))
    return User.objects.filter(who)


def _mail(actor: User | None, date: EventDate) -> None:
    """To whoever proposed the event without an account; the others are told by a notification."""
    confirmed = Proposal.objects.current().exclude(email="").exclude(confirmed_at=None)
    proposal = confirmed.filter(event=date.event_id).first()
    if actor is None or proposal is None:
        return
    key = {"timing_uid": date.projection.timing_uid, "original_day": date.original_day}
    proposal.date_mails.filter(**key).delete()
    later(send_date_mail, proposal.date_mails.create(**key).pk)


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
