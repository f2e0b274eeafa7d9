"""What a person's memberships of networks give them."""

from collections.abc import Iterator

from accounts.enums import OVERSEEING, Office
from accounts.models import NetworkMembership
from core.visibility import MEMBER, NETWORK


def tokens_held(user) -> Iterator[str]:
    """`member`, the office's token per network (`coordinator:3`), and `network:3` for those who
    oversee it."""
    for membership in NetworkMembership.objects.live().filter(user=user):
        yield MEMBER
        if membership.office != Office.NONE:
            yield f"{membership.office}:{membership.site_id}"
        if membership.office in OVERSEEING:
            yield f"{NETWORK}{membership.site_id}"
