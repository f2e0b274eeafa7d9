"""Invitations and requests, for those who invite and those who answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coordination.directory.models import Organisation
from coordination.welcome import permissions
from coordination.welcome.forms.answer import (
    AnswerForm,
    OrganisationAnswerForm,
    PersonAnswerForm,
)
from coordination.welcome.forms.bulk import BulkForm
from coordination.welcome.forms.charter import CharterForm
from coordination.welcome.forms.invitation import InviteForm
from coordination.welcome.models import Charter, Invitation, Request
from coordination.welcome.selectors.manage import Management
from coordination.welcome.services import requests
from coordination.welcome.services.bulk import MAX_LINES, Row, invite_all, state_label
from coordination.welcome.services.charter import publish_charter
from coordination.welcome.services.invitations import invite, invite_again, withdraw_invitation
from coordination.welcome.views.common import attempt, manage_crumbs, managers_only, site_or_404
from core.language import current_language
from core.ratelimit import is_too_often

TOO_MANY = gettext_lazy("Beaucoup d’invitations à la suite. Réessayez dans une heure.")
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
@managers_only
def manage(request: HttpRequest) -> HttpResponse:
    """Everything by state, on one screen."""
    site = site_or_404(request)
    context = {
        "management": Management(request.user, request.GET),
        "may_oversee": permissions.can_oversee(request.user, site),
        "crumbs": manage_crumbs()[:1],
    }
    return render(request, "welcome/manage.html", context)


@never_cache
@GET_OR_POST
@managers_only
def invite_one(request: HttpRequest) -> HttpResponse:
    """Invite one person."""
    site = site_or_404(request)
    initial = {"language": current_language(), "organisation": _asked_for(request)}
    form = InviteForm(
        request.POST or None,
        user=request.user,
        site=site,
        initial={name: value for name, value in initial.items() if value},
        instance=Invitation(site=site),
    )
    if request.method == "POST" and form.is_valid() and _invite(request, form, site):
        return redirect(f"{reverse('welcome:manage')}?etat=invitations")
    context = {"form": form, "crumbs": manage_crumbs()}
    return render(request, "welcome/invite.html", context, status=422 if form.errors else 200)


def _asked_for(request: HttpRequest) -> int | None:
    """The organisation named in the address, from the page of its team."""
    found = Organisation.objects.filter(slug=request.GET.get("organisme", ""), archived_at=None)
    return found.values_list("pk", flat=True).first()


def _invite(request: HttpRequest, form: InviteForm, site) -> bool:
    if is_too_often(request, "invite"):
        form.add_error(None, TOO_MANY)
        return False
    arguments = {"actor": request.user, "about": site, "site": site, **form.cleaned_data}
    outcome = attempt(form, invite, **arguments)
    if outcome is None:
        return False
    _invitation, is_new = outcome
    if is_new:
        messages.success(request, _("L’invitation part par courriel."))
    else:
        messages.info(request, _("Cette personne est déjà invitée : l’invitation attend."))
    return True


@never_cache
@GET_OR_POST
@managers_only
def invite_many(request: HttpRequest) -> HttpResponse:
    """Invite a list: read it, look at it, then send."""
    site = site_or_404(request)
    form = BulkForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        site=site,
        initial={"language": current_language()},
    )
    rows: list[Row] = []
    if request.method == "POST" and form.is_valid():
        rows = form.judged()
        if "invite" in request.POST and _invite_all(request, form, rows):
            return redirect(f"{reverse('welcome:manage')}?etat=invitations")
    context = {
        "form": form,
        "rows": [(row, state_label(row.state)) for row in rows],
        "ticked": _ticked(request, rows),
        "ready": sum(row.can_be_invited for row in rows),
        "limit": MAX_LINES,
        "crumbs": manage_crumbs(),
    }
    status = 422 if form.errors else 200
    return render(request, "welcome/invite_many.html", context, status=status)


def _ticked(request: HttpRequest, rows: list[Row]) -> set[int]:
    """Ready lines at first; afterwards those that were left ticked."""
    if "invite" not in request.POST:
        return {row.number for row in rows if row.can_be_invited}
    left = set(request.POST.getlist("line"))
    return {row.number for row in rows if str(row.number) in left}


def _invite_all(request: HttpRequest, form: BulkForm, rows: list[Row]) -> bool:
    chosen = form.ticked(rows)
    if form.is_unsettled(rows):
        form.add_error(None, _("Écrivez l’organisme des lignes cochées, ou décochez-les."))
        return False
    if not chosen:
        form.add_error(None, _("Cochez au moins une ligne prête."))
        return False
    if is_too_often(request, "invite"):
        form.add_error(None, TOO_MANY)
        return False
    words = {name: form.cleaned_data[name] for name in ("role", "language", "word")}
    arguments = {"actor": request.user, "about": form.site, "site": form.site, **words}
    number = attempt(form, invite_all, rows=chosen, **arguments)
    if number is None:
        return False
    said = ngettext("%(n)d invitation part.", "%(n)d invitations partent.", number)
    messages.success(request, said % {"n": number})
    return True


@never_cache
@GET_OR_POST
@managers_only
def invitation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One invitation: what became of it, sending it again, taking it back."""
    mine = Invitation.objects.managed_by(request.user)
    related = mine.select_related("site", "organisation", "invited_by", "accepted_by")
    invitation = get_object_or_404(related, pk=pk)
    if request.method == "POST":
        _change(request, invitation)
        return redirect(invitation.url)
    context = {
        "invitation": invitation,
        "is_open": permissions.is_open(invitation),
        "crumbs": manage_crumbs(),
    }
    return render(request, "welcome/invitation_detail.html", context)


def _change(request: HttpRequest, invitation: Invitation) -> None:
    try:
        if "withdraw" in request.POST:
            withdraw_invitation(actor=request.user, invitation=invitation)
            messages.success(request, _("L’invitation est retirée : son lien n’ouvre plus rien."))
        elif "again" in request.POST and is_too_often(request, "invite"):
            messages.error(request, TOO_MANY)
        elif "again" in request.POST:
            invite_again(actor=request.user, invitation=invitation)
            messages.success(request, _("L’invitation part à nouveau, avec un lien neuf."))
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, error.messages[0])


@never_cache
@GET_OR_POST
@managers_only
def request_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One request, and the coordination's answer."""
    mine = Request.objects.managed_by(request.user)
    related = mine.select_related("site", "organisation", "charter", "answered_by", "user")
    asked = get_object_or_404(related, pk=pk)
    form_class = PersonAnswerForm if asked.is_person else OrganisationAnswerForm
    form = form_class(request.POST or None, asked=asked)
    if request.method == "POST" and form.is_valid() and _answer(request, asked, form):
        return redirect("welcome:manage")
    context = {
        "asked": asked,
        "form": form if asked.state == "waiting" else None,
        "problems": form if form.errors else None,
        "crumbs": manage_crumbs(),
    }
    status = 422 if form.errors else 200
    return render(request, "welcome/request_answer.html", context, status=status)


def _answer(request: HttpRequest, asked: Request, form: AnswerForm) -> bool:
    words = {"actor": request.user, "about": asked}
    words |= {"asked": asked, "answer": form.cleaned_data["answer"]}
    if not form.is_accepted:
        done = attempt(form, requests.refuse_request, **words)
    elif asked.is_person:
        done = attempt(form, requests.accept_person, **words, **form.choices)
    else:
        done = attempt(form, requests.accept_organisation, **words, **form.choices)
    if done:
        messages.success(request, _("Votre réponse part par courriel."))
    return done is not None


@never_cache
@GET_OR_POST
@managers_only
def charter_edit(request: HttpRequest) -> HttpResponse:
    """A new version of the charter. What was accepted stays as it was."""
    site = site_or_404(request)
    if not permissions.can_oversee(request.user, site):
        raise Http404
    current = Charter.objects.current(site)
    words = {"text_fr": current.text_fr, "text_nl": current.text_nl} if current else {}
    form = CharterForm(request.POST or None, initial=words)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            publish_charter(actor=request.user, site=site, **form.cleaned_data)
            form.note_kept(request.user, site)
        messages.success(request, _("La charte est publiée."))
        return redirect("welcome:charter")
    context = {"form": form, "charter": current, "crumbs": manage_crumbs()}
    status = 422 if form.errors else 200
    return render(request, "welcome/charter_edit.html", context, status=status)
