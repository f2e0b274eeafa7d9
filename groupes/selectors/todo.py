"""What waits for the pilots of a group: requests, items to accept, mandates, pages to check."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from core.models import PageCheck
from groupes.models import (
    GroupPage,
    GroupResourcePage,
    JoinRequest,
    Mandate,
    SharedItem,
    WorkingGroup,
)

SOON = dt.timedelta(days=183)  # six months
STALE = dt.timedelta(days=365)


@dataclass(frozen=True)
class PageDue:
    """A page that nobody has confirmed for a year: which, of what group, since when."""

    page: Page
    group: WorkingGroup
    since: dt.datetime


@dataclass(frozen=True)
class Todo:
    """Everything that waits in some groups, the oldest first."""

    requests: list[JoinRequest]
    items: list[SharedItem]
    mandates: list[Mandate]
    pages: list[PageDue]

    @property
    def count(self) -> int:
        return len(self.requests) + len(self.items) + len(self.mandates) + len(self.pages)


def todo_of(groups: Iterable[int]) -> Todo:
    """What waits in the groups of these primary keys, in a fixed number of queries."""
    groups = list(groups)
    today = timezone.localdate()
    return Todo(
        requests=list(
            JoinRequest.objects.pending()
            .filter(group__in=groups)
            .select_related("group", "user", "organisation")
        ),
        items=list(
            SharedItem.objects.pending()
            .filter(group__in=groups)
            .select_related("group", "author", "audience", "wanted")
            .order_by("created_at", "pk")
        ),
        mandates=list(
            Mandate.objects.filter(group__in=groups, end__gt=today, end__lte=today + SOON)
            .select_related("group")
            .order_by("end", "pk")
        ),
        pages=due_pages(groups),
    )


def due_pages(groups: Iterable[int]) -> list[PageDue]:
    """The published French pages of these groups that were neither published nor confirmed for a
    year; the French one answers for both languages."""
    own = list(
        GroupPage.objects.filter(group__in=groups, locale__language_code="fr").select_related(
            "group"
        )
    )
    group_at = {page.path: page.group for page in own}
    below = Q(pk=None)
    for page in own:
        below |= Q(path__startswith=page.path, depth=page.depth + 1)
    pages = [*own, *GroupResourcePage.objects.filter(below)]
    checks = dict(
        PageCheck.objects.filter(
            translation_key__in=[page.translation_key for page in pages]
        ).values_list("translation_key", "checked_at")
    )
    limit = timezone.now() - STALE
    due = []
    for page in pages:
        moments = [page.last_published_at, checks.get(page.translation_key)]
        since = max((moment for moment in moments if moment), default=None)
        if page.live and since is not None and since < limit:
            group = group_at.get(page.path) or group_at[page.path[: -Page.steplen]]
            due.append(PageDue(page, group, since))
    return sorted(due, key=lambda one: one.since)
