"""What people are told about records."""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.notifications import Kind, Told
from coordination.directory.enums import ReportState
from coordination.directory.links import record_link
from coordination.directory.models import ErrorReport, Organisation, OrganisationMembership
from coordination.directory.models.organisation import FRESH_FOR
from coordination.directory.permissions import REPRESENTATIVE, can_edit_record, represents
from core.journal import last_entries
from core.visibility import reach_of


def due_records() -> Iterable[tuple[int, int]]:
    """Who is asked whether which record still holds: each representative of a record that nobody
    has checked for six months."""
    stale = Organisation.objects.filter(archived_at=None).filter(
        Q(verified_at=None) | Q(verified_at__lt=timezone.now() - FRESH_FOR)
    )
    return (
        OrganisationMembership.objects.representing()
        .filter(organisation__in=stale)
        .order_by("user", "organisation")
        .values_list("user", "organisation")
    )


def _editable(user: User, ids: Iterable[int]) -> dict[int, Organisation]:
    known = Organisation.objects.visible_to(user).filter(pk__in=ids)
    return {one.pk: one for one in known if can_edit_record(user, one)}


def _tell_reports(user: User, ids: Sequence[int]) -> dict[int, Told]:
    reports = ErrorReport.objects.filter(pk__in=ids)
    mine = _editable(user, {report.organisation_id for report in reports})
    return {
        report.pk: Told(
            title=_("Une erreur est signalée sur la fiche"),
            url=reverse(
                "directory:report_answer", args=[mine[report.organisation_id].slug, report.pk]
            ),
            detail=mine[report.organisation_id].name,
            icon="triangle-alert",
        )
        for report in reports
        if report.organisation_id in mine
    }


def _tell_answers(user: User, ids: Sequence[int]) -> dict[int, Told]:
    reports = ErrorReport.objects.filter(pk__in=ids, reporter=user).exclude(state=ReportState.OPEN)
    known = Organisation.objects.visible_to(user).filter(
        pk__in=[report.organisation_id for report in reports]
    )
    names = dict(known.values_list("pk", "name"))
    return {
        report.pk: Told(
            title=_("L’erreur que vous avez signalée est examinée"),
            url=report.receipt_url,
            detail=names[report.organisation_id],
            icon="circle-check",
        )
        for report in reports
        if report.organisation_id in names
    }


def _tell_changes(user: User, ids: Sequence[int]) -> dict[int, Told]:
    return {
        pk: Told(
            title=_("La fiche de votre organisme a changé"),
            url=reverse("directory:organisation_history", args=[organisation.slug]),
            detail=organisation.name,
            icon="pencil",
        )
        for pk, organisation in _editable(user, ids).items()
    }


def _tell_due(user: User, ids: Sequence[int]) -> dict[int, Told]:
    return {
        pk: Told(
            title=_("La fiche est-elle toujours exacte ?"),
            url=organisation.url,
            mail_url=record_link(user, organisation) if represents(user, organisation) else "",
            detail=organisation.name,
            icon="badge-check",
            since=organisation.verified_at and timezone.localdate(organisation.verified_at),
        )
        for pk, organisation in _editable(user, ids).items()
        if not organisation.is_fresh
    }


def _tell_unrepresented(user: User, ids: Sequence[int]) -> dict[int, Told]:
    """Organisations whose last representative left, with the word they wrote, as long as nobody
    took their place."""
    spoken = OrganisationMembership.objects.speaking().filter(organisation__in=ids)
    known = Organisation.objects.visible_to(user).filter(pk__in=ids)
    left = last_entries("directory.unrepresented", ids) if _oversees(user) else {}
    return {
        one.pk: Told(
            title=_("Personne ne représente plus cet organisme"),
            url=one.url,
            detail=", ".join(filter(None, (one.name, left[one.pk].data.get("word", "")))),
            icon="building-2",
            since=timezone.localdate(left[one.pk].timestamp),
        )
        for one in known.exclude(pk__in=spoken.values("organisation"))
        if one.pk in left
    }


def _oversees(user) -> bool:
    return bool(reach_of(user).networks)


def _speaks(user) -> bool:
    return any(token.startswith(REPRESENTATIVE) for token in reach_of(user).tokens)


def _answers_reports(user) -> bool:
    return _speaks(user) or bool(reach_of(user).networks)


REPORT = Kind(
    key="directory.report",
    label=gettext_lazy("Une erreur est signalée sur une fiche"),
    why=gettext_lazy("parce que vous pouvez corriger cette fiche"),
    tell=_tell_reports,
    concerns=_answers_reports,
)
ANSWER = Kind(
    key="directory.answer",
    label=gettext_lazy("Une réponse à une erreur que j’ai signalée"),
    why=gettext_lazy("parce que vous avez signalé une erreur"),
    tell=_tell_answers,
)
CHANGE = Kind(
    key="directory.change",
    label=gettext_lazy("Quelqu’un d’autre change la fiche de mon organisme"),
    why=gettext_lazy("parce que vous représentez cet organisme"),
    tell=_tell_changes,
    concerns=_speaks,
)
DUE = Kind(
    key="directory.due",
    label=gettext_lazy("La fiche de mon organisme est à relire, une fois par mois"),
    why=gettext_lazy("parce que vous représentez cet organisme"),
    tell=_tell_due,
    concerns=_speaks,
)
UNREPRESENTED = Kind(
    key="directory.unrepresented",
    label=gettext_lazy("Un organisme n’a plus de représentant"),
    why=gettext_lazy("parce que vous coordonnez le réseau"),
    tell=_tell_unrepresented,
    concerns=_oversees,
)
KINDS = (REPORT, ANSWER, CHANGE, DUE, UNREPRESENTED)
