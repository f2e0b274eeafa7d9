"""The directory as data: what this visitor may see, with the filters of the list."""

import csv
import io
import json
from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coordination.directory.filters import DirectorySearch
from coordination.directory.models import Organisation
from core.language import current_language
from core.text import plain_cell

BATCH = 500  # organisations read at a time


def rows(search: DirectorySearch, request: HttpRequest) -> Iterator[dict]:
    """One plain dictionary per organisation, read in batches."""
    for organisation in search.results.iterator(BATCH):
        yield {
            "name": organisation.name,
            "acronym": organisation.acronym,
            "kind": organisation.get_kind_display(),
            "kind_label": organisation.kind_label,
            "themes": [theme.name for theme in organisation.themes_list],
            "territory": str(organisation.territory or ""),
            "summary": organisation.summary,
            "services": organisation.services_list,
            "for_whom": organisation.for_whom,
            "conditions": organisation.conditions,
            "languages": organisation.languages_list,
            "address": organisation.address,
            "phone": organisation.phone,
            "email": organisation.email,
            "website": organisation.website,
            "hours": organisation.hours,
            "verified_on": _day(organisation),
            "url": request.build_absolute_uri(organisation.url),
        }


def _day(organisation: Organisation) -> str:
    moment = organisation.verified_at
    return timezone.localtime(moment).date().isoformat() if moment else ""


@require_safe
def directory_csv(request: HttpRequest) -> StreamingHttpResponse:
    """For a spreadsheet: semicolons and a byte order mark, as Belgian Excel reads it."""
    search = DirectorySearch(request.GET, request.user)
    heads = {
        "name": _("Nom"),
        "acronym": _("Sigle"),
        "kind": _("Famille"),
        "kind_label": _("Se nomme"),
        "themes": _("Thèmes"),
        "territory": _("Commune ou quartier"),
        "summary": _("En une phrase"),
        "services": _("Services"),
        "for_whom": _("Pour qui"),
        "conditions": _("Conditions"),
        "languages": _("Langues"),
        "address": _("Adresse"),
        "phone": _("Téléphone"),
        "email": _("Adresse électronique"),
        "website": _("Site web"),
        "hours": _("Heures d’ouverture"),
        "verified_on": _("Vérifié le"),
        "url": _("Fiche"),
    }

    def lines() -> Iterator[str]:
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=";")
        yield "\ufeff"
        writer.writerow(heads.values())
        for row in rows(search, request):
            cells = [" | ".join(v) if isinstance(v, list) else v for v in row.values()]
            writer.writerow([plain_cell(cell) for cell in cells])
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
        yield buffer.getvalue()

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    name = _("repertoire")
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate()}.csv"'
    return response


@require_safe
def directory_json(request: HttpRequest) -> StreamingHttpResponse:
    """For programs: `{"language", "generated_at", "organisations": [...]}`; the names of fields
    are the same in both languages."""
    search = DirectorySearch(request.GET, request.user)

    def parts() -> Iterator[str]:
        head = {
            "language": current_language(),
            "generated_at": timezone.now().isoformat(),
        }
        yield json.dumps(head, ensure_ascii=False)[:-1] + ', "organisations": ['
        for index, row in enumerate(rows(search, request)):
            yield (", " if index else "") + json.dumps(row, ensure_ascii=False)
        yield "]}"

    return StreamingHttpResponse(parts(), content_type="application/json")
