"""One way to tell people things.

An app declares each *kind* of notification: its words, why it comes, when it is told unless the
person chose otherwise, and what may be said to whom. `notify` says that something happened to an
object; the person's choice decides whether a mail goes out soon, in the weekly one, or not at all.
The list in the members' home shows everything.

A notification keeps no words. Each time it is shown or mailed, its kind is asked again what this
person may read of the object today; what it leaves out is told to nobody any more.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from accounts.enums import MailState, When
from accounts.models import NetworkMembership, Notification, NotificationChoice, User

MAX_LISTED = 30  # notifications of one kind in one mail; the rest is a number and a link


@dataclass(frozen=True)
class Told:
    """What a notification says to its reader, in the language of the moment. `url` is a path of
    the portal; `mail_url` another one for mails, when there the same is done without signing in."""

    title: str
    url: str
    detail: str = ""
    icon: str = "bell"
    thread: str = ""
    since: dt.date | None = None
    mail_url: str = ""

    def at(self, root: str) -> "Told":
        """The same with the whole address, for a mail."""
        return replace(self, url=root + (self.mail_url or self.url))


@dataclass(frozen=True)
class Kind:
    """A kind of notification.

    `key`: stable, `app.noun`. `label`: what the settings call it (lazy). `why`: the sentence that
    says in a mail why it came, « parce que vous pilotez ce groupe » (lazy). `tell(user, ids)`:
    what this person may read today of the objects with these primary keys, by key, in a bounded
    number of queries; what is missing is not told. `default`: when, unless the person chose.
    `concerns(user)`: whether the settings offer it to this person.
    """

    key: str
    label: object
    why: object
    tell: Callable[[User, Sequence[int]], dict[int, Told]]
    default: When = When.NOW
    concerns: Callable[[User], bool] = lambda user: True


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    _kinds[kind.key] = kind


def kinds_for(user) -> list[Kind]:
    """The kinds this person may choose about, in the order in which apps declared them."""
    return [kind for kind in _kinds.values() if kind.concerns(user)]


def kind_named(key: str) -> Kind | None:
    return _kinds.get(key)


def kinds_named(keys: Iterable[str]) -> list[Kind]:
    """Those of the keys that an app declared, in the order of declaration."""
    wanted = set(keys)
    return [kind for key, kind in _kinds.items() if key in wanted]


@transaction.atomic
def notify(
    kind: str,
    *,
    about: int,
    to: Iterable[User],
    actor: User | None = None,
    once: bool = False,
) -> int:
    """Tell each of `to` that something happened to the object `about`; gives how many were told.

    Never the actor, nor whoever is no live member of a network, nor twice as long as the first is
    unread; with `once`, not a second time at all. Raises `KeyError` for a kind nobody declared.
    """
    default = _kinds[kind].default
    living = NetworkMembership.objects.live().values("user_id")
    people = User.objects.filter(
        pk__in={user.pk for user in to if user is not None}, is_active=True
    ).filter(pk__in=living)
    if actor is not None:
        people = people.exclude(pk=actor.pk)
    if once:
        told = Notification.objects.filter(kind=kind, about=about)
        people = people.exclude(pk__in=told.values("user"))
    people = list(people.values_list("pk", flat=True))
    chosen = dict(
        NotificationChoice.objects.filter(user__in=people, kind=kind).values_list("user", "when")
    )
    rows = [
        Notification(user_id=pk, kind=kind, about=about, mail=_mail_of(chosen.get(pk, default)))
        for pk in people
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    User.objects.filter(pk__in=people).update(has_unread=True)
    return len(rows)


def withdraw(kind: str, *, about: int) -> None:
    """What was to be told about this object is settled: nobody is mailed about it any more, and
    whoever has it unread finds it read."""
    rows = Notification.objects.filter(kind=kind, about=about)
    rows.filter(mail=MailState.WAITING).update(mail=MailState.NONE)
    rows.filter(read_at=None).update(read_at=timezone.now())


def _mail_of(when: str) -> MailState:
    return MailState.NONE if when == When.NEVER else MailState.WAITING


def when_for(user, kinds: Iterable[Kind]) -> dict[str, When]:
    """When this person wants to be told, by kind."""
    chosen = dict(NotificationChoice.objects.filter(user=user).values_list("kind", "when"))
    return {kind.key: When(chosen.get(kind.key, kind.default)) for kind in kinds}


@transaction.atomic
def choose(*, user: User, choices: dict[str, str]) -> None:
    """Keep when this person wants to be told of each kind; what waits to be mailed follows."""
    for key, when in choices.items():
        NotificationChoice.objects.update_or_create(user=user, kind=key, defaults={"when": when})
        if when == When.NEVER:
            Notification.objects.filter(user=user, kind=key, mail=MailState.WAITING).update(
                mail=MailState.NONE
            )


def stop(*, user: User, kinds: Iterable[str]) -> None:
    """No mail about these kinds any more."""
    choose(user=user, choices={kind.key: When.NEVER for kind in kinds_named(kinds)})


def tell(user: User, rows: Sequence[Notification]) -> list[tuple[Notification, Told]]:
    """Rows with their words, in the order given; without those that may no longer be said.
    One call of each kind, whatever the number of rows."""
    ids: dict[str, list[int]] = {}
    for row in rows:
        ids.setdefault(row.kind, []).append(row.about)
    words = {
        key: _kinds[key].tell(user, sorted(set(about))) if key in _kinds else {}
        for key, about in ids.items()
    }
    return [(row, words[row.kind][row.about]) for row in rows if row.about in words[row.kind]]


def unread_of(user: User, limit: int) -> list[tuple[Notification, Told]]:
    """The newest that this person has not read, with their words."""
    if not user.has_unread:
        return []
    return tell(user, Notification.objects.filter(user=user, read_at=None)[:limit])


@transaction.atomic
def mark_read(*, user: User, rows=None) -> None:
    """Note that this person has read these rows (all of them without `rows`)."""
    mine = Notification.objects.filter(user=user, read_at=None)
    if rows is not None:
        mine = mine.filter(pk__in=[row.pk for row in rows])
    mine.update(read_at=timezone.now())
    left = Notification.objects.filter(user=user, read_at=None).exists()
    User.objects.filter(pk=user.pk).update(has_unread=left)
