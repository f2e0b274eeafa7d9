"""What the agenda holds about one person: told to them, and forgotten with their account."""

from collections.abc import Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from accounts.models import User
from accounts.personal import (
    PersonalData,
    addresses_of,
    register_namer,
    register_personal,
    verified_addresses_of,
)
from agenda.models import (
    DateChange,
    Decision,
    Event,
    EventDraft,
    EventMessage,
    EventReport,
    Proposal,
)
from agenda.services.proposals import forget_proposals


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


def _proposals_of(user: User):
    """Sent with the account, or from an address that is theirs."""
    mine = Q(sent_by=user)
    for address in verified_addresses_of(user):
        mine |= Q(email__iexact=address)
    return Proposal.objects.filter(mine).select_related("event").order_by("created_at", "pk")


def proposals(user: User) -> Iterator[dict]:
    for proposal in _proposals_of(user):
        yield {
            "at": proposal.created_at,
            "reference": proposal.reference,
            "title": str(proposal.event),
            "email": proposal.email,
            "state": proposal.get_state_display(),
            "answer": proposal.answer,
        }


def decisions(user: User) -> Iterator[dict]:
    """One's own answers, without who had proposed. The dossier's last answer is one of them."""
    mine = Decision.objects.filter(by=user).select_related("event")
    for decision in mine.order_by("at", "pk"):
        yield {
            "at": decision.at,
            "title": str(decision.event),
            "state": decision.get_outcome_display(),
            "answer": decision.reason,
        }


def messages(user: User) -> Iterator[dict]:
    mine = EventMessage.objects.filter(author=user).select_related("event")
    for message in mine.order_by("at", "pk"):
        yield {"at": message.at, "title": str(message.event), "text": message.text}


def drafts(user: User) -> Iterator[dict]:
    for draft in EventDraft.objects.filter(user=user).order_by("pk"):
        words = [text for values in draft.data.values() for text in values if text]
        yield {"at": draft.saved_at, "text": ", ".join(words)}


def reports(user: User) -> Iterator[dict]:
    sent = EventReport.objects.filter(Q(reporter=user) | Q(answered_by=user))
    for report in sent.select_related("event").order_by("at", "pk"):
        yield {
            "at": report.at,
            "reference": report.reference,
            "title": str(report.event),
            "text": report.text if report.reporter_id == user.pk else "",
            "answer": report.answer,
        }


def forget_own_proposals(user: User) -> None:
    """What was never published goes; of what was, the event stays without the address."""
    mine = _proposals_of(user)
    forget_proposals(mine.filter(event__first_published_at=None, event__organisings=None))
    mine.update(email="", sent_by=None)


def forget_messages(user: User) -> None:
    EventMessage.objects.filter(author=user).delete()


def links(user: User) -> Iterator[dict]:
    """What each shows and when it was read; the secret itself is not kept."""
    for link in user.calendar_links.select_related("group"):
        yield {"at": link.created_at, "what": str(link), "read": link.last_read_on}


def forget_links(user: User) -> None:
    user.calendar_links.all().delete()


def forget_contact(user: User) -> None:
    """An event stays; the address of whoever answered for it goes, from its older versions too.
    The function stays."""
    versions = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(Event, for_concrete_model=False)
    )
    for address in addresses_of(user):
        Event.objects.filter(contact_email__iexact=address).update(contact_email="")
        for revision in versions.filter(content__contact_email__iexact=address).iterator():
            content = revision.content | {"contact_email": ""}
            Revision.objects.filter(pk=revision.pk).update(content=content)


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


LINKS = PersonalData(
    key="calendar_links",
    label=_("Mes adresses d’agenda"),
    fields={"at": _("faite le"), "what": _("ce qu’elle montre"), "read": _("lue le")},
    collect=links,
    covers=("agenda.CalendarLink.user",),
    forget=forget_links,
)


AT, TITLE, STATE, ANSWER = _("quand"), _("titre"), _("état"), _("réponse")
OWN = (
    EVENTS,
    DATE_CHANGES,
    LINKS,
    PersonalData(
        key="event_proposals",
        label=_("Les événements que j’ai envoyés à l’agenda"),
        fields={
            "at": AT,
            "reference": _("référence"),
            "title": TITLE,
            "email": _("adresse électronique"),
            "state": STATE,
            "answer": ANSWER,
        },
        collect=proposals,
        covers=("agenda.Proposal.sent_by",),
        forget=forget_own_proposals,
    ),
    PersonalData(
        key="event_decisions",
        label=_("Mes réponses à des événements proposés"),
        fields={"at": AT, "title": TITLE, "state": STATE, "answer": ANSWER},
        collect=decisions,
        covers=("agenda.Decision.by", "agenda.Proposal.decided_by"),
    ),
    PersonalData(
        key="event_messages",
        label=_("Mes messages à propos d’événements proposés"),
        fields={"at": AT, "title": TITLE, "text": _("texte")},
        collect=messages,
        covers=("agenda.EventMessage.author",),
        forget=forget_messages,
    ),
    PersonalData(
        key="event_drafts",
        label=_("Mes brouillons d’événements"),
        fields={"at": AT, "text": _("texte")},
        collect=drafts,
        covers=("agenda.EventDraft.user",),
    ),
    PersonalData(
        key="event_reports",
        label=_("Les événements que j’ai signalés, ou dont j’ai examiné le signalement"),
        fields={
            "at": AT,
            "reference": _("référence"),
            "title": TITLE,
            "text": _("texte"),
            "answer": ANSWER,
        },
        collect=reports,
        covers=("agenda.EventReport.reporter", "agenda.EventReport.answered_by"),
    ),
)


def register_all() -> None:
    for data in OWN:
        register_personal(data)
    register_namer(Event, names)
