"""The directory on the desk of those in charge: what waits, records by age, what changed."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from coordination.directory.enums import AdhesionStatus, ReportState
from coordination.directory.models import (
    Adhesion,
    ErrorReport,
    Organisation,
    OrganisationChange,
    OrganisationContact,
    OrganisationMembership,
    Place,
)
from coordination.directory.models.organisation import FRESH_FOR
from coordination.directory.permissions import REPRESENTATIVE
from core.desk import MAX_PER_SOURCE, Waiting
from core.overview import OverviewPanel
from core.search import MAX_FOUND, Found
from core.visibility import reach_of

LATEST = 8


def waiting(user) -> Iterator[Waiting]:
    """Reports to answer, and records of one's own that nobody has checked for six months."""
    reach = reach_of(user)
    mine = [
        int(token.removeprefix(REPRESENTATIVE))
        for token in reach.tokens
        if token.startswith(REPRESENTATIVE)
    ]
    reports = ErrorReport.objects.filter(
        state=ReportState.OPEN, organisation__archived_at=None
    ).select_related("organisation")
    if not reach.networks:
        reports = reports.filter(organisation__in=mine)
    for report in reports[:MAX_PER_SOURCE] if mine or reach.networks else ():
        yield Waiting(
            title=_("Une erreur est signalée sur la fiche"),
            detail=report.organisation.name,
            url=reverse("directory:report_answer", args=[report.organisation.slug, report.pk]),
            icon="triangle-alert",
            since=timezone.localtime(report.at).date(),
        )
    if not mine:
        return
    stale = (
        Organisation.objects.visible_to(user)
        .filter(pk__in=mine)
        .filter(Q(verified_at=None) | Q(verified_at__lt=timezone.now() - FRESH_FOR))
    )
    for organisation in stale.order_by("verified_at", "name")[:MAX_PER_SOURCE]:
        yield Waiting(
            title=_("La fiche est à vérifier"),
            detail=organisation.name,
            url=organisation.url,
            icon="badge-check",
            since=organisation.verified_at and timezone.localtime(organisation.verified_at).date(),
        )


def _ages() -> dict:
    now = timezone.now()
    active = Organisation.objects.filter(archived_at=None)
    return active.aggregate(
        total=Count("pk"),
        fresh=Count("pk", filter=Q(verified_at__gte=now - FRESH_FOR)),
        ageing=Count(
            "pk",
            filter=Q(
                verified_at__lt=now - FRESH_FOR, verified_at__gte=now - dt.timedelta(days=365)
            ),
        ),
        old=Count("pk", filter=Q(verified_at__lt=now - dt.timedelta(days=365))),
        never=Count("pk", filter=Q(verified_at=None)),
    )


def panel(request: HttpRequest) -> dict:
    """What the directory's panel shows: a bounded number of queries, whatever is stored."""
    week = timezone.now() - dt.timedelta(days=7)
    changes = OrganisationChange.objects.select_related("organisation", "actor")
    speakers = OrganisationMembership.objects.representing()
    return {
        "ages": _ages(),
        "changes": list(changes[:LATEST]),
        "changes_of_the_week": changes.filter(at__gte=week).count(),
        "open_reports": list(
            ErrorReport.objects.filter(state=ReportState.OPEN).select_related("organisation")[
                :LATEST
            ]
        ),
        "open_report_count": ErrorReport.objects.filter(state=ReportState.OPEN).count(),
        "without_voice": Organisation.objects.filter(archived_at=None)
        .exclude(pk__in=speakers.values("organisation"))
        .count(),
        "effective": Adhesion.objects.live().filter(status=AdhesionStatus.EFFECTIVE).count(),
        "oldest": list(
            Organisation.objects.filter(archived_at=None, verified_at__isnull=False).order_by(
                "verified_at"
            )[:LATEST]
        ),
    }


PANEL = OverviewPanel(order=20, template="directory/admin/overview.html", context=panel)


def _has_words(field: str, words: list[str]) -> Q:
    condition = Q()
    for word in words:
        condition &= Q(**{f"{field}__contains": word})
    return condition


def find_organisations(words: list[str], user) -> list[Found]:
    """By name, acronym or description; archived ones too."""
    if not reach_of(user).networks:
        return []
    found = Organisation.objects.known_to(user).filter(_has_words("search_text", words))
    return [
        Found(
            label=organisation.name,
            detail=_("archivé") if organisation.archived_at else organisation.kind_label,
            url=organisation.url,
            icon="group",
        )
        for organisation in found.order_by("name")[:MAX_FOUND]
    ]


def find_places(words: list[str], user) -> list[Found]:
    if not reach_of(user).networks:
        return []
    found = Place.objects.visible_to(user).filter(_has_words("search_text", words))
    return [
        Found(place.name, place.address, reverse("place:edit", args=[place.pk]), "home")
        for place in found.order_by("name_fr")[:MAX_FOUND]
    ]


def find_people(words: list[str], user) -> list[Found]:
    """People with their functions: those of their account, of their organisations, of their
    contacts."""
    if not reach_of(user).networks:
        return []
    people = list(
        User.objects.filter(_has_words("search_text", words)).order_by("function_fr", "email")[
            :MAX_FOUND
        ]
    )
    functions: dict[int, list[str]] = {}
    memberships = OrganisationMembership.objects.live().filter(user__in=people)
    for membership in memberships.select_related("organisation"):
        text = f"{membership.organisation} ({membership.get_role_display()})"
        functions.setdefault(membership.user_id, []).append(text)
    for contact in OrganisationContact.objects.filter(holder__in=people):
        functions.setdefault(contact.holder_id, []).append(contact.function)
    return [
        Found(
            str(person),
            ", ".join([person.email, *functions.get(person.pk, [])]),
            reverse("user:edit", args=[person.pk]),
            "user",
            action=_("Transmettre ses fonctions"),
            action_url=reverse("accounts_hand_over_for", args=[person.pk]),
        )
        for person in people
    ]
