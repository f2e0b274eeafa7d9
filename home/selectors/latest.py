"""What is new in the pages, for the members' home (core.latest)."""

from django.utils.translation import gettext as _
from wagtail.models import Locale

from core.language import current_language
from core.latest import Latest
from home.models import NewsPage


def latest(user, limit: int) -> list[Latest]:
    """News in the page's language."""
    locale = Locale.objects.filter(language_code=current_language())
    news = NewsPage.objects.visible_to(user).filter(locale__in=locale).order_by("-date", "-pk")
    return [
        Latest(
            kind=_("Nouvelle"),
            title=page.title,
            url=page.get_url(),
            when=page.date,
            icon="newspaper",
            detail=page.intro,
            lang=page.content_language if page.is_untranslated else "",
        )
        for page in news[:limit]
    ]
