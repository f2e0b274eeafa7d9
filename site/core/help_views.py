from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import help as guides
from core.language import current_language
from core.templatetags.ui import home_url


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every guide as a card; the one for the reader's own role says so."""
    language = current_language()
    cards = [
        {
            "icon": guide.icon,
            "url": guide.url(language),
            "text": guides.read(guide, language),
            "is_own": guide.is_for(request.user),
        }
        for guide in guides.GUIDES
    ]
    return render(request, "help/index.html", {"cards": cards, "crumbs": crumbs()[:1]})


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide; its name in another language leads to it in this one."""
    language = current_language()
    found = guides.BY_FILE.get((language, slug))
    if found is None:
        for other in guides.LANGUAGES:
            if (other, slug) in guides.BY_FILE:
                return redirect(guides.BY_FILE[other, slug].url(language), permanent=True)
        raise Http404
    context = {"guide": found, "text": guides.read(found, language), "crumbs": crumbs()}
    return render(request, "help/guide.html", context)


def crumbs() -> list[dict]:
    return [
        {"label": _("Accueil"), "url": home_url()},
        {"label": _("Aide"), "url": reverse("help_index")},
    ]
