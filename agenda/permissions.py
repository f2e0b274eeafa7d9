"""Who may propose, edit, publish and moderate events, and how wide an event may be.

The table of docs/en/agenda.md in functions. `event` is what is published or, for a version that
is not, the same event with other words in it.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.enums import Office
from accounts.models import User
from accounts.selectors import holders_of, overseers
from agenda.models import Event, EventReport, Proposal, TrustedOrganisation
from coordination.directory.models import Organisation, OrganisationMembership
from core.models import Audience
from core.tokens import TokenKind, ceiling_of
from core.visibility import MEMBER, PUBLIC, is_narrower, meet, reach_of
from groupes.models import GroupMembership, WorkingGroup

ORGANISATION = "org:"
GROUP = "group:"
PILOT = "pilot:"
MODERATOR = f"{Office.MODERATOR}:"
OWNER = "event:"  # of the files of an event


def held(user, prefix: str) -> list[int]:
    """Primary keys of what this person holds a token of."""
    return [
        int(token.removeprefix(prefix))
        for token in reach_of(user).tokens
        if token.startswith(prefix)
    ]


def can_propose(user) -> bool:
    """Everybody: without an account, the address is checked by mail first."""
    return True


def organisations_for(user) -> QuerySet[Organisation]:
    """Those in whose name this person may propose."""
    active = Organisation.objects.filter(archived_at=None)
    if not reach_of(user).networks:
        active = active.filter(pk__in=held(user, ORGANISATION))
    return active.order_by("name")


def groups_for(user, event: Event | None = None) -> QuerySet[WorkingGroup]:
    """The groups to which this person may give an event: their own; once it is published, only
    those they pilot, so that its moderators do not change behind their backs."""
    reach = reach_of(user)
    if reach.networks:
        return WorkingGroup.objects.filter(site__in=reach.networks)
    prefix = PILOT if event is not None and event.live else GROUP
    return WorkingGroup.objects.filter(pk__in=held(user, prefix))


def can_edit_event(user, event: Event) -> bool:
    """Whoever oversees its network, pilots of its group, people of the organisations that organise
    it; its author, when no organisation does."""
    reach = reach_of(user)
    if event.site_id in reach.networks or _pilots(reach, event):
        return True
    organisers = [row.organisation_id for row in event.organisings.all()]
    if organisers:
        return any(f"{ORGANISATION}{pk}" in reach.tokens for pk in organisers)
    in_group = event.group_id is None or f"{GROUP}{event.group_id}" in reach.tokens
    wrote = event.proposed_by_id is not None and event.proposed_by_id == getattr(user, "pk", None)
    return wrote and in_group and MEMBER in reach.tokens


def can_follow_proposal(user, proposal: Proposal) -> bool:
    """Whoever edits the event, and whoever sent it: see `followed_proposals`."""
    return Proposal.objects.filter(followed_proposals(user), pk=proposal.pk).exists()


def publishes_at_once(user, event: Event) -> bool:
    """Whether what this person sends needs nobody's reading: those who oversee the network, pilots
    for their group, people of the trusted organisation that leads."""
    reach = reach_of(user)
    if event.site_id in reach.networks or _pilots(reach, event):
        return True
    lead = next((row.organisation_id for row in event.organisings.all()), None)
    if event.group_id is not None or f"{ORGANISATION}{lead}" not in reach.tokens:
        return False
    return TrustedOrganisation.objects.filter(organisation=lead).exists()


def can_moderate_event(user, event: Event) -> bool:
    """An event of a group: its pilots. Another one within reach: the moderators. Any: those who
    oversee the network."""
    reach = reach_of(user)
    if event.site_id in reach.networks or _pilots(reach, event):
        return True
    if event.group_id is not None or f"{MODERATOR}{event.site_id}" not in reach.tokens:
        return False
    return reach.opens(event.audience.tokens)


def can_feature_event(user, event: Event) -> bool:
    """« À la une » is the network's page: those who oversee it, and its moderators."""
    reach = reach_of(user)
    return event.live and (
        event.site_id in reach.networks
        or (f"{MODERATOR}{event.site_id}" in reach.tokens and can_moderate_event(user, event))
    )


def can_answer_report(user, report: EventReport) -> bool:
    """Whoever may correct the event or moderates it."""
    return can_edit_event(user, report.event) or can_moderate_event(user, report.event)


def can_moderate(user) -> bool:
    """Whether this person moderates anything."""
    reach = reach_of(user)
    return bool(reach.networks) or any(t.startswith((PILOT, MODERATOR)) for t in reach.tokens)


def _pilots(reach, event: Event) -> bool:
    return event.group_id is not None and f"{PILOT}{event.group_id}" in reach.tokens


def moderated_events(user) -> Q:
    """`can_moderate_event` as a condition on events."""
    reach = reach_of(user)
    condition = Q(group__in=held(user, PILOT))
    if reach.networks:
        condition |= Q(site__in=reach.networks)
    if sites := held(user, MODERATOR):
        in_reach = Audience.objects.open_to(reach)
        condition |= Q(group=None, site__in=sites, audience__in=in_reach)
    return condition


def proposals_for(user) -> QuerySet[Proposal]:
    """The dossiers that this person moderates, whatever their state; those whose address is not
    confirmed exist for nobody."""
    events = Event.objects.filter(moderated_events(user)).values("pk")
    return Proposal.objects.current().filter(event__in=events).exclude(state="unconfirmed")


def edited_events(user) -> Q:
    """`can_edit_event` as a condition on events."""
    reach = reach_of(user)
    condition = Q(group__in=held(user, PILOT))
    condition |= Q(organisings__organisation__in=held(user, ORGANISATION))
    if reach.networks:
        condition |= Q(site__in=reach.networks)
    if MEMBER in reach.tokens:
        own_group = Q(group=None) | Q(group__in=held(user, GROUP))
        condition |= Q(proposed_by=user, organisings=None) & own_group
    return condition


def followed_proposals(user) -> Q:
    """The dossiers that this person follows: those of the events that they edit; and, member of the
    network or not, as somebody without an account follows theirs, those that they were the last to
    send, or the first when it is nobody else's. Never once the event was published in the name of
    an organisation or a group that they have left."""
    if user is None or not user.is_authenticated or not user.is_active:
        return Q(pk=None)
    edited = Event.objects.filter(edited_events(user)).values("pk")
    mine = Q(sent_by=user)
    mine |= Q(event__proposed_by=user, event__organisings=None, event__group=None)
    memberships = OrganisationMembership.objects.filter(user=user)
    left = memberships.exclude(organisation__in=held(user, ORGANISATION)).values("organisation")
    of_left = Q(organisings__organisation__in=left)
    of_left |= Q(group__isnull=False) & ~Q(group__in=held(user, GROUP))
    lost = Event.objects.exclude(first_published_at=None).filter(of_left).values("pk")
    return Q(event__in=edited) | (mine & ~Q(event__in=lost))


def moderators_of(event: Event) -> QuerySet[User]:
    """Those who are told that an event waits: the pilots of its group; without a group, or without
    a pilot, the coordination, and the moderators when it is for more than an organisation."""
    if event.group_id is not None:
        piloting = GroupMembership.objects.piloting().who_can_sign_in()
        pilots = piloting.filter(group=event.group_id).people()
        return pilots if pilots.exists() else overseers(event.site)
    if event.audience.tokens & {PUBLIC, MEMBER}:
        return holders_of(Office.MODERATOR, Office.COORDINATOR, site=event.site)
    return holders_of(Office.COORDINATOR, site=event.site)


def bounded(event: Event, tokens: Iterable[str]) -> frozenset[str]:
    """An audience within what the event's group may be shown to."""
    if event.group_id is None:
        return frozenset(tokens)
    return meet(tokens, ceiling_of(f"{GROUP}{event.group_id}"))


def is_within_group(event: Event, tokens: Iterable[str]) -> bool:
    return event.group_id is None or is_narrower(tokens, ceiling_of(f"{GROUP}{event.group_id}"))


def owner_token(event: Event) -> str:
    """Whose the files of an event are."""
    return f"{OWNER}{event.pk}"


def _ceiling(pk: int) -> frozenset[str]:
    """A file of an event is never wider than the event; for nobody until it is published."""
    event = Event.objects.filter(pk=pk, live=True).select_related("audience").first()
    return event.audience.tokens if event else frozenset()


EVENT_TOKENS = TokenKind(
    prefix=OWNER,
    icon="calendar",
    labels=lambda ids: {},
    choices=lambda user: [],
    ceiling=_ceiling,
)
