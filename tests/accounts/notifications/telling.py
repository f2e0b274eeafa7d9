"""What somebody is told, and how it is sent."""

import datetime as dt

import time_machine
from django.utils import timezone

from accounts.models import Notification, User
from accounts.notifications import (
    tell,
)
from groupes.enums import Scope
from groupes.services import sharing
from tests.people import Role

NOON = dt.datetime(2026, 11, 25, 11, 0, tzinfo=dt.UTC)  # a Wednesday


def told_to(user, kind: str = "") -> list[Notification]:
    rows = Notification.objects.filter(user=user)
    return list(rows.filter(kind=kind) if kind else rows)


def words_for(user) -> list[str]:
    """What somebody reads in their list today."""
    fresh = User.objects.get(pk=user.pk)
    rows = list(Notification.objects.filter(user=fresh))
    return [f"{told.title} {told.detail}" for _row, told in tell(fresh, rows)]


def later(**delta):
    return time_machine.travel(timezone.now() + dt.timedelta(**delta), tick=False)


def send(work) -> int:
    """Run one of the mailing jobs as the worker does, once what happened has settled."""
    with later(minutes=3):
        return work.func()


def share(people, group, title="Colis du lundi", scope=Scope.GROUP, by=Role.GROUP_MEMBER):
    return sharing.share_item(
        actor=people[by], group=group, title=title, scope=scope, text="Bref texte."
    )
