from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms.handover import HandoverForm
from accounts.handover import holdings
from accounts.models import User
from core.visibility import reach_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One person leaves functions, another takes them: all in one action.

    One's own; a colleague's for those who represent an organisation of theirs; anybody's for
    those who oversee the network. Others get 404.
    """
    leaving = get_object_or_404(User, pk=pk) if pk else request.user
    held = holdings(leaving=leaving, actor=request.user)
    if leaving != request.user and not held and not reach_of(request.user).networks:
        raise Http404
    form = HandoverForm(request.POST or None, leaving=leaving, actor=request.user, held=held)
    if request.method == "POST" and form.is_valid():
        try:
            number = form.save()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                ngettext(
                    "%(n)d fonction est transmise à %(who)s.",
                    "%(n)d fonctions sont transmises à %(who)s.",
                    number,
                )
                % {"n": number, "who": form.cleaned_data["successor"]},
            )
            return redirect("accounts_profile")
    context = {"form": form, "leaving": leaving, "held": held, "own": leaving == request.user}
    status = 422 if form.errors else 200
    return render(request, "accounts/hand_over.html", context, status=status)
