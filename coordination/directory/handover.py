"""What a person holds in organisations, and giving it to a colleague (requirement R082)."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.handover import Functions, Holding
from accounts.models import User
from coordination.directory.enums import OrganisationRole
from coordination.directory.models import OrganisationContact, OrganisationMembership
from coordination.directory.permissions import spoken_for
from coordination.directory.services.membership import lock_organisation, take_place
from coordination.directory.services.record import save_record, snapshot
from core.visibility import MEMBER, reach_of


def _mine_to_give(leaving: User, actor: User):
    """The organisations whose functions `actor` may hand over: one's own affairs, those of an
    organisation one represents, all for those who oversee the network."""
    reach = reach_of(actor)
    memberships = OrganisationMembership.objects.live().filter(user=leaving)
    if leaving.pk == actor.pk or reach.networks:
        return memberships
    return memberships.filter(organisation__in=spoken_for(actor))


def held(leaving: User, actor: User) -> Iterator[Holding]:
    memberships = _mine_to_give(leaving, actor)
    for membership in memberships.select_related("organisation"):
        if membership.role == OrganisationRole.REPRESENTATIVE:
            yield Holding(
                f"seat:{membership.pk}",
                _("Représenter %(organisation)s") % {"organisation": membership.organisation},
            )
    contacts = OrganisationContact.objects.filter(
        holder=leaving, organisation__in=memberships.values("organisation")
    )
    for contact in contacts.select_related("organisation"):
        yield Holding(f"contact:{contact.pk}", contact.function, str(contact.organisation))


def give(*, actor: User, leaving: User, successor: User, key: str) -> None:
    """Hand over one function: the successor joins the organisation if need be."""
    kind, _colon, pk = key.partition(":")
    if kind == "seat":
        seat = OrganisationMembership.objects.get(pk=pk, user=leaving)
        organisation = lock_organisation(seat.organisation_id)
        seat.end = timezone.localdate()
        seat.save(update_fields=["end"])
        take_place(user=successor, organisation=organisation, role=OrganisationRole.REPRESENTATIVE)
        return
    contact = OrganisationContact.objects.select_related("organisation").get(pk=pk, holder=leaving)
    take_place(user=successor, organisation=contact.organisation, role=OrganisationRole.WORKER)
    name = f"contact:{contact.pk}"
    value = {**snapshot(contact.organisation)[name], "holder": successor.pk}
    if value["email"] == leaving.email:
        value["email"] = successor.email
    save_record(actor=actor, organisation=contact.organisation, values={name: value})


def colleagues(leaving: User) -> Iterator[int]:
    mine = OrganisationMembership.objects.live().filter(user=leaving)
    yield from (
        OrganisationMembership.objects.live()
        .filter(organisation__in=mine.values("organisation"))
        .values_list("user_id", flat=True)
    )


def alone(leaving: User) -> Iterator[Holding]:
    """The organisations that nobody else who can sign in represents."""
    if MEMBER not in reach_of(leaving).tokens:
        return
    representing = OrganisationMembership.objects.representing()
    others = representing.exclude(user=leaving).who_can_sign_in()
    seats = representing.filter(user=leaving, organisation__archived_at=None).exclude(
        organisation__in=others.values("organisation")
    )
    for seat in seats.select_related("organisation"):
        yield Holding(
            f"seat:{seat.pk}",
            _("Représenter %(organisation)s") % {"organisation": seat.organisation},
        )


FUNCTIONS = Functions(
    prefix="organisation:", held=held, give=give, colleagues=colleagues, alone=alone
)
