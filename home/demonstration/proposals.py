"""What people proposed for the agenda of the demonstration, in each state: imaginary events, so
that the moderators' queue shows all it can do.

They go through the services, as people's own do, then everything is set back by some days. What is
to be mailed is crossed out before the loading is committed: no mail leaves.
"""

import datetime as dt
import uuid

from django.db.models import Q
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.enums import MailState
from accounts.models import Notification, User
from agenda.enums import Frequency, ProposalMail, ProposalState
from agenda.models import Event, Proposal, Timing
from agenda.services.moderation import (
    MESSAGE,
    accept_proposal,
    ask_change,
    refuse_proposal,
    write_message,
)
from agenda.services.proposals import (
    ANSWER,
    TO_MODERATE,
    change_event,
    confirm_proposal,
    propose_event,
)
from agenda.services.reports import REPORTED, report_event
from core.text import fold
from core.visibility import TOP
from home.demonstration.agenda import Around
from home.demonstration.marks import mark
from home.demonstration.source import read
from home.demonstration.timings import NAMESPACE, named

DECIDE = {
    ProposalState.ACCEPTED: accept_proposal,
    ProposalState.REFUSED: refuse_proposal,
    ProposalState.CHANGES: ask_change,
}


def load_proposals(around: Around, people: dict[str, User]) -> list[Event]:
    """The imaginary events, each with its dossier. What exists already stays as people have made
    it."""
    person = {email.split("@")[0]: user for email, user in people.items()}
    events = []
    for row in read("proposals")["events"]:
        event = Event.objects.filter(uid=_uid(row)).first()
        events.append(mark(event or _Story(around, person, row).tell()))
    around.report.note(
        "agenda",
        f"{len(events)} événements imaginaires (« Exemple : … »), un par cas de la relecture, "
        "écrits pour la démonstration",
    )
    return events


class _Story:
    """One event of proposals.json and what became of it, in the order in which it happened."""

    def __init__(self, around: Around, person: dict[str, User], row: dict) -> None:
        self.around, self.person, self.row = around, person, row
        self.began = timezone.now()
        self.proposal: Proposal | None = None

    def tell(self) -> Event:
        row = self.row
        self._propose()
        for said in row.get("messages", ()):
            self._write(said)
        if "decision" in row:
            self._decide(row["decision"])
        if "correction" in row:
            self._correct(row["correction"])
        if "report" in row:
            self._report(row["report"])
        return Event.objects.get(pk=self.proposal.event_id)

    def _propose(self) -> None:
        row = self.row
        proposal = propose_event(
            actor=self.person.get(row.get("by")),
            event=_event(self.around, row),
            tokens=TOP,
            once=f"demonstration-{row['key']}",
            language="fr",
            email=row.get("email", ""),
        )
        if "email" in row:
            confirm_proposal(proposal=proposal)
        self._happened(proposal.pk, row["days_ago"])

    def _write(self, said: dict) -> None:
        write_message(actor=self.person[said["by"]], proposal=self.proposal, text=said["text"])
        self._happened(self.proposal.pk, said["days_ago"])

    def _decide(self, decision: dict) -> None:
        DECIDE[decision["outcome"]](
            actor=self.person[decision["by"]],
            proposal=self.proposal,
            revision=self.proposal.revision_id,
            opened=timezone.now() - dt.timedelta(minutes=decision["minutes"]),
            answer=decision["answer"],
        )
        waited = dt.timedelta(days=self.row["days_ago"] - decision["days_ago"])
        self.proposal.event.decisions.update(waited=int(waited.total_seconds()))
        self._happened(self.proposal.pk, decision["days_ago"])

    def _correct(self, correction: dict) -> None:
        """Another version of what is published: other words, other hours."""
        event = Event.objects.get(pk=self.proposal.event_id)
        version = event.get_latest_revision_as_object()
        for name, value in correction["event"].items():
            setattr(version, name, value)
        timing = version.timings.get()
        for name, hour in _hours(correction["timing"]).items():
            setattr(timing, name, hour)
        version.timings = [timing]
        proposal = change_event(
            actor=self.person[self.row["by"]],
            version=version,
            tokens=TOP,
            base=event.latest_revision_id,
        )
        self._happened(proposal.pk, correction["days_ago"])

    def _report(self, report: dict) -> None:
        once = f"demonstration-{self.row['key']}"
        report_event(actor=None, event=self.proposal.event, text=report["text"], once=once)
        self._happened(self.proposal.pk, report["days_ago"])

    def _happened(self, proposal: int, days_ago: int) -> None:
        """What was written since this story began happened some days ago, and nobody is mailed
        about it."""
        rows = Proposal.objects.filter(pk=proposal)
        rows.update(mail=ProposalMail.NONE)
        event = rows.get().event
        told = Notification.objects.filter(
            Q(kind__in=(TO_MODERATE, ANSWER), about=proposal)
            | Q(kind=MESSAGE, about__in=event.messages.values("pk"))
            | Q(kind=REPORTED, about__in=event.reports.values("pk"))
        )
        told.update(mail=MailState.NONE)
        moment = timezone.now() - dt.timedelta(days=days_ago)
        for written, names in (
            (rows, ("created_at", "sent_at", "confirmed_at", "closed_at")),
            (
                Event.objects.filter(pk=event.pk),
                ("created_at", "first_published_at", "last_published_at"),
            ),
            (event.revisions, ("created_at",)),
            (event.workflow_states, ("created_at",)),
            (event.messages, ("at",)),
            (event.decisions, ("at",)),
            (event.reports, ("at",)),
            (told, ("at", "read_at")),
            (ModelLogEntry.objects.for_instance(event), ("timestamp",)),
        ):
            for name in names:
                written.filter(**{f"{name}__gte": self.began}).update(**{name: moment})
        self.proposal = rows.select_related("event").get()


def _uid(row: dict) -> uuid.UUID:
    """What one event is found by from one loading to the next."""
    return uuid.uuid5(NAMESPACE, f"proposals/{row['key']}")


def _event(around: Around, row: dict) -> Event:
    """The event as it is sent, not saved."""
    common, key = read("proposals"), row["key"]
    event = Event(
        uid=_uid(row),
        site=around.network.site,
        group=around.groups.get(row.get("group")),
        other_organisers=common["organiser"],
        address=common["address"],
        territory=around.territories[fold(common["territory"])],
        **row["event"],
    )
    event.timings = named([_timing(row["timing"])], key)
    return event


def _timing(said: dict) -> Timing:
    """On a weekday, from a number of weeks after today on."""
    first = timezone.localdate() + dt.timedelta(weeks=said["weeks_ahead"], days=1)
    while first.isoweekday() != said["weekday"]:
        first += dt.timedelta(days=1)
    frequency = Frequency(said["frequency"])
    return Timing(
        frequency=frequency,
        first=first,
        weekdays=str(said["weekday"]) if frequency == Frequency.WEEKS else "",
        skip_school=said.get("skip_school", ""),
        **_hours(said),
    )


def _hours(said: dict) -> dict[str, dt.time]:
    return {
        f"{name}_time": dt.time.fromisoformat(said[name])
        for name in ("start", "end")
        if name in said
    }
