"""Our own screens in Wagtail's admin."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from core.forms.audience import AudienceField
from core.models import PageAudience
from core.services import audience as audiences


class PageAudienceForm(forms.Form):
    audience = AudienceField(label=gettext_lazy("Qui peut voir cette page"))
    confirm = forms.BooleanField(
        label=gettext_lazy("Oui, ouvrir cette page à davantage de monde, tout de suite."),
        required=False,
    )


def page_audience(request: HttpRequest, page_id: int) -> HttpResponse:
    """The small dialogue that decides who sees a page. It takes effect at once, in both languages;
    letting in more people is asked twice."""
    page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404
    now = PageAudience.objects.tokens_of(page)
    form = PageAudienceForm(request.POST or None, initial={"audience": sorted(now)})
    form.fields["audience"].offer(request.user, now)
    widening = False
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["audience"].tokens
        widening = audiences.would_widen(page, chosen)
        if not widening or form.cleaned_data["confirm"]:
            try:
                audiences.set_page_audience(actor=request.user, page=page, tokens=chosen)
            except ValidationError as error:
                form.add_error("audience", error)
            else:
                messages.success(
                    request,
                    _("« %(title)s » est maintenant visible par : %(audience)s.")
                    % {
                        "title": page.get_admin_display_title(),
                        "audience": audiences.words(PageAudience.objects.tokens_of(page)),
                    },
                )
                return redirect("wagtailadmin_pages:edit", page.pk)
    context = {
        "page": page,
        "form": form,
        "widening": widening,
        "now": audiences.words(now),
        "ceiling": audiences.words(audiences.ceiling_of(page)),
    }
    status = 422 if form.errors or widening else 200
    return render(request, "core/page_audience.html", context, status=status)
