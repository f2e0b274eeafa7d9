"""What waits for somebody about groups, on their account page (core.desk)."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.desk import MAX_PER_SOURCE, Waiting
from core.visibility import MEMBER, reach_of
from groupes.enums import RequestState
from groupes.models import JoinRequest, WorkingGroup
from groupes.permissions import PILOT
from groupes.selectors.groups import known_groups
from groupes.selectors.space import function_of
from groupes.selectors.todo import Todo, todo_of

RECENT = dt.timedelta(days=30)


def waiting_for(user) -> list[Waiting]:
    """For a pilot, what waits in the groups piloted; for everybody, the answers of the last month
    to their requests. Whoever oversees the network has the overview instead."""
    tokens = reach_of(user).tokens
    if MEMBER not in tokens:
        return []
    piloted = [int(t.removeprefix(PILOT)) for t in tokens if t.startswith(PILOT)]
    waiting = list(_answers(user))
    if piloted and not reach_of(user).networks:
        known = known_groups(user).keys() & set(piloted)
        if known:
            waiting = [*_tasks(todo_of(known)), *waiting]
    return waiting[:MAX_PER_SOURCE]


def _tasks(todo: Todo) -> Iterator[Waiting]:
    for request in todo.requests:
        yield Waiting(
            title=_("Une demande de participation attend votre réponse"),
            url=reverse("groupes:request", args=[request.group.slug, request.pk]),
            detail=f"{function_of(request.user)}, {request.group.name}",
            icon="users-round",
            thread=request.group.thread,
            since=timezone.localdate(request.created_at),
        )
    for item in todo.items:
        yield Waiting(
            title=_("Une info attend votre accord pour être publique"),
            url=item.url,
            detail=f"{item.title}, {item.group.name}",
            icon="hourglass",
            thread=item.group.thread,
            since=timezone.localdate(item.created_at),
        )
    for mandate in todo.mandates:
        yield _of_group(
            mandate.group,
            _("Un mandat prend fin dans les six mois"),
            mandate.group.name,
            "calendar-clock",
            None,
        )
    for due in todo.pages:
        yield _of_group(
            due.group,
            _("Une page n’a pas été relue depuis un an"),
            f"{due.page.title}, {due.group.name}",
            "file-text",
            timezone.localdate(due.since),
        )


def _of_group(
    group: WorkingGroup, title: str, detail: str, icon: str, since: dt.date | None
) -> Waiting:
    url = reverse("groupes:todo", args=[group.slug])
    return Waiting(title, url, detail, icon=icon, thread=group.thread, since=since)


def _answers(user) -> Iterator[Waiting]:
    answered = JoinRequest.objects.filter(
        user=user,
        state__in=[RequestState.ACCEPTED, RequestState.REFUSED],
        answered_at__gte=timezone.now() - RECENT,
    ).select_related("group")
    words = {
        RequestState.ACCEPTED: _("Votre demande de participation est acceptée"),
        RequestState.REFUSED: _("Votre demande de participation a reçu une réponse"),
    }
    rows = list(answered.order_by("-answered_at")[:MAX_PER_SOURCE])
    known = known_groups(user) if rows else {}
    for request in rows:
        if request.group_id in known:
            yield Waiting(
                title=words[request.state],
                url=reverse("groupes:join", args=[request.group.slug]),
                detail=request.group.name,
                icon="badge-check" if request.state == RequestState.ACCEPTED else "info",
                thread=request.group.thread,
                since=timezone.localdate(request.answered_at),
            )
