from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from groupes import permissions
from groupes.enums import Joining
from groupes.forms.joining import AnswerForm, JoinForm, LeaveGroupForm
from groupes.models import GroupPage, JoinRequest
from groupes.selectors.space import charter_is_due, function_of
from groupes.services import joining
from groupes.views.common import attempt, group_page_for, page_if, screen

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
@never_cache
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """How one takes part, and the form to ask; the answer once there is one."""
    page = group_page_for(request, slug)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not permissions.can_see_joining(request.user):
        raise Http404
    if request.method == "POST" and "withdraw" in request.POST:
        return _withdraw(request, page)
    if request.method == "POST" and "accept" in request.POST:
        return _accept_charter(request, page)
    if not permissions.can_join_group(request.user, page.group) or _pending(request, page):
        return _join_screen(request, page, form=None)
    form = JoinForm(request.POST or None, group=page.group, user=request.user)
    if request.method == "POST":
        if form.is_valid() and _ask(request, page, form):
            return redirect("groupes:join", slug)
        return _join_screen(request, page, form=form, status=422)
    return _join_screen(request, page, form=form)


def _pending(request: HttpRequest, page: GroupPage) -> JoinRequest | None:
    return JoinRequest.objects.pending().filter(group=page.group, user=request.user).first()


def _ask(request: HttpRequest, page: GroupPage, form: JoinForm) -> bool:
    words = form.cleaned_data
    asked = attempt(
        form,
        joining.ask_to_join,
        actor=request.user,
        about=page.group,
        group=page.group,
        message=words["message"],
        organisation=words.get("organisation"),
        accepts_charter=words.get("charter", False),
    )
    if asked and page.group.joining == Joining.OPEN:
        messages.success(request, _("Bienvenue : vous participez à ce groupe."))
    elif asked:
        messages.success(request, _("Votre demande est envoyée. Un pilote du groupe y répondra."))
    return asked


def _withdraw(request: HttpRequest, page: GroupPage) -> HttpResponse:
    if pending := _pending(request, page):
        joining.withdraw_request(actor=request.user, request=pending)
        messages.success(request, _("Votre demande est retirée."))
    return redirect("groupes:join", page.group.slug)


def _accept_charter(request: HttpRequest, page: GroupPage) -> HttpResponse:
    try:
        joining.accept_charter(actor=request.user, group=page.group)
    except PermissionDenied as error:
        raise Http404 from error
    messages.success(request, _("Merci : votre accord est noté."))
    return redirect("groupes:space", page.group.slug)


def _join_screen(
    request: HttpRequest, page: GroupPage, *, form: JoinForm | None, status: int = 200
) -> HttpResponse:
    is_member = permissions.is_in_group(request.user, page.group)
    mine = JoinRequest.objects.filter(group=page.group, user=request.user)
    return screen(
        request,
        "join",
        page,
        status=status,
        form=form,
        is_member=is_member,
        charter_is_due=is_member and charter_is_due(page.group, request.user),
        last=mine.exclude(state="withdrawn").select_related("organisation").last(),
    )


@GET_OR_POST
@never_cache
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leaving, after a question; the last pilot hands over or tells the coordination."""
    page = page_if(request, slug, permissions.can_leave_group)
    is_last = joining.is_last_pilot(page.group, request.user)
    form = LeaveGroupForm(request.POST if request.method == "POST" else None, is_last=is_last)
    if request.method == "POST" and form.is_valid():
        if _leave(request, page, form):
            return redirect("accounts_profile")
        form = LeaveGroupForm(request.POST, is_last=True)  # the last one, since a moment ago
    status = 422 if form.errors else 200
    return screen(request, "leave", page, status=status, form=form, is_last=form.is_last)


def _leave(request: HttpRequest, page: GroupPage, form: LeaveGroupForm) -> bool:
    """Whether this person is out; false when nobody else pilots the group any more."""
    try:
        with transaction.atomic():
            joining.leave_group(actor=request.user, group=page.group, **form.cleaned_data)
            form.note_kept(request.user, page.group)
    except ValidationError:
        return False
    except PermissionDenied as error:
        raise Http404 from error
    messages.success(request, _("Vous ne participez plus à ce groupe. Merci."))
    return True


@GET_OR_POST
@never_cache
def answer(request: HttpRequest, slug: str, asked: int) -> HttpResponse:
    """One request to take part, and the pilot's answer."""
    page = page_if(request, slug, permissions.can_pilot_group)
    requests = JoinRequest.objects.select_related("user", "organisation", "answered_by")
    join_request = get_object_or_404(requests, group=page.group, pk=asked)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        service = joining.accept_request if form.is_accepted else joining.refuse_request
        arguments = {"request": join_request, "answer": form.cleaned_data["answer"]}
        if attempt(form, service, actor=request.user, about=page.group, **arguments):
            messages.success(request, _("Votre réponse est donnée."))
            return redirect("groupes:todo", slug)
    return screen(
        request,
        "request",
        page,
        current="todo",
        status=422 if form.errors else 200,
        join_request=join_request,
        who=function_of(join_request.user),
        form=form if join_request.is_pending else None,
    )
