"""Somebody becomes a member: an account, a membership of the network, a place in an organisation.

The caller has checked who decides, and that the address is the person's own: an answer to a mail.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from accounts.addresses import confirm
from accounts.models import NetworkMembership, User
from coordination.directory.enums import OrganisationRole
from coordination.directory.models import Organisation
from coordination.directory.services.membership import lock_organisation, take_place


@dataclass(frozen=True)
class Newcomer:
    """Who they say they are. `function` is written in `language`, `fr` or `nl`."""

    address: str
    first_name: str = ""
    last_name: str = ""
    function: str = ""
    language: str = "fr"


@dataclass(frozen=True)
class Admission:
    """The account, and whether it was made just now."""

    user: User
    is_new: bool


@transaction.atomic
def admit(
    *,
    site: Site,
    newcomer: Newcomer,
    organisation: Organisation | None = None,
    role: str = OrganisationRole.WORKER,
) -> Admission:
    """Make somebody a member from today. An account that exists keeps its own name and function.

    Raises `ValidationError` for an account that was closed, and for an organisation that is no
    longer in the directory.
    """
    user, is_new = _account_of(newcomer)
    if not user.is_active:
        raise ValidationError(
            _("Le compte de cette adresse est fermé. La coordination peut le rouvrir.")
        )
    confirm(user)  # the answer came from the address
    _join(user, site)
    if organisation is not None:
        organisation = lock_organisation(organisation.pk)
        if organisation.archived_at is not None:
            raise ValidationError(_("Cet organisme n’est plus dans le répertoire."))
        take_place(user=user, organisation=organisation, role=OrganisationRole(role))
    return Admission(user, is_new)


def _account_of(newcomer: Newcomer) -> tuple[User, bool]:
    """The account of this address, which nobody else changes until the end of the transaction;
    made when there is none. Two that are made at once are one."""
    accounts = User.objects.select_for_update()
    if (user := accounts.filter(email=newcomer.address).first()) is not None:
        return user, False
    names = {"first_name": newcomer.first_name, "last_name": newcomer.last_name}
    names[f"function_{newcomer.language}"] = newcomer.function
    try:
        with transaction.atomic():
            user = User(email=newcomer.address, language=newcomer.language, **names)
            user.set_unusable_password()
            user.full_clean(exclude=["password"], validate_unique=False, validate_constraints=False)
            user.save(force_insert=True)
    except IntegrityError:
        return accounts.get(email=newcomer.address), False
    return user, True


def _join(user: User, site: Site) -> None:
    """A membership from today; the one that waited for an answer begins."""
    mine = NetworkMembership.objects.filter(user=user, site=site)
    if mine.live().exists():
        return
    membership = mine.waiting().first() or NetworkMembership(user=user, site=site)
    membership.start = timezone.localdate()
    membership.full_clean()
    membership.save()
