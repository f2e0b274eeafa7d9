"""Invitations and requests on one screen, by state."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import CharField, Count, F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from coordination.directory.models import Organisation
from coordination.welcome.enums import InvitationState, RequestState
from coordination.welcome.models import Invitation, Request
from coordination.welcome.notifications import who
from core.paging import page_of
from core.visibility import reach_of

PER_PAGE = 30
INVITATION, REQUEST = "invitation", "request"


@dataclass(frozen=True)
class Tab:
    """A state in words of everyday life, and what stands in it. The oldest first where something
    is to be done."""

    key: str
    label: str
    icon: str
    requests: frozenset[str] = frozenset()
    invitations: frozenset[str] = frozenset()
    oldest_first: bool = False


def all_tabs(user) -> list[Tab]:
    """Those of this person: whoever oversees no network has invitations only."""
    tabs = [
        Tab(
            "a-traiter", _("À traiter"), "hourglass", _set(RequestState.WAITING), oldest_first=True
        ),
        Tab(
            "invitations",
            _("Invitations en attente"),
            "mail",
            invitations=_set(InvitationState.WAITING),
            oldest_first=True,
        ),
        Tab(
            "acceptees",
            _("Acceptées"),
            "badge-check",
            _set(RequestState.ACCEPTED),
            _set(InvitationState.ACCEPTED),
        ),
        Tab(
            "refusees",
            _("Refusées ou retirées"),
            "x",
            _set(RequestState.REFUSED, RequestState.WITHDRAWN),
            _set(InvitationState.WITHDRAWN),
        ),
        Tab(
            "a-confirmer",
            _("Adresse pas encore confirmée"),
            "clock",
            _set(RequestState.UNCONFIRMED),
        ),
    ]
    return tabs if reach_of(user).networks else [tab for tab in tabs if tab.invitations]


def _set(*states: str) -> frozenset[str]:
    return frozenset(str(state) for state in states)


class Management:
    """The screen for one person: tabs with their counts, the rows of one, the filter."""

    def __init__(self, user, query) -> None:
        self.user = user
        tabs = all_tabs(user)
        self.tab = next((tab for tab in tabs if tab.key == query.get("etat")), tabs[0])
        self.requests = Request.objects.managed_by(user)
        self.invitations = Invitation.objects.managed_by(user)
        self.organisations = list(
            Organisation.objects.filter(
                Q(pk__in=self.invitations.values("organisation"))
                | Q(pk__in=self.requests.values("organisation"))
            ).order_by("name")
        )
        slug = query.get("organisme", "")
        self.organisation = next((o for o in self.organisations if o.slug == slug), None)
        if self.organisation:
            self.requests = self.requests.filter(organisation=self.organisation)
            self.invitations = self.invitations.filter(organisation=self.organisation)
        self.tabs = self._with_counts(tabs)
        self.page = self._page(query.get("page"))

    def _with_counts(self, tabs: list[Tab]) -> list[dict]:
        requests, invitations = _by_state(self.requests), _by_state(self.invitations)
        kept = f"&organisme={self.organisation.slug}" if self.organisation else ""
        return [
            {
                "label": tab.label,
                "icon": tab.icon,
                "url": f"{reverse('welcome:manage')}?etat={tab.key}{kept}",
                "current": tab == self.tab,
                "count": sum(requests.get(state, 0) for state in tab.requests)
                + sum(invitations.get(state, 0) for state in tab.invitations),
            }
            for tab in tabs
        ]

    def _page(self, number: str | None) -> Page:
        """A page of rows: keys of both kinds in one order, then the objects."""
        requests = self.requests.filter(state__in=self.tab.requests)
        invitations = self.invitations.filter(state__in=self.tab.invitations)
        keys = _keys(requests, REQUEST, "created_at").union(
            _keys(invitations, INVITATION, "asked_at"), all=True
        )
        order = ("when", "key") if self.tab.oldest_first else ("-when", "-key")
        page = page_of(keys.order_by(*order), number, PER_PAGE)
        found = {
            REQUEST: requests.select_related("organisation", "answered_by"),
            INVITATION: invitations.select_related("organisation", "invited_by", "accepted_by"),
        }
        rows = {
            (kind, pk): row
            for kind, objects in found.items()
            for pk, row in objects.in_bulk([k["key"] for k in page if k["sort"] == kind]).items()
        }
        page.object_list = [
            {"kind": key["sort"], "row": rows[key["sort"], key["key"]]}
            for key in page
            if (key["sort"], key["key"]) in rows
        ]
        for line in page.object_list:
            if line["kind"] == REQUEST:
                line["who"] = who(line["row"])
        return page


def _keys(rows, sort: str, moment: str):
    """Primary keys with their kind and the moment to put them in order. Without a model's own
    order, which a union refuses."""
    return (
        rows.order_by()
        .annotate(key=F("pk"), sort=Value(sort, CharField()), when=F(moment))
        .values("key", "sort", "when")
    )


def _by_state(rows) -> dict[str, int]:
    counted = rows.order_by().values("state").annotate(number=Count("pk"))
    return {row["state"]: row["number"] for row in counted}
