import csv
import io
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms.admin import JournalForm
from accounts.journal.search import all_lines, entries, lines
from accounts.permissions import can_read_journal
from core.paging import page_of
from core.text import plain_cell

PER_PAGE = 50


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """The sensitive actions of the network, for those who oversee it."""
    if not can_read_journal(request.user):
        raise Http404
    form = JournalForm(request.GET)
    page = page_of(entries(request.user, form.search), request.GET.get("p"), PER_PAGE)
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "form": form,
        "page_obj": page,
        "lines": lines(page.object_list),
        "query": query.urlencode(),
        "is_narrowed": any(value for name, value in query.items()),
    }
    return render(request, "accounts/admin/journal.html", context)


@require_safe
def journal_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same for a spreadsheet: semicolons and a byte order mark, as Belgian Excel reads it."""
    if not can_read_journal(request.user):
        raise Http404
    search = JournalForm(request.GET).search
    heads = [_("Quand"), _("Qui"), _("Quoi"), _("Sur quoi"), _("Sorte")]

    def rows() -> Iterator[list[str]]:
        yield heads
        for line in all_lines(request.user, search):
            at = timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M")
            yield [at, line.who or _("le portail"), line.what, line.about, str(line.kind.label)]

    response = StreamingHttpResponse(_written(rows()), content_type="text/csv; charset=utf-8")
    name = f"{_('journal')}-{timezone.localdate()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _written(rows: Iterator[list[str]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    yield "\ufeff"
    for row in rows:
        writer.writerow([plain_cell(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
