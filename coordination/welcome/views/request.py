"""Asking to join: how one joins, the two forms, the receipt, the page of whoever asked."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coordination.directory.views.common import home_crumbs
from coordination.welcome import rules
from coordination.welcome.enums import RequestKind
from coordination.welcome.forms.request import (
    OrganisationRequestForm,
    PersonRequestForm,
    RequestForm,
)
from coordination.welcome.models import Charter, Request
from coordination.welcome.services import requests
from coordination.welcome.views.common import join_crumbs, site_or_404
from core.language import current_language
from core.ratelimit import is_too_often

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """How one joins, in plain words, and the two ways."""
    charter = Charter.objects.current(site_or_404(request))
    context = {
        "charter": charter,
        "rules": rules.RULES,
        "crumbs": home_crumbs(),
        "confirm_days": settings.REQUEST_CONFIRM_DAYS,
    }
    return render(request, "welcome/join.html", context)


@never_cache
@require_safe
def charter(request: HttpRequest) -> HttpResponse:
    """The charter as it reads today."""
    current = Charter.objects.current(site_or_404(request))
    if current is None:
        raise Http404
    return render(request, "welcome/charter.html", {"charter": current, "crumbs": join_crumbs()})


@never_cache
@GET_OR_POST
def ask_person(request: HttpRequest) -> HttpResponse:
    """« Je travaille dans un organisme du réseau »."""
    return _ask(request, RequestKind.PERSON, PersonRequestForm)


@never_cache
@GET_OR_POST
def ask_organisation(request: HttpRequest) -> HttpResponse:
    """« Notre organisme veut rejoindre le réseau »."""
    return _ask(request, RequestKind.ORGANISATION, OrganisationRequestForm)


def _ask(request: HttpRequest, kind: RequestKind, form_class: type[RequestForm]) -> HttpResponse:
    """The answer is the same whether the address is known or not: a receipt."""
    language = current_language()
    asked = Request(site=site_or_404(request), kind=kind, language=language, rules=rules.VERSION)
    signed_in = request.user.is_authenticated
    form = form_class(request.POST or None, instance=asked, signed_in=signed_in)
    if request.method == "POST" and form.is_valid():
        asked.once = form.once
        known = Request.objects.filter(once=asked.once).first()
        if known or not _is_too_often(request, form):
            return redirect((known or _receive(request, form)).receipt_url)
    context = {"form": form, "rules": rules.RULES, "crumbs": join_crumbs()}
    status = 422 if form.errors else 200
    return render(request, f"welcome/ask_{kind}.html", context, status=status)


def _receive(request: HttpRequest, form: RequestForm) -> Request:
    with transaction.atomic():
        kept = requests.receive_request(asked=form.instance)
        form.note_kept(request.user, kept)
    return kept


def _is_too_often(request: HttpRequest, form: RequestForm) -> bool:
    """Says so on the form."""
    if is_too_often(request, "join_request"):
        form.add_error(None, _("Trop de demandes à la suite. Réessayez dans une heure."))
    elif is_too_often(request, "join_mail", key=form.cleaned_data["email"]):
        form.add_error("email", _("Trop de demandes pour cette adresse. Réessayez dans une heure."))
    return bool(form.errors)


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What was sent, when, and what comes next. Its address is the key; it says nothing of what
    became of the request, which is for whoever reads the address's mail."""
    asked = get_object_or_404(_found(), receipt=token)
    context = {
        "asked": asked,
        "confirm_days": settings.REQUEST_CONFIRM_DAYS,
        "crumbs": join_crumbs(),
    }
    return render(request, "welcome/receipt.html", context)


def _found():
    return Request.objects.current().select_related("organisation", "charter", "user", "site")


@never_cache
@GET_OR_POST
def follow(request: HttpRequest, secret: str) -> HttpResponse:
    """The page that the mail leads to: confirm the address, follow, withdraw, enter. Looking
    changes nothing."""
    asked = get_object_or_404(_found(), secret=secret)
    if request.method == "POST" and "confirm" in request.POST:
        requests.confirm_request(asked=asked)
    elif request.method == "POST" and "withdraw" in request.POST:
        _withdraw(request, asked)
    elif request.method == "POST" and "enter" in request.POST:
        return _enter(request, asked)
    if request.method == "POST":
        return redirect(asked.follow_url)
    context = {
        "asked": asked,
        "confirm_days": settings.REQUEST_CONFIRM_DAYS,
        "crumbs": join_crumbs(),
    }
    return render(request, "welcome/follow.html", context)


def _withdraw(request: HttpRequest, asked: Request) -> None:
    try:
        requests.withdraw_request(asked=asked)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Votre demande est retirée."))


def _enter(request: HttpRequest, asked: Request) -> HttpResponse:
    """The first time, the mail's link opens the account that it announced. Whoever is signed in
    as somebody signs out first."""
    if request.user.is_authenticated:
        return redirect("space")
    if (user := requests.enter(asked=asked)) is None:
        return redirect("account_login")
    return perform_login(request, user, email_verification="none", redirect_url=reverse("space"))
