"""What changed on the records, and taking it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coordination.directory.forms.report import ArchiveForm
from coordination.directory.models import Organisation, OrganisationChange
from coordination.directory.permissions import can_oversee_records
from coordination.directory.services.duplicates import possible_duplicates
from coordination.directory.services.lifecycle import archive, merge, restore
from coordination.directory.services.record import revert, snapshot
from coordination.directory.views.common import (
    asks_to_sign_in,
    directory_crumbs,
    overseers_only,
    record_crumbs,
)
from coordination.directory.views.record import editable_or_404
from coordination.directory.wording import RecordWords, say_field
from core.paging import page_of
from core.text import MAX_QUERY


def _listed(request: HttpRequest, changes):
    page = page_of(changes.select_related("organisation", "actor"), request.GET.get("page"))
    words = RecordWords.of_changes(page)
    return page, [{"change": change, "fields": words.change(change)} for change in page]


@never_cache
@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    """All changes of all records, the latest first, for the coordination."""
    overseers_only(request)
    page, rows = _listed(request, OrganisationChange.objects.all())
    context = {"page_obj": page, "rows": rows, "crumbs": directory_crumbs(), "may_revert": True}
    return render(request, "directory/change_list.html", context)


@never_cache
@require_safe
@asks_to_sign_in
def organisation_history(request: HttpRequest, slug: str) -> HttpResponse:
    """The changes of one record, for those who may edit it."""
    if can_oversee_records(request.user):
        organisation = get_object_or_404(Organisation, slug=slug)
    else:
        organisation = editable_or_404(request, slug)
    page, rows = _listed(request, organisation.changes.all())
    context = {
        "organisation": organisation,
        "page_obj": page,
        "rows": rows,
        "crumbs": record_crumbs(organisation),
        "may_revert": can_oversee_records(request.user) and not organisation.archived_at,
    }
    return render(request, "directory/change_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_revert(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back fields of a change: what was there, what is there now, field by field."""
    overseers_only(request)
    change = get_object_or_404(
        OrganisationChange.objects.select_related("organisation").filter(
            organisation__archived_at=None
        ),
        pk=pk,
    )
    if request.method == "POST":
        names = [name for name in request.POST.getlist("field") if name in change.differences]
        try:
            done = revert(actor=request.user, change=change, fields=names) if names else None
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(request.path)
        number = len(done.differences) if done else 0
        messages.success(
            request,
            ngettext(
                "%(n)d champ est revenu en arrière.",
                "%(n)d champs sont revenus en arrière.",
                number,
            )
            % {"n": number},
        )
        return redirect("directory:organisation_history", change.organisation.slug)
    now = snapshot(change.organisation)
    words = RecordWords(
        [*((n, v) for n, both in change.differences.items() for v in both), *now.items()]
    )
    fields = [
        {**field, "now": words.say(field["name"], now.get(field["name"]))}
        for field in words.change(change)
        if field["revertible"]
    ]
    context = {"change": change, "fields": fields, "crumbs": record_crumbs(change.organisation)}
    return render(request, "directory/change_revert.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a record out of the lists, or put it back."""
    overseers_only(request)
    organisation = get_object_or_404(Organisation, slug=slug, merged_into=None)
    form = ArchiveForm(request.POST or None)
    if request.method == "POST" and organisation.archived_at:
        restore(actor=request.user, organisation=organisation)
        messages.success(request, _("La fiche est de nouveau dans les listes."))
        return redirect(organisation.url)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            archive(actor=request.user, organisation=organisation, note=form.cleaned_data["note"])
            form.note_kept(request.user, organisation)
        messages.success(request, _("La fiche est archivée. Qui ouvre son adresse le lit."))
        return redirect(organisation.url)
    context = {"organisation": organisation, "form": form, "crumbs": record_crumbs(organisation)}
    status = 422 if form.errors else 200
    return render(request, "directory/organisation_archive.html", context, status=status)


@never_cache
@require_safe
def merge_choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Which record is the same organisation as this one: look-alikes, or a search by name."""
    overseers_only(request)
    organisation = get_object_or_404(Organisation, slug=slug, archived_at=None)
    others = Organisation.objects.visible_to(request.user).exclude(pk=organisation.pk)
    query = " ".join(request.GET.get("q", "")[:MAX_QUERY].split())
    found = (
        list(others.matching(query).order_by("name")[:10])
        if query
        else possible_duplicates(
            organisation.name,
            acronym=organisation.acronym,
            phone=organisation.phone,
            among=others,
        )
    )
    context = {
        "organisation": organisation,
        "query": query,
        "found": found,
        "crumbs": record_crumbs(organisation),
    }
    return render(request, "directory/merge_choose.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merge_records(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Two records side by side: field by field, which one is right. `slug` stays, `other` goes."""
    overseers_only(request)
    if slug == other:
        raise Http404
    active = Organisation.objects.filter(archived_at=None)
    kept, dropped = get_object_or_404(active, slug=slug), get_object_or_404(active, slug=other)
    mine, theirs = snapshot(kept), snapshot(dropped)
    names = [n for n in mine if not n.startswith("contact:") and mine[n] != theirs.get(n)]
    if request.method == "POST":
        values = {name: theirs[name] for name in names if request.POST.get(name) == "dropped"}
        try:
            merge(actor=request.user, kept=kept, dropped=dropped, values=values)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(request.path)
        messages.success(request, _("Les deux fiches n’en font plus qu’une."))
        return redirect(kept.url)
    words = RecordWords([*mine.items(), *theirs.items()])
    fields = [
        {
            "name": name,
            "label": say_field(name),
            "kept": words.say(name, mine[name]),
            "dropped": words.say(name, theirs[name]),
            # What only the other record says is taken by default.
            "take_dropped": not mine[name] and bool(theirs[name]),
        }
        for name in names
    ]
    context = {"kept": kept, "dropped": dropped, "fields": fields, "crumbs": record_crumbs(kept)}
    return render(request, "directory/merge_records.html", context)
