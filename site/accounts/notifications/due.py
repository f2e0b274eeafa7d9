"""« Toujours exact ? »: once a month, each owner is asked about all that is due, in one mail.

Apps say what is due and to whom; the rest is here.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from django.utils import timezone

from accounts.models import NetworkMembership, Notification, User
from accounts.notifications import Kind, mark_read, notify
from core.jobs import job

EVERY = dt.timedelta(days=28)

Source = Callable[[], Iterable[tuple[int, int]]]
_sources: dict[str, Source] = {}


def register_due(kind: Kind, source: Source) -> None:
    """`source()` gives pairs of primary keys: who is asked, about what."""
    _sources[kind.key] = source


@job
def ask_what_is_due() -> int:
    """Ask whoever was not asked in the last `EVERY`; gives the number of people asked. Run each
    day: nobody is asked twice, and a day without a worker delays it by that day only."""
    mine = Notification.objects.filter(kind__in=_sources)
    asked = set(mine.filter(at__gte=timezone.now() - EVERY).values_list("user", flat=True))
    living = set(NetworkMembership.objects.live().values_list("user", flat=True))
    due: dict[int, list[tuple[str, int]]] = {}
    for kind, source in _sources.items():
        for person, about in source():
            if person in living - asked:
                due.setdefault(person, []).append((kind, about))
    for user in User.objects.in_bulk(due).values():
        # Last month's question, never read, must not keep this month's from being asked.
        mark_read(user=user, rows=mine.filter(user=user, read_at=None))
        for kind, about in due[user.pk]:
            notify(kind, about=about, to=[user])
    return len(due)
