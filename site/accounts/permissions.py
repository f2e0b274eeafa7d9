"""What a person's memberships of networks give them."""

from collections.abc import Iterator

from django.utils import timezone

from accounts.enums import OVERSEEING, Office
from accounts.models import NetworkMembership, User
from core.visibility import MEMBER, NETWORK, reach_of


def tokens_held(user) -> Iterator[str]:
    """`member`, the office's token per network (`coordinator:3`), and `network:3` for those who
    oversee it."""
    memberships = NetworkMembership.objects.live().filter(user=user)
    for office, site_id in memberships.values_list("office", "site_id"):
        yield MEMBER
        if office != Office.NONE:
            yield f"{office}:{site_id}"
        if office in OVERSEEING:
            yield f"{NETWORK}{site_id}"


def is_administrator(user) -> bool:
    return any(token.startswith(f"{Office.ADMINISTRATOR}:") for token in reach_of(user).tokens)


def can_delete_account(actor, user: User) -> bool:
    """One's own account; anybody's of their network for those who oversee it, except that only
    the administration deletes the account of whoever administers."""
    if user.deleted_at is not None:
        return False
    if actor.pk == user.pk:
        return True
    networks = reach_of(actor).networks
    theirs = NetworkMembership.objects.filter(user=user)
    near = theirs.filter(site__in=networks).exists() or not theirs.exists()
    administers = theirs.filter(office=Office.ADMINISTRATOR).exclude(end__lte=timezone.localdate())
    return bool(networks) and near and (is_administrator(actor) or not administers.exists())


def can_read_journal(user) -> bool:
    """Those who oversee a network see what was done in it."""
    return bool(reach_of(user).networks)
