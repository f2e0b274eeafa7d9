from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.visibility import can_see
from groupes import permissions
from groupes.forms.joining import AnswerForm
from groupes.forms.sharing import ShareForm
from groupes.models import GroupPage, SharedItem
from groupes.selectors.space import with_words
from groupes.services import sharing
from groupes.views.common import attempt, item_if, page_if, screen

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
@never_cache
def share(request: HttpRequest, slug: str) -> HttpResponse:
    """« Partager une info », in under a minute on a phone."""
    page = page_if(request, slug, permissions.can_share_item)
    form = _form(request, page)
    if request.method == "POST" and form.is_valid():
        arguments = {"actor": request.user, "about": page.group, **form.words()}
        if attempt(form, sharing.share_item, group=page.group, **arguments):
            messages.success(request, _said(form, page, request))
            return redirect("groupes:space", slug)
    status = 422 if form.errors else 200
    return screen(request, "share", page, current="share", status=status, form=form, item=None)


@require_safe
def item(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    """One shared item, for its audience."""
    page, found = item_if(request, slug, item)
    return _item_screen(request, page, found, AnswerForm())


@GET_OR_POST
@never_cache
def edit(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    """Its author or a pilot corrects an item, replaces its file."""
    page, found = item_if(request, slug, item, permissions.can_edit_item)
    form = _form(request, page, instance=found)
    if request.method == "POST" and form.is_valid():
        arguments = {"actor": request.user, "about": page.group, **form.words()}
        arguments["remove_document"] = form.cleaned_data.get("remove_document", False)
        if attempt(form, sharing.correct_item, item=found, **arguments):
            messages.success(request, _said(form, page, request))
            return redirect("groupes:item", slug, item)
    status = 422 if form.errors else 200
    return screen(request, "share", page, current="space", status=status, form=form, item=found)


@GET_OR_POST
@never_cache
def withdraw(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    """Take an item back; its page asks first."""
    page, found = item_if(request, slug, item, permissions.can_withdraw_item)
    if request.method != "POST":
        return redirect("groupes:item", slug, item)
    sharing.withdraw_item(actor=request.user, item=found)
    messages.success(request, _("L’info est retirée, avec son fichier."))
    return redirect("groupes:space", page.group.slug)


@GET_OR_POST
@never_cache
def decide(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    """A pilot opens an item to everybody, or keeps it for the group with a word."""
    page, found = item_if(request, slug, item)
    if not permissions.can_pilot_group(request.user, page.group):
        raise Http404
    if request.method != "POST":
        return redirect("groupes:item", slug, item)
    form = AnswerForm(request.POST)
    if form.is_valid():
        service = sharing.accept_item if form.is_accepted else sharing.refuse_item
        arguments = {"item": found, "answer": form.cleaned_data["answer"]}
        if attempt(form, service, actor=request.user, about=page.group, **arguments):
            messages.success(request, _("Votre décision est notée."))
            return redirect("groupes:item", slug, item)
    return _item_screen(request, page, found, form, status=422)


@GET_OR_POST
@never_cache
def pin(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    """A pilot puts an item above the others, or back among them."""
    _page, found = item_if(request, slug, item, permissions.can_pin_item)
    if request.method == "POST":
        pinned = "unpin" not in request.POST
        sharing.pin_item(actor=request.user, item=found, pinned=pinned)
        done = _("L’info est épinglée.") if pinned else _("L’info n’est plus épinglée.")
        messages.success(request, done)
    return redirect("groupes:item", slug, item)


def _form(request: HttpRequest, page: GroupPage, instance: SharedItem | None = None) -> ShareForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    is_pilot = permissions.can_pilot_group(request.user, page.group)
    return ShareForm(*sent, instance=instance, group=page.group, is_pilot=is_pilot)


def _said(form: ShareForm, page: GroupPage, request: HttpRequest) -> str:
    is_pilot = permissions.can_pilot_group(request.user, page.group)
    if form.cleaned_data["scope"] == "public" and not is_pilot:
        return _("C’est partagé avec le groupe. Un pilote dira si l’info devient publique.")
    return _("C’est partagé.")


def _item_screen(
    request: HttpRequest, page: GroupPage, found: SharedItem, form: AnswerForm, status: int = 200
) -> HttpResponse:
    user = request.user
    return screen(
        request,
        "item",
        page,
        current="space",
        status=status,
        row=with_words([found], user)[0],
        may_see_file=found.document is not None and can_see(user, found.document),
        may_edit=permissions.can_edit_item(user, found),
        may_pin=permissions.can_pin_item(user, found),
        in_group=permissions.can_see_space(user, page.group),
        form=form if permissions.can_decide_item(user, found) else None,
    )
