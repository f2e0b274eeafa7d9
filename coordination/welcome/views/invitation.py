"""Answering an invitation, from its mail."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from coordination.welcome import rules
from coordination.welcome.forms.invitation import AcceptForm
from coordination.welcome.links import LinkOverError, invitation_of
from coordination.welcome.models import Invitation
from coordination.welcome.permissions import is_open
from coordination.welcome.services.admission import Admission, Newcomer
from coordination.welcome.services.invitations import accept_invitation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, link: str) -> HttpResponse:
    """Who invites, to what, what is asked and kept; the button accepts. The link signs nobody in
    to an account that exists."""
    try:
        invited = invitation_of(link)
    except LinkOverError:
        return _over(request)
    if invited is None:
        raise Http404
    account = User.objects.filter(email=invited.address).first()
    if not is_open(invited) or (account and not account.is_active):
        return _over(request, invited)
    is_somebody_else = request.user.is_authenticated and request.user != account
    form = AcceptForm(request.POST or None, invitation=invited, is_known=account is not None)
    if request.method == "POST" and not is_somebody_else and form.is_valid():
        if (admission := _accept(invited, form)) is None:
            return _over(request, invited)
        return _come_in(request, invited, admission)
    context = {"invitation": invited, "form": form, "account": account, "rules": rules.RULES}
    context["is_somebody_else"] = is_somebody_else
    status = 422 if form.errors else 200
    return render(request, "welcome/invitation.html", context, status=status)


def _over(request: HttpRequest, invited: Invitation | None = None) -> HttpResponse:
    """The link is of no use any more; what to do instead."""
    context = {"invitation": invited}
    return render(request, "welcome/invitation_over.html", context, status=410)


def _accept(invited: Invitation, form: AcceptForm) -> Admission | None:
    """None when somebody was quicker, or when the invitation was withdrawn meanwhile."""
    words = form.cleaned_data
    newcomer = Newcomer(
        address=invited.address,
        first_name=words.get("first_name", ""),
        last_name=words.get("last_name", ""),
        function=words.get("function", ""),
        language=words.get("language", invited.language),
    )
    try:
        return accept_invitation(invitation=invited, newcomer=newcomer)
    except ValidationError:
        return None


def _come_in(request: HttpRequest, invited: Invitation, admission: Admission) -> HttpResponse:
    """A new person is signed in at once; whoever has an account already signs in as always."""
    space = reverse("space")
    if admission.is_new:
        messages.success(request, _("Bienvenue ! Votre compte est ouvert."))
        return perform_login(request, admission.user, email_verification="none", redirect_url=space)
    messages.success(request, _("L’invitation est acceptée."))
    if not request.user.is_authenticated:
        return redirect_to_login(space)
    return redirect(invited.organisation.url if invited.organisation else space)
