import csv
import io
from collections.abc import Iterator

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.enums import JournalKind
from accounts.permissions import can_read_journal
from accounts.selectors.journal import JournalSearch, all_lines, entries, lines
from core.forms.text import LineField
from core.paging import page_of
from core.text import plain_cell

PER_PAGE = 50


class JournalForm(forms.Form):
    """What is looked for in the journal."""

    qui = LineField(
        label=gettext_lazy("Qui"),
        help_text=gettext_lazy("Un nom, une fonction ou une adresse."),
        required=False,
        max_length=200,
    )
    sorte = forms.ChoiceField(
        label=gettext_lazy("Sorte"),
        choices=[("", gettext_lazy("toutes")), *JournalKind.choices],
        required=False,
    )
    du = forms.DateField(
        label=gettext_lazy("Du"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    au = forms.DateField(
        label=gettext_lazy("Au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    sur = LineField(
        label=gettext_lazy("Sur quoi"),
        help_text=gettext_lazy("Un organisme, un groupe, une personne."),
        required=False,
        max_length=200,
    )

    @property
    def search(self) -> JournalSearch:
        """What was understood; a filter that makes no sense is left out, and said."""
        self.is_valid()
        said = self.cleaned_data
        return JournalSearch(
            who=said.get("qui", ""),
            kind=said.get("sorte", ""),
            first=said.get("du"),
            last=said.get("au"),
            about=said.get("sur", ""),
        )


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
