from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from core.paging import page_of
from groupes import permissions
from groupes.forms.sharing import FolderForm
from groupes.models import GroupPage
from groupes.selectors import space as reading
from groupes.selectors.groups import organisations_of
from groupes.selectors.todo import todo_of
from groupes.services.check import confirm_page
from groupes.services.folder import add_folder
from groupes.views.common import attempt, page_if, screen

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 10
MAX_ORGANISATIONS = 100


class CheckForm(forms.Form):
    """Which page somebody confirms."""

    page = forms.IntegerField(min_value=1, max_value=2**31)


@require_safe
@never_cache
def space(request: HttpRequest, slug: str) -> HttpResponse:
    """The group's own room: what is shared, the shelves, who is in it."""
    page = page_if(request, slug, permissions.can_see_space)
    return _space_screen(request, page, FolderForm())


@GET_OR_POST
@never_cache
def folders(request: HttpRequest, slug: str) -> HttpResponse:
    """A pilot puts up a new shelf."""
    page = page_if(request, slug, permissions.can_pilot_group)
    if request.method != "POST":
        return redirect("groupes:space", slug)
    form = FolderForm(request.POST)
    if form.is_valid():
        arguments = {"actor": request.user, "about": page.group, **form.cleaned_data}
        if attempt(form, add_folder, group=page.group, **arguments):
            messages.success(request, _("Le dossier est prêt."))
            return redirect("groupes:space", slug)
    return _space_screen(request, page, form, status=422)


@GET_OR_POST
@never_cache
def todo(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for the pilots of this group; a page is confirmed in one click."""
    page = page_if(request, slug, permissions.can_pilot_group)
    if request.method == "POST":
        return _confirm(request, page)
    waiting = todo_of([page.group_id])
    return screen(
        request,
        "todo",
        page,
        current="todo",
        todo=waiting,
        asking=[(one, reading.function_of(one.user)) for one in waiting.requests],
        items=reading.with_words(waiting.items, request.user),
    )


def _confirm(request: HttpRequest, page: GroupPage) -> HttpResponse:
    form = CheckForm(request.POST)
    if not form.is_valid():
        raise Http404
    checked = get_object_or_404(Page, pk=form.cleaned_data["page"])
    try:
        confirm_page(actor=request.user, group=page.group, page=checked)
    except PermissionDenied as error:
        raise Http404 from error
    messages.success(request, _("C’est noté : cette page est toujours exacte."))
    return redirect("groupes:todo", page.group.slug)


def _space_screen(
    request: HttpRequest, page: GroupPage, form: FolderForm, status: int = 200
) -> HttpResponse:
    user, group = request.user, page.group
    items = page_of(reading.items_of(group, user), request.GET.get("page"), PER_PAGE)
    organisations = organisations_of(group, user)
    return screen(
        request,
        "space",
        page,
        current="space",
        status=status,
        items=items,
        rows=reading.with_words(items, user),
        folders=reading.folders_of(page, user),
        people=reading.people_of(group),
        organisations=list(organisations[:MAX_ORGANISATIONS]),
        organisation_count=organisations.count(),
        history=reading.history_of(group, user),
        charter_is_due=reading.charter_is_due(group, user),
        may_leave=permissions.can_leave_group(user, group),
        form=form if permissions.can_pilot_group(user, group) else None,
    )
