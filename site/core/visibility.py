"""The one visibility rule: who may see what.

Every object has an *audience*: a set of tokens. Every person holds a set of tokens. An object is
visible to a person who holds at least one of its tokens. Nothing else decides: being staff opens
nothing by itself, and neither does Wagtail's `.live()` or `.public()`.

`core` knows tokens as strings. The apps that give them out register a *holder* here, a function
from a user to the tokens this user holds today:

| token | held by |
|---|---|
| `public` | everybody |
| `member` | whoever has a live membership of a network |
| `group:12`, `org:7` | members of that group, people of that organisation |
| `pilot:12`, `editor:3`, `moderator:3`, … | roles: they open the admin, never an audience |
| `network:3` | coordinator and administrator of that network: they see all of it |

Without a live membership of a network (`member`) a person holds `public` alone, whatever other
memberships say: leaving the network ends everything at the next request.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from wagtail.models import Page, Site

PUBLIC = "public"
MEMBER = "member"
NETWORK = "network:"
TOP = frozenset({PUBLIC})

Holder = Callable[[object], Iterable[str]]
_holders: list[Holder] = []


def register_holder(holder: Holder) -> None:
    """Add a source of tokens: `holder(user)` gives the tokens a signed-in user holds today."""
    if holder not in _holders:
        _holders.append(holder)


@dataclass(frozen=True)
class Reach:
    """What one person may reach: the tokens held, and the networks overseen."""

    tokens: frozenset[str]

    @cached_property
    def networks(self) -> frozenset[int]:
        """Primary keys of the Wagtail sites whose whole network this person oversees."""
        return frozenset(
            int(token.removeprefix(NETWORK)) for token in self.tokens if token.startswith(NETWORK)
        )

    @cached_property
    def network_paths(self) -> tuple[str, ...]:
        """Tree paths of the home pages, in each language, of the networks overseen."""
        if not self.networks:
            return ()
        roots = Site.objects.filter(pk__in=self.networks).values("root_page__translation_key")
        return tuple(Page.objects.filter(translation_key__in=roots).values_list("path", flat=True))

    def opens(self, tokens: Iterable[str]) -> bool:
        """Whether an audience of these tokens is open to this person."""
        return bool(self.networks) or not self.tokens.isdisjoint(tokens)


STRANGER = Reach(TOP)


def reach_of(user) -> Reach:
    """The reach of a user (or of an anonymous visitor, or None), computed once per request.

    It is kept on the user object, which lives as long as the request: a membership that ends is
    felt at the next one.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return STRANGER
    if (reach := getattr(user, "_reach", None)) is None:
        tokens = {PUBLIC}.union(*(holder(user) for holder in _holders))
        reach = user._reach = Reach(frozenset(tokens)) if MEMBER in tokens else STRANGER
    return reach


def is_within(token: str, tokens: Iterable[str]) -> bool:
    """Whether whoever holds `token` also holds one of `tokens`.

    `public` contains all, `member` contains every group and organisation.
    """
    tokens = set(tokens)
    return PUBLIC in tokens or token in tokens or (token != PUBLIC and MEMBER in tokens)


def is_narrower(tokens: Iterable[str], than: Iterable[str]) -> bool:
    """Whether an audience lets in nobody whom `than` keeps out (the same audience included)."""
    than = set(than)
    return all(is_within(token, than) for token in tokens)


def meet(first: Iterable[str], second: Iterable[str]) -> frozenset[str]:
    """The widest audience that is narrower than both; empty when they have nothing in common."""
    first, second = frozenset(first), frozenset(second)
    common = {token for token in first if is_within(token, second)}
    common |= {token for token in second if is_within(token, first)}
    return frozenset(common)


def page_filter(user) -> Q:
    """The condition on a page queryset: within this person's reach, drafts included."""
    from core.models import Audience, PageAudience

    reach = reach_of(user)
    open_keys = PageAudience.objects.filter(effective__in=Audience.objects.open_to(reach))
    condition = Q(translation_key__in=open_keys.values("translation_key"))
    for path in reach.network_paths:
        condition |= Q(path__startswith=path)
    return condition


def page_is_in_reach(page: Page, user) -> bool:
    """The same condition for one page, live or not. The root of the tree is in everybody's."""
    from core.models import PageAudience

    if page.depth == 1:
        return True
    reach = reach_of(user)
    if any(page.path.startswith(path) for path in reach.network_paths):
        return True
    return not reach.tokens.isdisjoint(PageAudience.objects.tokens_of(page))


def can_see(user, subject) -> bool:
    """Whether `user` may see one object: a page, or any model with an `audience`."""
    if isinstance(subject, Page):
        return subject.live and page_is_in_reach(subject, user)
    return reach_of(user).opens(subject.audience.tokens)
