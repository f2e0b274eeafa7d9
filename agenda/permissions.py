"""Who may edit an event."""

from agenda.models import Event
from core.visibility import MEMBER, reach_of

ORGANISATION = "org:"
GROUP = "group:"
PILOT = "pilot:"


def can_edit_event(user, event: Event) -> bool:
    """Whoever oversees its network, pilots of its group, people of the organisations that organise
    it; its author, when no organisation does."""
    reach = reach_of(user)
    if event.site_id in reach.networks or f"{PILOT}{event.group_id}" in reach.tokens:
        return True
    organisers = [row.organisation_id for row in event.organisings.all()]
    if organisers:
        return any(f"{ORGANISATION}{pk}" in reach.tokens for pk in organisers)
    in_group = event.group_id is None or f"{GROUP}{event.group_id}" in reach.tokens
    wrote = event.proposed_by_id is not None and event.proposed_by_id == getattr(user, "pk", None)
    return wrote and in_group and MEMBER in reach.tokens
