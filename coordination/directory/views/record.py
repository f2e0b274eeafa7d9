"""A record in the hands of those it belongs to."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from coordination.directory.editing import RecordEditor, keep_draft
from coordination.directory.forms.record import NewRecordForm
from coordination.directory.links import confirm_by_link, read_link
from coordination.directory.models import Organisation, OrganisationDraft
from coordination.directory.permissions import can_edit_record
from coordination.directory.services.lifecycle import create_record
from coordination.directory.services.record import EditConflictError, verify
from coordination.directory.views.common import (
    asks_to_sign_in,
    directory_crumbs,
    overseers_only,
    record_crumbs,
)
from core.wording import say_time


def editable_or_404(request: HttpRequest, slug: str) -> Organisation:
    """The record, for those who may edit it."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    if not can_edit_record(request.user, organisation):
        raise Http404
    return organisation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@asks_to_sign_in
def organisation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole record on one page, in both languages; a draft is kept while typing."""
    organisation = editable_or_404(request, slug)
    status = 200
    if request.method == "POST" and "discard" in request.POST:
        OrganisationDraft.objects.filter(organisation=organisation, user=request.user).delete()
        messages.success(request, _("Votre brouillon est effacé. La fiche n’a pas changé."))
        return redirect(request.path)
    if request.method == "POST" and "draft" in request.POST:
        keep_draft(request, organisation)
        messages.success(request, _("Votre brouillon est gardé. La fiche n’a pas changé."))
        return redirect(organisation.url)
    editor = RecordEditor(request, organisation)
    if request.method == "POST":
        status = 422
        if editor.is_valid():
            try:
                editor.save()
            except EditConflictError as conflict:
                editor.show_conflict(conflict)
                status = 409
            else:
                messages.success(request, _("La fiche est à jour. Merci !"))
                return redirect(Organisation.objects.get(pk=organisation.pk).url)
    context = {
        "organisation": organisation,
        "editor": editor,
        "crumbs": record_crumbs(organisation),
    }
    return render(request, "directory/organisation_edit.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """What a script sends while somebody types; answers when it was kept."""
    organisation = editable_or_404(request, slug)
    if request.method != "POST":
        return redirect("directory:organisation_edit", slug)
    keep_draft(request, organisation)
    return JsonResponse({"saved_at": say_time(timezone.localtime().time())})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@asks_to_sign_in
def organisation_verify(request: HttpRequest, slug: str) -> HttpResponse:
    """« C’est toujours exact »."""
    organisation = editable_or_404(request, slug)
    if request.method == "POST":
        verify(actor=request.user, organisation=organisation)
        messages.success(request, _("Merci : la fiche porte la date d’aujourd’hui."))
    return redirect(organisation.url)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_confirm(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """« C’est toujours exact », from a mail: the page shows the record, its button notes it."""
    if request.method == "POST":
        organisation = confirm_by_link(slug=slug, token=token)
    else:
        found = read_link(slug, token)
        organisation = found and found[1]
    context = {"organisation": organisation, "done": request.method == "POST", "slug": slug}
    status = 200 if organisation else 410
    return render(request, "directory/organisation_confirm.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_add(request: HttpRequest) -> HttpResponse:
    """The first words of a new record; its look-alikes are shown before it exists."""
    overseers_only(request)
    form = NewRecordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        organisation = create_record(actor=request.user, organisation=form.save(commit=False))
        messages.success(request, _("La fiche existe. Complétez ce que vous savez."))
        return redirect("directory:organisation_edit", organisation.slug)
    context = {"form": form, "alike": form.alike, "crumbs": directory_crumbs()}
    status = 422 if form.errors else 200
    return render(request, "directory/organisation_add.html", context, status=status)


@never_cache
@require_GET
def organisation_alike(request: HttpRequest) -> HttpResponse:
    """A fragment: the records that look like what is being typed."""
    overseers_only(request)
    form = NewRecordForm(request.GET, user=request.user)
    form.is_valid()
    return render(request, "directory/_alike.html", {"alike": form.alike})
