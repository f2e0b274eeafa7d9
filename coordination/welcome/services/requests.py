"""A request to join: kept, confirmed from its address, answered once."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.addresses import valid_address
from accounts.models import User
from accounts.notifications import notify, withdraw
from accounts.selectors import overseers
from coordination.directory.enums import AdhesionStatus, Kind, OrganisationRole
from coordination.directory.models import Adhesion, Organisation, OrganisationMembership
from coordination.directory.services.lifecycle import create_record
from coordination.welcome import permissions
from coordination.welcome.enums import RequestMail, RequestState
from coordination.welcome.models import Request
from coordination.welcome.services.admission import Admission, Newcomer, admit
from coordination.welcome.tasks import send_request_mail
from core.jobs import later

WAITING = "welcome.request"  # kinds of notification
FOR_MINE = "welcome.request_for_mine"


@transaction.atomic
def receive_request(*, asked: Request) -> Request:
    """Keep a request, and send the mail that asks to confirm its address. Gives the one that is
    kept: of those that carry the same `once`, the first. The coordination is not told yet."""
    asked.email = valid_address(asked.email)
    asked.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            asked.save(force_insert=True)
    except IntegrityError:
        return Request.objects.get(once=asked.once)
    later(send_request_mail, asked.pk)
    return asked


@transaction.atomic
def confirm_request(*, asked: Request) -> Request:
    """Whoever reads the address's mail says that the request is theirs: the coordination is told,
    and the organisation's representatives know that somebody asks. Once."""
    asked = _locked(asked)
    if asked.state != RequestState.UNCONFIRMED:
        return asked
    asked.state, asked.confirmed_at = RequestState.WAITING, timezone.now()
    asked.mail = RequestMail.RECEIPT
    asked.save(update_fields=["state", "confirmed_at", "mail"])
    notify(WAITING, about=asked.pk, to=overseers(asked.site))
    if asked.organisation_id:
        seats = OrganisationMembership.objects.speaking().filter(organisation=asked.organisation)
        notify(FOR_MINE, about=asked.pk, to=seats.people().exclude(pk__in=overseers(asked.site)))
    later(send_request_mail, asked.pk)
    return asked


@transaction.atomic
def withdraw_request(*, asked: Request) -> Request:
    """Whoever asked takes it back. Raises `ValidationError` once it is answered."""
    asked = _locked(asked)
    if asked.state not in {RequestState.UNCONFIRMED, RequestState.WAITING}:
        raise ValidationError(_("Cette demande a déjà reçu une réponse, ou a été retirée."))
    _close(asked, RequestState.WITHDRAWN, RequestMail.NONE)
    return asked


@transaction.atomic
def refuse_request(*, actor: User, asked: Request, answer: str) -> Request:
    """Say no, with a word. Raises `ValidationError` without one, or when it was answered."""
    asked = _answerable(actor, asked)
    asked.answer, asked.answered_by = answer.strip(), actor
    _close(asked, RequestState.REFUSED, RequestMail.REFUSED)
    _log(actor, asked, "welcome.refused")
    return asked


@transaction.atomic
def accept_person(
    *,
    actor: User,
    asked: Request,
    organisation: Organisation | None,
    role: str,
    answer: str = "",
) -> Request:
    """Let a person in, with the place in an organisation that the coordination chose.

    Raises `ValidationError` when the request was answered, the account closed or the organisation
    archived.
    """
    asked = _answerable(actor, asked)
    admission = admit(
        site=asked.site, newcomer=_newcomer(asked), organisation=organisation, role=role
    )
    asked.organisation, asked.role = organisation, role if organisation else ""
    return _accept(actor, asked, admission, answer)


@transaction.atomic
def accept_organisation(
    *,
    actor: User,
    asked: Request,
    organisation: Organisation | None,
    status: str,
    answer: str = "",
) -> Request:
    """Let an organisation in: its record (`organisation`, or a new one), its adhesion with the
    charter it accepted, and the account of whoever represents it.

    Raises `ValidationError` when the request was answered, or when the record cannot be made.
    """
    asked = _answerable(actor, asked)
    if organisation is None:
        organisation = _make_record(actor, asked)
    admission = admit(
        site=asked.site,
        newcomer=_newcomer(asked),
        organisation=organisation,
        role=OrganisationRole.REPRESENTATIVE,
    )
    _adhere(asked, organisation, AdhesionStatus(status))
    asked.organisation, asked.status = organisation, status
    asked.role = OrganisationRole.REPRESENTATIVE
    return _accept(actor, asked, admission, answer)


@transaction.atomic
def enter(*, asked: Request) -> User | None:
    """The person whom this request let in, once: the first time, by the mail's link. None when the
    link opens no account any more."""
    asked = Request.objects.select_for_update(of=("self",)).select_related("user").get(pk=asked.pk)
    if not asked.may_enter:
        return None
    asked.entered_at = timezone.now()
    asked.save(update_fields=["entered_at"])
    return asked.user


def _newcomer(asked: Request) -> Newcomer:
    return Newcomer(asked.email, asked.first_name, asked.last_name, asked.function, asked.language)


def _make_record(actor: User, asked: Request) -> Organisation:
    organisation = Organisation(
        name=asked.organisation_name,
        kind=asked.organisation_kind or Kind.ASSOCIATION,
        kind_label=asked.legal_form,
        address=asked.address,
        phone=asked.phone,
        website=asked.website,
    )
    setattr(organisation, f"summary_{asked.language}", asked.summary)
    try:
        return create_record(actor=actor, organisation=organisation)
    except ValidationError as error:
        raise ValidationError(error.messages) from error


def _adhere(asked: Request, organisation: Organisation, status: AdhesionStatus) -> None:
    """The organisation's standing in the network from today: the one it has is kept when it is the
    same, and ends when it is another."""
    today = timezone.localdate()
    held = Adhesion.objects.live().filter(organisation=organisation, site=asked.site)
    adhesion = held.filter(status=status).first()
    held.exclude(status=status).update(end=today)
    if adhesion is None:
        adhesion = Adhesion(organisation=organisation, site=asked.site, status=status, start=today)
    if asked.charter:
        adhesion.charter_accepted_on = timezone.localdate(asked.confirmed_at)
        adhesion.charter_version = str(asked.charter.number)
    adhesion.full_clean()
    adhesion.save()


def _accept(actor: User, asked: Request, admission: Admission, answer: str) -> Request:
    asked.user, asked.made_account = admission.user, admission.is_new
    asked.answer, asked.answered_by = answer.strip(), actor
    _close(asked, RequestState.ACCEPTED, RequestMail.ACCEPTED)
    _log(actor, asked, "welcome.accepted")
    return asked


def _close(asked: Request, state: RequestState, mail: RequestMail) -> None:
    asked.state, asked.closed_at, asked.mail = state, timezone.now(), mail
    asked.full_clean(validate_unique=False)
    asked.save()
    withdraw(WAITING, about=asked.pk)
    withdraw(FOR_MINE, about=asked.pk)
    if mail:
        later(send_request_mail, asked.pk)


def _log(actor: User, asked: Request, action: str) -> None:
    data = {"organisation": asked.organisation_id, "role": asked.role, "user": asked.user_id}
    log(instance=asked, action=action, user=actor, data=data)


def _locked(asked: Request) -> Request:
    locked = Request.objects.select_for_update(of=("self",))
    return locked.select_related("site", "organisation", "charter").get(pk=asked.pk)


def _answerable(actor: User, asked: Request) -> Request:
    asked = _locked(asked)
    if not permissions.can_answer_request(actor, asked):
        raise PermissionDenied
    if asked.state != RequestState.WAITING:
        raise ValidationError(_("Cette demande a déjà reçu une réponse, ou a été retirée."))
    return asked
