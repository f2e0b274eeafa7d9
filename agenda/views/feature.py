"""« À la une »: until when an event stands first on the network's home page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda.forms.feature import FeatureForm
from agenda.models import Event
from agenda.permissions import can_feature_event
from agenda.services.moderation import feature_event
from agenda.views.common import asks_to_sign_in, attempt, event_crumbs


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@asks_to_sign_in
def feature(request: HttpRequest, slug: str) -> HttpResponse:
    """Said by whoever moderates the network's agenda, of any event that is published."""
    event = Event.objects.visible_to(request.user).filter(slug=slug).first()
    if event is None or not can_feature_event(request.user, event):
        raise Http404
    form = FeatureForm(request.POST or None, initial={"until": event.featured_until})
    if request.method == "POST" and form.is_valid():
        words = {"event": event, "until": form.cleaned_data["until"]}
        if attempt(form, feature_event, about=event, actor=request.user, **words):
            messages.success(request, _("C’est noté."))
            return redirect(event.url)
    context = {"event": event, "form": form, "crumbs": event_crumbs(event)}
    return render(request, "agenda/feature.html", context, status=422 if form.errors else 200)
