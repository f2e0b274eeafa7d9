"""All the groups at a glance, for whoever oversees the network (core.overview, core.search)."""

import datetime as dt

from django.db.models import Count, Max, Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from core.overview import OverviewPanel
from core.search import MAX_FOUND, Found
from core.visibility import reach_of
from groupes.enums import BodyKind
from groupes.models import (
    GroupMembership,
    GroupOrganisation,
    GroupPage,
    GroupResourcePage,
    JoinRequest,
    Mandate,
    SharedItem,
    WorkingGroup,
)
from groupes.selectors.space import function_of


def overview(request: HttpRequest) -> dict:
    """`{"groups": [...]}`: one row per group, in a fixed number of queries; none for whoever does
    not oversee a network."""
    networks = reach_of(request.user).networks
    groups = list(WorkingGroup.objects.filter(site__in=networks))
    pilots: dict[int, list[str]] = {}
    live = GroupMembership.objects.live()
    for row in live.piloting().select_related("user"):
        pilots.setdefault(row.group_id, []).append(function_of(row.user))
    members = _by_group(live, Count("user", distinct=True))
    organisations = _by_group(
        GroupOrganisation.objects.live(), Count("organisation", distinct=True)
    )
    waiting = _by_group(JoinRequest.objects.pending(), Count("pk"))
    items = _by_group(SharedItem.objects.pending(), Count("pk"))
    today = timezone.localdate()
    ends = _by_group(Mandate.objects.filter(end__gt=today), Min("end"))
    mandated = set(Mandate.objects.values_list("group_id", flat=True))
    activity = _activity()
    return {
        "groups": [
            {
                "group": group,
                "url": reverse("workinggroup:edit", args=[group.pk]),
                "pilots": pilots.get(group.pk, []),
                "members": members.get(group.pk, 0),
                "organisations": organisations.get(group.pk, 0),
                "invites_all": group.kind == BodyKind.ASSEMBLY,
                "waiting": waiting.get(group.pk, 0) + items.get(group.pk, 0),
                "todo_url": reverse("groupes:todo", args=[group.slug]),
                "last_activity": activity.get(group.pk),
                "mandate_end": ends.get(group.pk),
                "mandate_is_over": group.pk in mandated and group.pk not in ends,
            }
            for group in groups
        ]
    }


def _by_group(rows, aggregate) -> dict:
    return dict(rows.order_by().values_list("group_id").annotate(value=aggregate))


def _activity() -> dict[int, dt.date]:
    """The last day something happened in each group: a page, a shared item, somebody coming in."""
    last: dict[int, dt.date] = {}

    def note(group_id: int, day: dt.date | dt.datetime | None) -> None:
        if isinstance(day, dt.datetime):
            day = timezone.localdate(day)
        if day and (group_id not in last or last[group_id] < day):
            last[group_id] = day

    group_at = {}
    for path, group_id, moment in GroupPage.objects.order_by().values_list(
        "path", "group_id", "last_published_at"
    ):
        group_at[path] = group_id
        note(group_id, moment)
    for path, moment in GroupResourcePage.objects.order_by().values_list(
        "path", "last_published_at"
    ):
        if (group_id := group_at.get(path[: -Page.steplen])) is not None:
            note(group_id, moment)
    for group_id, moment in _by_group(SharedItem.objects.all(), Max("created_at")).items():
        note(group_id, moment)
    started = GroupMembership.objects.filter(start__lte=timezone.localdate())
    for group_id, day in _by_group(started, Max("start")).items():
        note(group_id, day)
    return last


def find_groups(words: list[str], user) -> list[Found]:
    """Groups by name, for whoever oversees the network."""
    networks = reach_of(user).networks
    found = WorkingGroup.objects.matching(" ".join(words)).filter(site__in=networks)
    return [
        Found(group.name, group.kind_label, reverse("workinggroup:edit", args=[group.pk]), "group")
        for group in found[:MAX_FOUND]
    ]


GROUPS_PANEL = OverviewPanel(order=30, template="groupes/admin/overview.html", context=overview)
