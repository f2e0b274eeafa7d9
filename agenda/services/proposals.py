"""From the form to the agenda: what is sent, sent again, confirmed, withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import log

from accounts.addresses import valid_address
from accounts.models import User
from accounts.notifications import notify, withdraw
from agenda.enums import ProposalMail, ProposalState
from agenda.models import Event, EventDocument, Proposal
from agenda.models.event import MAX_SLUG
from agenda.permissions import (
    bounded,
    can_edit_event,
    can_follow_proposal,
    can_propose,
    moderators_of,
    owner_token,
    publishes_at_once,
)
from agenda.services.publication import delete_event, set_audience
from agenda.services.review import start_review, stop_review
from agenda.tasks import send_proposal_mail
from core.jobs import later
from core.models import Audience
from core.references import ALPHABET
from core.services.files import store_document, store_image
from core.visibility import is_narrower

TO_MODERATE = "agenda.to_moderate"  # kinds of notification
ANSWER = "agenda.answer"


class ReplacedError(Exception):
    """Somebody else sent another version since this one was opened."""


@dataclass(frozen=True)
class Poster:
    """A file for an event: a picture, or a document."""

    file: UploadedFile
    is_image: bool


@transaction.atomic
def propose_event(
    *,
    actor: User | None,
    event: Event,
    tokens: Iterable[str],
    once: str,
    language: str,
    email: str = "",
    poster: Poster | None = None,
) -> Proposal:
    """Keep a new event. Gives its dossier: of those that carry the same `once`, the first.

    Without an account the address is asked to confirm first, and moderators are not told yet.
    Raises `ValidationError` for an event that is not right.
    """
    if known := Proposal.objects.filter(once=once).first():
        return known
    if not can_propose(actor):
        raise PermissionDenied
    event.slug, event.live, event.proposed_by = _free_slug(event), False, actor
    event.audience = Audience.objects.for_tokens(bounded(event, tokens))
    _check(event)
    proposal = Proposal(event=event, once=once, language=language, sent_by=actor)
    proposal.state = ProposalState.WAITING
    if actor is None:
        proposal.email = valid_address(email)
        proposal.state, proposal.mail = ProposalState.UNCONFIRMED, ProposalMail.CONFIRM
    try:
        with transaction.atomic():
            event.save()
            proposal.event = event
            proposal.save(force_insert=True)
    except IntegrityError:
        # Sent twice at the same moment.
        return Proposal.objects.get(once=once)
    _attach(actor, event, poster)
    event.save()
    proposal.revision = event.save_revision(user=actor)
    proposal.save(update_fields=["revision"])
    log(instance=event, action="agenda.propose", user=actor)
    if actor is None:
        later(send_proposal_mail, proposal.pk)
    else:
        _submit(actor, proposal, event)
    return proposal


@transaction.atomic
def change_event(
    *,
    actor: User | None,
    version: Event,
    tokens: Iterable[str],
    base: int,
    proposal: Proposal | None = None,
    poster: Poster | None = None,
) -> Proposal:
    """Send another version of an event; `base` is the key of the revision that it was made from.

    What is published stays until the new version is. `proposal` is that of the private link, for
    whoever has no account or sent what they may not edit. Raises `ReplacedError` when another
    version came in between.
    """
    event = Event.objects.select_for_update().get(pk=version.pk)
    if proposal is None and not can_edit_event(actor, event):
        raise PermissionDenied
    if proposal is not None and actor is not None and not can_follow_proposal(actor, proposal):
        raise PermissionDenied
    if base != event.latest_revision_id:
        raise ReplacedError
    dossier = _dossier(actor, event)
    tokens = bounded(version, tokens)
    if not event.live or is_narrower(tokens, event.audience.tokens):
        set_audience(actor=actor, event=event, tokens=tokens)
        version.audience, version.wanted_tokens = event.audience, []
    else:
        version.wanted_tokens = sorted(tokens)
    _attach(actor, version, poster)
    _check(version)
    if not event.live:
        version.save()
    dossier.revision = version.save_revision(user=actor)
    dossier.sent_by = actor or dossier.sent_by
    dossier.save()
    log(instance=event, action="agenda.change", user=actor)
    if dossier.state != ProposalState.UNCONFIRMED:
        _submit(actor, dossier, version)
    return dossier


@transaction.atomic
def confirm_proposal(*, proposal: Proposal) -> Proposal:
    """Whoever reads the address's mail says that the proposal is theirs: moderators are told.
    Once."""
    proposal = locked(proposal)
    if proposal.state != ProposalState.UNCONFIRMED:
        return proposal
    _submit(None, proposal, proposal.event)
    return proposal


@transaction.atomic
def withdraw_proposal(*, actor: User | None, proposal: Proposal) -> Proposal:
    """Take back what waits; with nothing waiting, take the event out of the agenda. `actor` is
    None for whoever holds the private link. Raises `ValidationError` when it is done already."""
    proposal = locked(proposal)
    event = proposal.event
    if actor is not None and not can_follow_proposal(actor, proposal):
        raise PermissionDenied
    if not proposal.is_open and not event.live:
        raise ValidationError(_("Cette proposition est déjà retirée, ou refusée."))
    stop_review(event)
    if proposal.is_open and event.live:
        keep_published(event)
        proposal.state = ProposalState.ACCEPTED
    else:
        proposal.state = ProposalState.WITHDRAWN
        if event.live:
            UnpublishAction(event, user=actor).execute(skip_permission_checks=True)
    proposal.closed_at, proposal.mail = timezone.now(), ProposalMail.NONE
    proposal.save()
    withdraw(TO_MODERATE, about=proposal.pk)
    log(instance=event, action="agenda.withdraw", user=actor)
    return proposal


def forget_proposals(rows) -> int:
    """Dossiers whose time is over: with the event that was never published, its files and its
    versions; without the one that was. Gives how many."""
    number = 0
    for proposal in rows.select_related("event"):
        with transaction.atomic():
            if proposal.event.first_published_at is None:
                delete_event(proposal.event)
            else:
                proposal.delete()
        number += 1
    return number


def locked(proposal: Proposal) -> Proposal:
    """The dossier as it is now, for this transaction alone."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("event", "revision")
    return rows.get(pk=proposal.pk)


def keep_published(event: Event) -> None:
    """Leave aside the version that waited: the published one is the latest again."""
    Event.objects.filter(pk=event.pk).update(
        latest_revision=event.live_revision_id, has_unpublished_changes=False
    )


def _submit(actor: User | None, proposal: Proposal, version: Event) -> None:
    """Publish at once what needs nobody's reading; put the rest before its moderators."""
    proposal.sent_at, proposal.answer, proposal.decided_by = timezone.now(), "", None
    if actor is None:
        # Through the link of the mail: its address is confirmed.
        proposal.confirmed_at = proposal.confirmed_at or timezone.now()
    event = Event.objects.get(pk=version.pk)
    withdraw(ANSWER, about=proposal.pk)
    if actor and publishes_at_once(actor, event) and publishes_at_once(actor, version):
        stop_review(event)
        proposal.revision.publish(user=actor, skip_permission_checks=True)
        proposal.state, proposal.closed_at = ProposalState.ACCEPTED, timezone.now()
        withdraw(TO_MODERATE, about=proposal.pk)
        notify(ANSWER, about=proposal.pk, to=[event.proposed_by], actor=actor)
    else:
        start_review(event)
        proposal.state, proposal.closed_at = ProposalState.WAITING, None
        notify(TO_MODERATE, about=proposal.pk, to=moderators_of(event), actor=actor)
    proposal.mail = ProposalMail.RECEIPT
    proposal.save()
    later(send_proposal_mail, proposal.pk)


def _dossier(actor: User | None, event: Event) -> Proposal:
    """The event's dossier, made for an event that came another way."""
    proposal = Proposal.objects.filter(event=event).first()
    if proposal is None:
        proposal = Proposal.objects.create(
            event=event,
            once=f"event-{event.pk}",
            sent_by=actor,
            language=actor.language,
            state=ProposalState.ACCEPTED,
        )
    return locked(proposal)


def _free_slug(event: Event) -> str:
    """The title as an address; when it is taken, with four letters that nobody else draws at the
    same moment."""
    stem = slugify(event.title)[:MAX_SLUG].strip("-") or "evenement"
    if not Event.objects.filter(slug=stem).exists():
        return stem
    return f"{stem}-{get_random_string(4, ALPHABET).lower()}"


def _check(event: Event) -> None:
    """Raises `ValidationError` for an event, or one of its timings, that is not right."""
    event.full_clean()
    for timing in event.timings.all():
        timing.full_clean(exclude=["event"])


def _attach(actor: User | None, event: Event, poster: Poster | None) -> None:
    """Keep a poster with the event: for nobody until publication."""
    if poster is None:
        return
    owner = owner_token(event)
    words = {"actor": actor, "upload": poster.file, "owner": owner, "tokens": ()}
    if poster.is_image:
        event.image = store_image(**words, title=event.title)
        return
    document = store_document(**words, title=event.title)
    event.event_documents = [*event.event_documents.all(), EventDocument(document=document)]
