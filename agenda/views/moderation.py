"""The agenda in Wagtail's admin: the queue, one event, its page and poster before publication."""

import mimetypes

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from agenda.completeness import completeness_of
from agenda.differences import differences
from agenda.forms.moderation import DecisionForm, MessageForm, opened_now
from agenda.models import Proposal
from agenda.permissions import can_feature_event, proposals_for
from agenda.selectors.event import VersionPage
from agenda.selectors.moderation import Queue, look_alikes
from agenda.services.moderation import (
    accept_proposal,
    ask_change,
    refuse_proposal,
    write_message,
)
from agenda.views.common import attempt
from agenda.views.event import event_context

DECIDE = {
    DecisionForm.ACCEPT: accept_proposal,
    DecisionForm.CHANGES: ask_change,
    DecisionForm.REFUSE: refuse_proposal,
}


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this person; empty for whoever moderates nothing."""
    context = {"queue": Queue(request.user, request.GET.get("page"))}
    return render(request, "agenda/admin/queue.html", context)


def moderated_or_404(request: HttpRequest, pk: int) -> Proposal:
    related = ("event__audience", "event__group", "event__site", "revision", "sent_by")
    found = proposals_for(request.user).select_related(*related, "decided_by").filter(pk=pk)
    if (proposal := found.first()) is None:
        raise Http404
    return proposal


@require_http_methods(["GET", "HEAD", "POST"])
def moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: what it says, what changes, what looks like it; decide, write."""
    proposal = moderated_or_404(request, pk)
    forms = _forms(request, proposal)
    if request.method == "POST" and (answer := _do(request, proposal, forms)) is not None:
        return answer
    proposal = moderated_or_404(request, pk)
    version, event = proposal.version, proposal.event
    context = {
        "proposal": proposal,
        "version": version,
        "event": event,
        "differences": differences(event if event.live else None, version),
        "alike": look_alikes(version, request.user),
        "complete": completeness_of(version),
        "thread": event.messages.select_related("author"),
        "decisions": event.decisions.select_related("by")[:5],
        "may_feature": can_feature_event(request.user, event),
        "posters": [row.document.title for row in version.event_documents.all()],
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "agenda/admin/event.html", context, status=status)


def _forms(request: HttpRequest, proposal: Proposal) -> dict:
    """The two forms of the screen; that of the button pressed has what was sent."""
    sent = request.POST if request.method == "POST" else {}
    return {
        "decision": DecisionForm(
            sent if "decision" in sent else None,
            initial={"revision": proposal.revision_id, "opened": opened_now()},
        ),
        "message": MessageForm(sent if "write" in sent else None),
    }


def _do(request: HttpRequest, proposal: Proposal, forms: dict) -> HttpResponse | None:
    """What a button says; None when it is refused, with the reason on its form."""
    about = {"about": proposal.event, "actor": request.user}
    if "decision" in request.POST:
        return _decide(request, proposal, forms["decision"], about)
    if "write" in request.POST and forms["message"].is_valid():
        words = {"proposal": proposal, "text": forms["message"].cleaned_data["text"]}
        if attempt(forms["message"], write_message, **about, **words):
            messages.success(request, _("Votre message est envoyé."))
            return redirect(proposal.url)
    return None


def _decide(request, proposal: Proposal, form: DecisionForm, about: dict) -> HttpResponse | None:
    if not form.is_valid():
        return None
    words = {name: form.cleaned_data[name] for name in ("answer", "revision", "opened")}
    service = DECIDE[form.cleaned_data["decision"]]
    if attempt(form, service, proposal=proposal, **about, **words) is None:
        # What is shown below is the version of now.
        form.data = form.data.copy()
        form.data["revision"] = str(Proposal.objects.get(pk=proposal.pk).revision_id or "")
        return None
    messages.success(request, _("C’est fait : la réponse est envoyée."))
    return redirect("agenda_moderation")


@require_safe
@xframe_options_sameorigin
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the event as it will be."""
    version = moderated_or_404(request, pk).version
    page = VersionPage(version, request.user)
    return render(request, "agenda/event.html", event_context(request, page))


@require_safe
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture or the document sent with the version, which nobody else sees yet."""
    version = moderated_or_404(request, pk).version
    row = version.event_documents.first()
    found = version.image or (row and row.document)
    if not found:
        raise Http404
    kind = mimetypes.guess_type(found.file.name)[0] or "application/octet-stream"
    inline = kind.startswith("image/") and kind != "image/svg+xml"
    return FileResponse(
        found.file.open("rb"), content_type=kind, as_attachment=not inline, filename=found.filename
    )
