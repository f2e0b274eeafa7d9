"""One person leaves a function, another takes it: everything in one action (requirement R082).

Functions are held in several apps: contacts, representation, piloting. Each registers what it
holds; the rest of the story is here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import NetworkMembership, User
from accounts.notifications import notify
from core.visibility import reach_of


@dataclass(frozen=True)
class Holding:
    """One function somebody holds: a stable key within its app, its words, and where one leaves
    it without a successor when there is such a place."""

    key: str
    label: str
    detail: str = ""
    leave_url: str = ""


@dataclass(frozen=True)
class Functions:
    """The functions that one app knows of.

    `held(leaving, actor)`: those that the actor may hand over. `give(actor, leaving, successor,
    key)`: hands one over. `colleagues(leaving)`: primary keys of those who may take over.
    `alone(leaving)`: those that nobody else holds, and that would be nobody's without this person.
    """

    prefix: str
    held: Callable[[User, User], Iterable[Holding]]
    give: Callable[..., None]
    colleagues: Callable[[User], Iterable[int]]
    alone: Callable[[User], Iterable[Holding]] = lambda leaving: ()


_functions: dict[str, Functions] = {}


def register_functions(functions: Functions) -> None:
    _functions[functions.prefix] = functions


def holdings(*, leaving: User, actor: User) -> list[Holding]:
    """What `actor` may hand over of what `leaving` holds; keys carry their app's prefix."""
    return [
        Holding(f"{prefix}{holding.key}", holding.label, holding.detail)
        for prefix, functions in _functions.items()
        for holding in functions.held(leaving, actor)
    ]


def held_alone(user: User) -> list[Holding]:
    """What would be nobody's if this person were gone."""
    return [holding for functions in _functions.values() for holding in functions.alone(user)]


def successors(*, leaving: User, actor: User) -> QuerySet[User]:
    """Those who may take over: colleagues of an organisation or a group; for those who oversee
    the network, every member. Only people with a live membership of the network."""
    living = User.objects.filter(
        is_active=True, pk__in=NetworkMembership.objects.live().values("user_id")
    ).exclude(pk=leaving.pk)
    if not reach_of(actor).networks:
        near = {pk for functions in _functions.values() for pk in functions.colleagues(leaving)}
        living = living.filter(pk__in=near)
    return living.order_by("function_fr", "email")


@transaction.atomic
def hand_over(*, actor: User, leaving: User, successor: User, keys: Iterable[str]) -> int:
    """Give the functions named by `keys` to the successor, all or none; gives their number.

    Raises `ValidationError` when one is not the actor's to give, or when the successor is not one
    who may take over.
    """
    # One at a time: what the first has given, the second does not hold any more.
    leaving = User.objects.select_for_update(no_key=True).get(pk=leaving.pk)
    keys = list(dict.fromkeys(keys))
    allowed = {holding.key for holding in holdings(leaving=leaving, actor=actor)}
    if not keys or not allowed.issuperset(keys):
        raise ValidationError(_("Choisissez au moins une fonction que vous pouvez transmettre."))
    if not successors(leaving=leaving, actor=actor).filter(pk=successor.pk).exists():
        raise ValidationError(_("Cette personne ne peut pas prendre la suite."))
    for key in keys:
        prefix = next(prefix for prefix in _functions if key.startswith(prefix))
        _functions[prefix].give(
            actor=actor, leaving=leaving, successor=successor, key=key.removeprefix(prefix)
        )
    log(
        instance=leaving,
        action="accounts.handover",
        user=actor,
        data={"successor": successor.pk, "keys": keys},
    )
    notify("accounts.handover", about=leaving.pk, to=[successor], actor=actor)
    return len(keys)
