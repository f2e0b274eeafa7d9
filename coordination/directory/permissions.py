"""What belonging to an organisation gives, and how it is said."""

from collections.abc import Iterable, Iterator

from coordination.directory.models import Organisation, OrganisationMembership
from core.tokens import TokenKind
from core.visibility import reach_of

PREFIX = "org:"


def tokens_held(user) -> Iterator[str]:
    """`org:7` for each organisation this person belongs to today."""
    memberships = OrganisationMembership.objects.live().filter(user=user)
    for organisation_id in memberships.values_list("organisation_id", flat=True):
        yield f"{PREFIX}{organisation_id}"


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


ORGANISATION_TOKENS = TokenKind(prefix=PREFIX, icon="building-2", labels=_labels, choices=_choices)


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
        }
        for membership in memberships
    ]
