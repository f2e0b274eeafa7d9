"""What belonging to an organisation gives, and how it is said."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from coordination.directory.enums import OrganisationRole
from coordination.directory.models import (
    Organisation,
    OrganisationContact,
    OrganisationMembership,
)
from core.tokens import TokenKind
from core.visibility import can_see, reach_of

PREFIX = "org:"
REPRESENTATIVE = "representative:"


def tokens_held(user) -> Iterator[str]:
    """`org:7` for each organisation this person belongs to today, `representative:7` where they
    speak for it."""
    memberships = OrganisationMembership.objects.live().filter(user=user)
    for organisation_id, role in memberships.values_list("organisation_id", "role"):
        yield f"{PREFIX}{organisation_id}"
        if role == OrganisationRole.REPRESENTATIVE:
            yield f"{REPRESENTATIVE}{organisation_id}"


def spoken_for(user) -> list[int]:
    """Primary keys of the organisations this person represents today."""
    return [
        int(token.removeprefix(REPRESENTATIVE))
        for token in reach_of(user).tokens
        if token.startswith(REPRESENTATIVE)
    ]


def can_see_organisation(user, organisation: Organisation) -> bool:
    """Within reach and still active: as `Organisation.objects.visible_to`, for one at hand."""
    return organisation.archived_at is None and can_see(user, organisation)


def can_see_contact(user, contact: OrganisationContact) -> bool:
    """Within reach, and so is the organisation."""
    return can_see(user, contact) and can_see_organisation(user, contact.organisation)


def representatives(organisation: Organisation) -> QuerySet[User]:
    """Those who speak for an organisation today."""
    return organisation.memberships.representing().people()


def represents(user, organisation: Organisation) -> bool:
    """Whether this person speaks for the organisation today."""
    return f"{REPRESENTATIVE}{organisation.pk}" in reach_of(user).tokens


def can_edit_record(user, organisation: Organisation) -> bool:
    """Its representatives, and those who oversee the network; nobody once it is archived."""
    speaks = represents(user, organisation)
    return organisation.archived_at is None and (speaks or bool(reach_of(user).networks))


def can_see_team(user, organisation: Organisation) -> bool:
    """Its own people, and those who oversee the network."""
    reach = reach_of(user)
    return organisation.owner_token in reach.tokens or bool(reach.networks)


def can_leave_organisation(user, organisation: Organisation) -> bool:
    """Its own people."""
    return organisation.owner_token in reach_of(user).tokens


def can_oversee_records(user) -> bool:
    """Whoever sees all changes, archives and merges."""
    return bool(reach_of(user).networks)


def _labels(ids: Iterable[int]) -> dict[int, str]:
    return dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))


def _choices(user) -> list[tuple[str, str]]:
    """The organisations this person belongs to; for those who oversee the network, all those
    that have somebody who can sign in: the others could read nothing."""
    reach = reach_of(user)
    if reach.networks:
        staffed = OrganisationMembership.objects.live().values("organisation_id")
        organisations = Organisation.objects.filter(pk__in=staffed)
    else:
        mine = [int(t.removeprefix(PREFIX)) for t in reach.tokens if t.startswith(PREFIX)]
        organisations = Organisation.objects.filter(pk__in=mine)
    return [(f"{PREFIX}{pk}", name) for pk, name in organisations.values_list("pk", "name")]


def _ceiling(pk: int) -> frozenset[str]:
    """What belongs to an organisation is never wider than its record; an archived one's is for
    nobody."""
    organisation = Organisation.objects.filter(pk=pk, archived_at=None).first()
    return organisation.audience.tokens if organisation else frozenset()


ORGANISATION_TOKENS = TokenKind(
    prefix=PREFIX, icon="building-2", labels=_labels, choices=_choices, ceiling=_ceiling
)


def describe_memberships(user) -> list[dict]:
    memberships = (
        OrganisationMembership.objects.live().filter(user=user).select_related("organisation")
    )
    return [
        {
            "label": membership.organisation.name,
            "detail": membership.get_role_display(),
            "url": membership.organisation.url,
            "icon": membership.organisation.icon,
            "thread": "",
            "start": membership.start,
            "end": membership.end,
            "action": {
                "label": _("Corriger la fiche"),
                "url": reverse("directory:organisation_edit", args=[membership.organisation.slug]),
                "icon": "pencil",
            }
            if membership.role == OrganisationRole.REPRESENTATIVE
            else None,
            "leave_url": reverse(
                "directory:organisation_leave", args=[membership.organisation.slug]
            ),
        }
        for membership in memberships
    ]
