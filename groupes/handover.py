"""What somebody does for a group, handed over with the rest (requirement R082)."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.handover import Functions, Holding
from accounts.models import User
from core.visibility import MEMBER, reach_of
from groupes.enums import GroupRole
from groupes.models import GroupContact, GroupMembership

PREFIX = "group:"
PILOT = "pilot:"
CONTACT = "contact:"


def held(leaving: User, actor: User) -> Iterator[Holding]:
    """The groups somebody pilots and the contacts they hold: theirs to give, or oversight's."""
    reach = reach_of(actor)
    if MEMBER not in reach.tokens or (actor.pk != leaving.pk and not reach.networks):
        return
    piloting = GroupMembership.objects.piloting().filter(user=leaving)
    for membership in piloting.select_related("group"):
        yield Holding(f"{PILOT}{membership.pk}", _("Pilote"), membership.group.name)
    for contact in GroupContact.objects.filter(holder=leaving).select_related("group"):
        detail = _("contact du groupe %(group)s") % {"group": contact.group.name}
        yield Holding(f"{CONTACT}{contact.pk}", contact.function, detail)


@transaction.atomic
def give(*, actor: User, leaving: User, successor: User, key: str) -> None:
    """Hand one function over from today; `accounts.handover` has checked who gives what to whom."""
    if key.startswith(PILOT):
        _give_piloting(actor, leaving, successor, int(key.removeprefix(PILOT)))
        return
    contact = GroupContact.objects.select_for_update().get(
        pk=int(key.removeprefix(CONTACT)), holder=leaving
    )
    contact.holder = successor
    if contact.email.casefold() == leaving.email.casefold():
        contact.email = successor.email
    contact.full_clean()
    contact.save()
    log(instance=contact, action="wagtail.edit", user=actor)


def _give_piloting(actor: User, leaving: User, successor: User, pk: int) -> None:
    today = timezone.localdate()
    membership = GroupMembership.objects.select_for_update().get(
        pk=pk, user=leaving, role=GroupRole.PILOT
    )
    theirs = GroupMembership.objects.live().filter(group=membership.group_id, user=successor)
    membership.end = today
    membership.full_clean()
    membership.save()
    if not theirs.filter(role=GroupRole.PILOT).exists():
        plain = theirs.order_by("-pk").first()
        theirs.update(end=today)
        row = GroupMembership(
            group=membership.group,
            user=successor,
            role=GroupRole.PILOT,
            start=today,
            charter_version=plain.charter_version if plain else 0,
            charter_accepted_on=plain.charter_accepted_on if plain else None,
        )
        row.full_clean()
        row.save()
    log(
        instance=membership.group,
        action="groupes.pilot",
        user=actor,
        data={"from": leaving.pk, "to": successor.pk},
    )


def colleagues(leaving: User) -> Iterable[int]:
    """Those who are in the same groups today."""
    mine = GroupMembership.objects.live().filter(user=leaving)
    return set(
        GroupMembership.objects.live()
        .filter(group__in=mine.values("group"))
        .exclude(user=leaving)
        .values_list("user_id", flat=True)
    )


def alone(leaving: User) -> Iterator[Holding]:
    """The groups that nobody else who can sign in pilots."""
    if MEMBER not in reach_of(leaving).tokens:
        return
    piloting = GroupMembership.objects.piloting()
    others = piloting.exclude(user=leaving).who_can_sign_in()
    mine = piloting.filter(user=leaving).exclude(group__in=others.values("group"))
    for membership in mine.select_related("group"):
        group = membership.group
        yield Holding(
            f"{PILOT}{membership.pk}",
            _("Piloter %(group)s") % {"group": group.name},
            leave_url=reverse("groupes:leave", args=[group.slug]),
        )


GROUP_FUNCTIONS = Functions(prefix=PREFIX, held=held, give=give, colleagues=colleagues, alone=alone)
