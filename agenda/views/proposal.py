"""Proposing an event, changing it, and following what becomes of it."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from agenda.editing import EventEditor, forget_draft, keep_draft
from agenda.filling import from_organisation, from_place, place_named
from agenda.forms.moderation import MessageForm
from agenda.forms.timing import PREFIX, TimingFormSet
from agenda.models import Event, Proposal
from agenda.permissions import can_edit_event
from agenda.services.moderation import write_message
from agenda.services.proposals import (
    ReplacedError,
    confirm_proposal,
    withdraw_proposal,
)
from agenda.spoken import digest, say_back
from agenda.views.common import (
    agenda_crumbs,
    asks_to_sign_in,
    attempt,
    copy_url,
    editable_or_404,
    event_crumbs,
    followed_or_404,
    site_or_404,
)
from coordination.directory.models import Organisation
from core.ratelimit import is_too_often
from core.wording import say_time

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@GET_OR_POST
def propose(request: HttpRequest) -> HttpResponse:
    """The form of a new event; `?copie=` fills it with another one of this person's."""
    site = site_or_404(request)
    if (answer := _draft_button(request, None)) is not None:
        return answer
    like = _like(request)
    editor = EventEditor(request, site=site, like=like)
    if _sends(request, editor) and (answer := _send(request, editor)) is not None:
        return answer
    return _show(request, editor, agenda_crumbs())


def _like(request: HttpRequest) -> Event | None:
    slug = request.GET.get("copie", "")
    if not slug:
        return None
    return editable_or_404(request, slug)


def _draft_button(request: HttpRequest, event: Event | None) -> HttpResponse | None:
    """« Garder pour plus tard » and « Effacer le brouillon », for those who have an account."""
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    if "discard" in request.POST:
        forget_draft(request.user, event)
        messages.success(request, _("Votre brouillon est effacé."))
    elif "draft" in request.POST:
        keep_draft(request, event)
        messages.success(request, _("Votre brouillon est gardé : il revient sur cette page."))
    else:
        return None
    return redirect(request.path)


def _sends(request: HttpRequest, editor: EventEditor) -> bool:
    """Whether somebody sends what is right, not too often."""
    here = {"add_date", "check"} & request.POST.keys()
    return request.method == "POST" and not here and editor.is_valid()


def _send(request: HttpRequest, editor: EventEditor) -> HttpResponse | None:
    """Send, and lead on; None when it is refused, with the reason on the form."""
    known = Proposal.objects.filter(once=editor.once).exists()
    if not known and _is_too_often(request, editor):
        return None
    try:
        with transaction.atomic():
            proposal = editor.send()
    except (ValidationError, ReplacedError) as error:
        editor.refuse(error)
        return None
    except PermissionDenied as error:
        raise Http404 from error
    proposal.refresh_from_db()
    if proposal.email and editor.proposal is None:
        return redirect(proposal.receipt_url)
    if proposal.state == "accepted":
        messages.success(request, _("C’est publié : l’événement est dans l’agenda."))
    else:
        messages.success(request, _("C’est envoyé. Voici où en est votre événement."))
    return redirect(proposal.follow_url)


def _is_too_often(request: HttpRequest, editor: EventEditor) -> bool:
    """Says so on the form."""
    form = editor.form
    if request.user.is_authenticated:
        if is_too_often(request, "event_sent"):
            form.add_error(None, _("Beaucoup d’envois à la suite. Réessayez dans une heure."))
    elif is_too_often(request, "event_proposal"):
        form.add_error(None, _("Beaucoup d’envois à la suite. Réessayez dans une heure."))
    elif (email := form.cleaned_data.get("email")) and is_too_often(
        request, "event_proposal_mail", key=email
    ):
        form.add_error("email", _("Trop d’envois pour cette adresse. Réessayez dans une heure."))
    return bool(form.errors)


def _show(request: HttpRequest, editor: EventEditor, crumbs: list[dict]) -> HttpResponse:
    context = {"editor": editor, "form": editor.form, "crumbs": crumbs}
    status = 409 if editor.replaced else 422 if editor.is_refused else 200
    return render(request, "agenda/event_form.html", context, status=status)


@never_cache
@GET_OR_POST
@asks_to_sign_in
def event_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The same form for those who may edit the event; the version that waits, or the published
    one."""
    event = editable_or_404(request, slug)
    if (answer := _draft_button(request, event)) is not None:
        return answer
    editor = EventEditor(request, site=event.site, event=event)
    if _sends(request, editor) and (answer := _send(request, editor)) is not None:
        return answer
    crumbs = event_crumbs(event) if event.live else agenda_crumbs()
    return _show(request, editor, crumbs)


@never_cache
@GET_OR_POST
def proposal_edit(request: HttpRequest, secret: str) -> HttpResponse:
    """The same form for whoever holds the private link, or sent what they may not edit."""
    proposal = followed_or_404(request, secret)
    if not proposal.email and can_edit_event(request.user, proposal.event):
        return redirect("agenda:event_edit", proposal.event.slug)
    editor = EventEditor(request, site=proposal.event.site, event=proposal.event, proposal=proposal)
    if _sends(request, editor) and (answer := _send(request, editor)) is not None:
        return answer
    return _show(request, editor, agenda_crumbs())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """What a script sends while somebody types; answers when it was kept."""
    if request.method != "POST" or not request.user.is_authenticated:
        return redirect("agenda:propose")
    slug = request.POST.get("event", "")
    event = editable_or_404(request, slug) if slug else None
    keep_draft(request, event)
    return JsonResponse({"saved_at": say_time(timezone.localtime().time())})


@never_cache
@require_GET
def fill(request: HttpRequest) -> HttpResponse:
    """JSON: what choosing an organisation or a place fills in, of what this person may see."""
    name = request.GET.get("lieu", "")
    if place := place_named(request.user, name):
        words = from_place(place)
        return JsonResponse({"fields": words, "said": f"{place.name}, {place.full_address}"})
    key = request.GET.get("organisme", "")
    if not key.isascii() or not key.isdigit() or len(key) > 15:
        return JsonResponse({"fields": {}, "said": ""})
    known = Organisation.objects.visible_to(request.user).filter(pk=key).first()
    return JsonResponse({"fields": from_organisation(known) if known else {}, "said": ""})


@never_cache
@require_GET
def dates(request: HttpRequest) -> HttpResponse:
    """A fragment: the dates of the form in words, with the next five."""
    timings = TimingFormSet(request.GET, prefix=PREFIX)
    said = say_back(timings.timings) if timings.is_valid() else []
    return render(request, "agenda/_said_back.html", {"said": said, "seen": digest(said)})


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What was sent, when, and what comes next; for whoever sent it, and before the address is
    confirmed. It says nothing of what became of it."""
    found = Proposal.objects.current().exclude(email="").select_related("event", "revision")
    proposal = get_object_or_404(found, receipt=token)
    context = {
        "proposal": proposal,
        "event": proposal.version,
        "confirm_days": settings.PROPOSAL_CONFIRM_DAYS,
        "crumbs": agenda_crumbs(),
    }
    return render(request, "agenda/receipt.html", context)


@never_cache
@GET_OR_POST
def proposal(request: HttpRequest, secret: str) -> HttpResponse:
    """Where it stands: confirm the address, read the answer, write, withdraw. Looking changes
    nothing."""
    asked = followed_or_404(request, secret)
    form = MessageForm(request.POST if "write" in request.POST else None)
    if request.method == "POST" and _follow(request, asked, form):
        return redirect(asked.follow_url)
    context = {
        "proposal": asked,
        "event": asked.version,
        "thread": asked.event.messages.select_related("author"),
        "form": form,
        **_ways(request, asked),
        "crumbs": agenda_crumbs(),
    }
    status = 422 if form.errors else 200
    return render(request, "agenda/proposal.html", context, status=status)


def _ways(request: HttpRequest, asked: Proposal) -> dict[str, str]:
    """Where one corrects it, and starts another one from it."""
    event = asked.event
    if asked.email or not can_edit_event(request.user, event):
        return {"edit_url": reverse("agenda:proposal_edit", args=[asked.secret]), "copy_url": ""}
    edit_url = reverse("agenda:event_edit", args=[event.slug])
    return {"edit_url": edit_url, "copy_url": copy_url(event) if event.live else ""}


def _follow(request: HttpRequest, asked: Proposal, form: MessageForm) -> bool:
    """Do what a button says; whether the page is to be read again."""
    actor = None if asked.email else request.user
    if "confirm" in request.POST and asked.email:
        confirm_proposal(proposal=asked)
    elif "withdraw" in request.POST:
        try:
            withdraw_proposal(actor=actor, proposal=asked)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("C’est retiré."))
    elif "write" in request.POST:
        if asked.state == "unconfirmed" or not form.is_valid():
            return asked.state == "unconfirmed"
        if is_too_often(request, "event_message"):
            form.add_error(None, _("Beaucoup de messages à la suite. Réessayez dans une heure."))
            return False
        words = {"proposal": asked, "text": form.cleaned_data["text"]}
        return bool(attempt(form, write_message, about=asked.event, actor=actor, **words))
    return True


@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """What is published in the agenda, and what is not."""
    return render(request, "agenda/criteria.html", {"crumbs": agenda_crumbs()})
