"""One person per role, as docs/permissions.md lists them."""

import datetime
from enum import StrEnum

from wagtail.models import Locale

from accounts.addresses import confirm
from accounts.enums import Office
from accounts.models import NetworkMembership, User
from coordination.directory.enums import Kind, OrganisationRole
from coordination.directory.models import Organisation, OrganisationMembership
from groupes.enums import GroupRole
from groupes.models import GroupMembership, GroupPage, WorkingGroup
from home.services.network import Network

PAST = datetime.date(2024, 1, 1)
ENDED = datetime.date(2025, 1, 1)


class Role(StrEnum):
    VISITOR = "visitor"
    WAITING = "waiting"
    MEMBER = "member"
    REPRESENTATIVE = "representative"  # of organisation A
    GROUP_MEMBER = "group_member"  # of group A
    PILOT = "pilot"  # of group A
    MODERATOR = "moderator"
    EDITOR = "editor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    FORMER = "former"  # was all of these


OFFICES = {
    Role.MODERATOR: Office.MODERATOR,
    Role.EDITOR: Office.EDITOR,
    Role.COORDINATOR: Office.COORDINATOR,
    Role.ADMINISTRATOR: Office.ADMINISTRATOR,
}


def make_group(network: Network, slug: str, name: str, **fields) -> GroupPage:
    """A working group with its published page in French and in Dutch."""
    group = WorkingGroup.objects.create(
        site=network.site, slug=slug, name_fr=name, name_nl=f"{name} nl", **fields
    )
    page = network.groups.add_child(
        instance=GroupPage(title=name, slug=slug, group=group, summary=f"En bref : {slug}.")
    )
    page.save_revision().publish()
    page.copy_for_translation(Locale.objects.get(language_code="nl"), alias=True)
    return page


def make_organisation(slug: str, name: str, **fields) -> Organisation:
    return Organisation.objects.create(
        slug=slug, name=name, kind=fields.pop("kind", Kind.ASSOCIATION), **fields
    )


def make_people(
    network: Network,
    *,
    group: WorkingGroup | None = None,
    organisation: Organisation | None = None,
) -> dict[Role, User | None]:
    """One person per role; group and organisation A are made when not given."""
    group = group or make_group(network, "groupe-a", "Groupe A").group
    organisation = organisation or make_organisation("organisme-a", "Organisme A")
    people: dict[Role, User | None] = {Role.VISITOR: None}
    for role in Role:
        if role is Role.VISITOR:
            continue
        user = User.objects.create_user(f"{role}@essai.example", "mot-de-passe-essai")
        confirm(user)
        people[role] = user
        start, end = PAST, None
        if role is Role.WAITING:
            start = None
        if role is Role.FORMER:
            end = ENDED
        office = OFFICES.get(role, Office.NONE)
        if role is Role.FORMER:
            office = Office.COORDINATOR
        NetworkMembership.objects.create(
            user=user, site=network.site, office=office, start=start, end=end
        )
        if role in {Role.REPRESENTATIVE, Role.FORMER}:
            # The former member's other memberships were forgotten: they must give nothing.
            OrganisationMembership.objects.create(
                user=user,
                organisation=organisation,
                role=OrganisationRole.REPRESENTATIVE,
                start=PAST,
            )
        if role in {Role.GROUP_MEMBER, Role.PILOT, Role.FORMER}:
            GroupMembership.objects.create(
                user=user,
                group=group,
                role=GroupRole.MEMBER if role is Role.GROUP_MEMBER else GroupRole.PILOT,
                start=PAST,
            )
    return people
