"""« Contact »: telephone first, then a form that leaves a trace, then an answer."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Site

from coordination.directory.views.common import home_crumbs
from core.language import current_language
from core.paging import page_of
from core.ratelimit import is_too_often
from home.forms.contact import ContactAnswerForm, ContactForm
from home.models import ContactMessage
from home.permissions import can_read_messages
from home.services.contact import answer_message, receive_message

PER_PAGE = 30
MAX_WAITING = 100  # the oldest; the others come as these are answered


def readers_only(view):
    """Strangers sign in first: the network's mailbox holds links to messages. Others get 404."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can_read_messages(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapper


def contact_crumbs() -> list[dict]:
    return [*home_crumbs(), {"label": _("Nous joindre"), "url": reverse("contact")}]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_form(request: HttpRequest) -> HttpResponse:
    """How to reach the network, and a message to it; no account needed."""
    if (site := Site.find_for_request(request)) is None:
        raise Http404
    message = ContactMessage(site=site, language=current_language())
    signed_in = request.user.is_authenticated
    form = ContactForm(request.POST or None, instance=message, signed_in=signed_in)
    if request.method == "POST" and form.is_valid():
        message.once = form.once
        known = ContactMessage.objects.filter(once=message.once).first()
        if known is None and is_too_often(request, "contact"):
            form.add_error(None, _("Trop de messages à la suite. Réessayez dans une heure."))
        else:
            return redirect((known or _receive(request, form)).receipt_url)
    context = {"form": form, "crumbs": home_crumbs()}
    return render(request, "home/contact_form.html", context, status=422 if form.errors else 200)


def _receive(request: HttpRequest, form: ContactForm) -> ContactMessage:
    message = form.instance
    limited = bool(message.email) and is_too_often(
        request, "contact_receipt", key=message.email.lower()
    )
    with transaction.atomic():
        kept = receive_message(message=message, limited=limited)
        form.note_kept(request.user, kept)
    return kept


@never_cache
@require_safe
def contact_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt: what was written, when, what comes next. Its address is the key."""
    message = get_object_or_404(ContactMessage.objects.current(), token=token)
    context = {"message": message, "crumbs": contact_crumbs()}
    return render(request, "home/contact_receipt.html", context)


@never_cache
@require_safe
@readers_only
def message_list(request: HttpRequest) -> HttpResponse:
    """What was written to the network: what waits for an answer first."""
    received = ContactMessage.objects.readable_by(request.user)
    context = {
        "waiting": received.filter(answered_at=None).order_by("at", "pk")[:MAX_WAITING],
        "answered": page_of(
            received.exclude(answered_at=None).select_related("answered_by"),
            request.GET.get("page"),
            PER_PAGE,
        ),
        "crumbs": contact_crumbs(),
    }
    return render(request, "home/contact_messages.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def message_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One message, and the answer to it."""
    received = ContactMessage.objects.readable_by(request.user).select_related("answered_by")
    message = get_object_or_404(received, pk=pk)
    form = ContactAnswerForm(request.POST or None, message=message)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                answer_message(
                    actor=request.user,
                    message=message,
                    note=form.cleaned_data["note"],
                    tell=form.cleaned_data.get("tell", False),
                )
                form.note_kept(request.user, message)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("C’est noté. La réponse est sur le reçu de la personne."))
            return redirect("contact_messages")
    crumbs = [
        *contact_crumbs(),
        {"label": _("Messages reçus"), "url": reverse("contact_messages")},
    ]
    context = {"message": message, "form": form, "crumbs": crumbs}
    status = 422 if form.errors else 200
    return render(request, "home/contact_message.html", context, status=status)
