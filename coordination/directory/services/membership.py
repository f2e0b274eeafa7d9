"""A person's place in an organisation: taken, and left.

Whoever changes who represents an organisation locks its row first, so that of two last
representatives who leave at the same moment one is told.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Site

from accounts.models import NetworkMembership, User
from accounts.notifications import notify, withdraw
from accounts.selectors import overseers
from coordination.directory.enums import OrganisationRole
from coordination.directory.models import (
    Organisation,
    OrganisationContact,
    OrganisationMembership,
)
from coordination.directory.permissions import can_leave_organisation
from coordination.directory.services.record import CONTACT, contact_values, save_record

UNREPRESENTED = "directory.unrepresented"
MAX_WORD = 500  # characters


def lock_organisation(pk: int) -> Organisation:
    """The organisation, whose people nobody else changes until the end of the transaction."""
    return Organisation.objects.select_for_update().get(pk=pk)


def take_place(*, user: User, organisation: Organisation, role: OrganisationRole) -> None:
    """Give somebody a place in an organisation from today: at least `role`, once. The caller says
    in the journal why."""
    today = timezone.localdate()
    mine = OrganisationMembership.objects.live().filter(user=user, organisation=organisation)
    if role == OrganisationRole.WORKER and mine.exists():
        return
    if mine.filter(role=role).exists():
        return
    mine.update(end=today)
    place = OrganisationMembership(user=user, organisation=organisation, role=role, start=today)
    place.full_clean()
    place.save()
    if role == OrganisationRole.REPRESENTATIVE:
        withdraw(UNREPRESENTED, about=organisation.pk)


def is_last_representative(user: User, organisation: Organisation) -> bool:
    """Whether nobody else speaks for this organisation."""
    spoken = OrganisationMembership.objects.speaking().filter(organisation=organisation)
    return spoken.filter(user=user).exists() and not spoken.exclude(user=user).exists()


@transaction.atomic
def leave_organisation(
    *, actor: User, organisation: Organisation, tell: bool = False, word: str = ""
) -> None:
    """End one's place in an organisation today, and the contacts one held there.

    Whoever is the last to represent it leaves only with `tell`: the coordination is then told,
    with a word. Raises `ValidationError` without it, `PermissionDenied` for whoever is not there
    (any more).
    """
    organisation = lock_organisation(organisation.pk)
    mine = OrganisationMembership.objects.live().filter(user=actor, organisation=organisation)
    if not can_leave_organisation(actor, organisation) or not mine.exists():
        raise PermissionDenied
    is_last = is_last_representative(actor, organisation)
    if is_last and not tell:
        raise ValidationError({"tell": _("Transmettez d’abord, ou prévenez la coordination.")})
    if is_last:
        MaxLengthValidator(MAX_WORD)(word)
    mine.update(end=timezone.localdate())
    _let_go_of_contacts(actor, organisation)
    log(instance=organisation, action="directory.leave", user=actor)
    if is_last:
        log(instance=organisation, action=UNREPRESENTED, user=actor, data={"word": word})
        networks = Site.objects.filter(
            memberships__in=NetworkMembership.objects.live().filter(user=actor)
        )
        told = [person for site in networks for person in overseers(site)]
        notify(UNREPRESENTED, about=organisation.pk, to=told, actor=actor)


def _let_go_of_contacts(actor: User, organisation: Organisation) -> None:
    """The functions stay, without the person: nor their own address where it was shown."""
    values = {}
    for contact in OrganisationContact.objects.filter(organisation=organisation, holder=actor):
        value = {**contact_values(contact), "holder": None}
        if value["email"].casefold() == actor.email.casefold():
            value["email"] = ""
        values[f"{CONTACT}{contact.pk}"] = value
    if values:
        save_record(actor=actor, organisation=organisation, values=values)
