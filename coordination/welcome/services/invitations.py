"""An invitation, from the first mail to its answer or its end."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Site

from accounts.addresses import valid_address
from accounts.models import NetworkMembership, User
from accounts.notifications import notify, withdraw
from coordination.directory.enums import OrganisationRole
from coordination.directory.models import Organisation, OrganisationMembership
from coordination.welcome import permissions, rules
from coordination.welcome.enums import InvitationMail, InvitationState
from coordination.welcome.models import Invitation
from coordination.welcome.services.admission import Admission, Newcomer, admit
from coordination.welcome.tasks import send_invitation_mail
from core.jobs import later

ACCEPTED = "welcome.accepted"  # kinds of notification
UNANSWERED = "welcome.unanswered"
AGAIN_AFTER = dt.timedelta(hours=1)


def is_member_already(address: str, site: Site, organisation: Organisation | None) -> bool:
    """Whether an invitation would give this address nothing more: for an organisation, a place
    there; without one, the network."""
    members = NetworkMembership.objects.live().filter(user__email=address, site=site)
    if organisation is None:
        return members.exists()
    places = OrganisationMembership.objects.live().filter(organisation=organisation)
    return places.filter(user__in=members.values("user")).exists()


@transaction.atomic
def invite(
    *,
    actor: User,
    site: Site,
    address: str,
    organisation: Organisation | None = None,
    role: str = OrganisationRole.WORKER,
    function_fr: str = "",
    function_nl: str = "",
    language: str = "fr",
    word: str = "",
) -> tuple[Invitation, bool]:
    """Invite an address; gives the invitation, and whether it is new: the one that waits already
    for the same place is given back untouched.

    Raises `PermissionDenied` for an organisation that is not the actor's to invite for,
    `ValidationError` for an address that is none, or of somebody who is there already.
    """
    if not permissions.can_invite(actor, site, organisation):
        raise PermissionDenied
    try:
        address = valid_address(address)
    except ValidationError as error:
        raise ValidationError({"address": error.messages}) from error
    if is_member_already(address, site, organisation):
        raise ValidationError({"address": _("Cette personne est déjà là.")})
    waiting = Invitation.objects.waiting().filter(
        site=site, address=address, organisation=organisation
    )
    if (known := waiting.first()) is not None:
        return known, False
    invitation = Invitation(
        site=site,
        address=address,
        organisation=organisation,
        role=role,
        function_fr=function_fr,
        function_nl=function_nl,
        language=language,
        word=word,
        invited_by=actor,
    )
    invitation.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError:
        return waiting.get(), False
    log(instance=invitation, action="welcome.invite", user=actor, data=_facts(invitation))
    later(send_invitation_mail, invitation.pk)
    return invitation, True


def _facts(invitation: Invitation) -> dict:
    """What the journal keeps: never the address."""
    return {"organisation": invitation.organisation_id, "role": invitation.role}


@transaction.atomic
def invite_again(*, actor: User, invitation: Invitation) -> Invitation:
    """Send a fresh link, in the name of whoever asks for it now; the days count anew.

    Raises `PermissionDenied`, or `ValidationError` when it no longer waits or when a mail left
    less than an hour ago.
    """
    invitation = _waiting(actor, invitation)
    if not permissions.can_invite(actor, invitation.site, invitation.organisation):
        raise ValidationError(_("Cet organisme n’est plus dans le répertoire."))
    if invitation.asked_at > timezone.now() - AGAIN_AFTER:
        raise ValidationError(_("Un courriel est parti il y a moins d’une heure. Patientez."))
    invitation.invited_by, invitation.asked_at = actor, timezone.now()
    invitation.reminded_at = invitation.reported_at = None
    invitation.mail = InvitationMail.INVITATION
    invitation.save()
    withdraw(UNANSWERED, about=invitation.pk)
    log(instance=invitation, action="welcome.invite", user=actor, data=_facts(invitation))
    later(send_invitation_mail, invitation.pk)
    return invitation


@transaction.atomic
def withdraw_invitation(*, actor: User, invitation: Invitation) -> Invitation:
    """Take an invitation back: its link opens nothing any more.

    Raises `PermissionDenied`, or `ValidationError` when it no longer waits.
    """
    invitation = _waiting(actor, invitation)
    _close(invitation, InvitationState.WITHDRAWN)
    log(instance=invitation, action="welcome.invite_withdrawn", user=actor)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, newcomer: Newcomer) -> Admission:
    """Let in whoever answers from the invited address; `newcomer` says who they are, and its
    address is not looked at: the invitation's is. They have accepted the rules.

    Raises `ValidationError` when the invitation is not worth anything any more.
    """
    invitation = lock_invitation(invitation)
    if invitation is None or not permissions.is_open(invitation):
        raise ValidationError(_("Cette invitation ne peut plus servir."))
    admission = admit(
        site=invitation.site,
        newcomer=Newcomer(
            address=invitation.address,
            first_name=newcomer.first_name,
            last_name=newcomer.last_name,
            function=newcomer.function,
            language=newcomer.language,
        ),
        organisation=invitation.organisation,
        role=invitation.role,
    )
    invitation.accepted_by, invitation.rules = admission.user, rules.VERSION
    _close(invitation, InvitationState.ACCEPTED)
    log(
        instance=invitation,
        action="welcome.accept",
        user=admission.user,
        data={**_facts(invitation), "rules": rules.VERSION},
    )
    notify(ACCEPTED, about=invitation.pk, to=[invitation.invited_by], actor=admission.user)
    return admission


def lock_invitation(invitation: Invitation) -> Invitation | None:
    """The invitation as it is now, which nobody else changes; None when it is gone."""
    locked = Invitation.objects.select_for_update(of=("self",))
    related = locked.select_related("site", "organisation", "invited_by")
    return related.filter(pk=invitation.pk).first()


def _waiting(actor: User, invitation: Invitation) -> Invitation:
    locked = lock_invitation(invitation)
    if locked is None or not permissions.can_manage_invitation(actor, locked):
        raise PermissionDenied
    if not locked.is_waiting:
        raise ValidationError(_("Cette invitation est déjà acceptée ou retirée."))
    return locked


def _close(invitation: Invitation, state: InvitationState) -> None:
    invitation.state, invitation.closed_at = state, timezone.now()
    invitation.mail = InvitationMail.NONE
    invitation.full_clean(validate_constraints=False)
    invitation.save()
    withdraw(UNANSWERED, about=invitation.pk)
