"""What the agenda holds about one person: told to them, and forgotten with their account."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal import PersonalData, addresses_of, register_namer, register_personal
from agenda.models import DateChange, Event


def names(user: User, ids: Iterable[int]) -> dict[int, str]:
    return {event.pk: str(event) for event in Event.objects.visible_to(user).filter(pk__in=ids)}


def events(user: User) -> Iterator[dict]:
    for event in Event.objects.filter(proposed_by=user).order_by("created_at", "pk"):
        yield {"at": event.created_at, "title": str(event)}


def date_changes(user: User) -> Iterator[dict]:
    mine = DateChange.objects.filter(by=user).select_related("event")
    for change in mine.order_by("at", "pk"):
        yield {
            "at": change.at,
            "title": str(change.event),
            "day": change.original_day,
            "state": change.get_state_display(),
            "note": change.note,
        }


def forget_contact(user: User) -> None:
    """An event stays; the address of whoever answered for it goes, the function stays."""
    mine = Q()
    for address in addresses_of(user):
        mine |= Q(contact_email__iexact=address)
    if mine:
        Event.objects.filter(mine).update(contact_email="")


EVENTS = PersonalData(
    key="events",
    label=_("Événements proposés"),
    fields={"at": _("le"), "title": _("titre")},
    collect=events,
    covers=("agenda.Event.proposed_by",),
    forget=forget_contact,
)
DATE_CHANGES = PersonalData(
    key="event_dates",
    label=_("Dates changées dans l’agenda"),
    fields={
        "at": _("le"),
        "title": _("titre"),
        "day": _("date"),
        "state": _("ce qui change"),
        "note": _("un mot"),
    },
    collect=date_changes,
    covers=("agenda.DateChange.by",),
)


def register_all() -> None:
    register_personal(EVENTS)
    register_personal(DATE_CHANGES)
    register_namer(Event, names)
