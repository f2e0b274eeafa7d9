"""The feed of a list of news: its address with `.rss` in the place of the last slash."""

import datetime as dt
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import require_safe
from wagtail.models import Page

from core.text import tidy
from home.models import NewsIndexPage, NewsPage
from home.selectors.news import NewsSearch

SHOWN = 30
NOON = dt.time(12)


@require_safe
def news_feed(request: HttpRequest, path: str) -> HttpResponse:
    """RSS 2.0: titles and introductions of the news that this reader may see, filters kept.

    404 when there is no list of news at this address, or when the reader may not see it.
    """
    found = Page.route_for_request(request, path)
    index = found.page if found else None
    if not isinstance(index, NewsIndexPage) or found.args or found.kwargs:
        raise Http404
    address = index.get_url(request)
    search = NewsSearch(index, request.GET, request.user, address=address)
    language = index.locale.language_code
    feed = Rss201rev2Feed(
        title=tidy(index.title),
        link=request.build_absolute_uri(address),
        description=tidy(index.intro or index.title),
        language=f"{language}-be",
        feed_url=request.build_absolute_uri(request.get_full_path()),
    )
    for news in search.results[:SHOWN]:
        feed.add_item(
            title=tidy(news.title),
            link=request.build_absolute_uri(news.get_url(request)),
            description=tidy(news.intro),
            pubdate=timezone.make_aware(dt.datetime.combine(news.date, NOON)),
            unique_id=_identity(news, language),
            unique_id_is_permalink=False,
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    if request.user.is_authenticated:
        response["Cache-Control"] = "private, no-store"
    return response


def _identity(news: NewsPage, language: str) -> str:
    """The same for ever, whatever becomes of the title and the address; one per language."""
    return f"urn:uuid:{uuid.uuid5(news.translation_key, language)}"
