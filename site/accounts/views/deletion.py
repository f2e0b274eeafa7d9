from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms.profile import DeletionForm
from accounts.handover import held_alone
from accounts.models import User
from accounts.permissions import can_delete_account
from accounts.services.deletion import delete_account, offices_held_alone

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@GET_OR_POST
def delete(request: HttpRequest) -> HttpResponse:
    """My account, deleted: what goes and what stays is said first, and I prove that it is me."""
    user = request.user
    offices, held = offices_held_alone(user), held_alone(user)
    form = DeletionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not (offices or held) and form.is_valid():
        if problem := _attempt(request, user):
            form.add_error(None, problem)
        else:
            logout(request)
            return redirect("accounts_deleted")
    context = {"form": form, "person": user, "own": True, "offices": offices, "held": held}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/delete.html", context, status=status)


@never_cache
@login_required
@GET_OR_POST
def delete_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody's account, deleted by the coordination because they asked for it."""
    person = get_object_or_404(User, pk=pk, deleted_at=None)
    if not can_delete_account(request.user, person):
        raise Http404
    if person == request.user:
        return redirect("accounts_delete")
    offices, held = offices_held_alone(person), held_alone(person)
    form = DeletionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not offices and form.is_valid():
        if problem := _attempt(request, person):
            form.add_error(None, problem)
        else:
            messages.success(request, _("Le compte est supprimé."))
            return redirect("user:index")
    context = {"form": form, "person": person, "own": False, "offices": offices, "held": held}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/delete.html", context, status=status)


@never_cache
def deleted(request: HttpRequest) -> HttpResponse:
    """The last screen: it says that it is done, to whoever comes here."""
    return render(request, "accounts/deleted.html")


@reauthentication_required
def _attempt(request: HttpRequest, person: User) -> str:
    """Delete, once the actor has shown again who they are: the request waits meanwhile, and comes
    back by itself. Gives why not, or nothing."""
    try:
        delete_account(actor=request.user, user=person)
    except ValidationError as error:
        return error.messages[0]
    return ""
