"""What every template of ours receives. Computed only when a template asks for it."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import Resolver404, resolve, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import override
from wagtail.models import Page

from core.admin_scope import opens_admin
from core.frame import LANGUAGES, footer_for, frame_of, navigation_for, notice_for
from core.language import current_language
from core.memory import remember
from core.models import NetworkSettings


def portal(request: HttpRequest) -> dict:
    """The names that docs/screens.md promises to every template."""
    if not hasattr(request, "user"):  # an answer given before anybody was recognised
        request.user = AnonymousUser()
    user = request.user
    languages = SimpleLazyObject(lambda: build_languages(request))
    return {
        "network": SimpleLazyObject(lambda: network_of(request)),
        "navigation": SimpleLazyObject(lambda: navigation_for(request)),
        "footer_columns": SimpleLazyObject(lambda: footer_for(request)),
        "urgent_notice": SimpleLazyObject(lambda: notice_for(request)),
        "languages": languages,
        "here": SimpleLazyObject(lambda: build_here(request, languages)),
        "can_open_admin": SimpleLazyObject(lambda: opens_admin(user)),
    }


def network_of(request: HttpRequest) -> NetworkSettings:
    frame = frame_of(request)
    return frame.network if frame else NetworkSettings()


def build_languages(request: HttpRequest) -> list[dict]:
    """Each language with the address of this same page, or of the language's home."""
    current = current_language()
    frame = frame_of(request)
    homes = frame.homes if frame else {}
    twins = page_twins(request)
    languages = []
    for code, label, name in LANGUAGES:
        own = True
        url = request.get_full_path() if code == current else None
        if url is None:
            url = view_in(request, code) if twins is None else twins.get(code)
        if url is None:
            own = False
            url = homes.get(code, f"/{'' if code == 'fr' else code + '/'}")
        languages.append(
            {
                "code": code,
                "label": label,
                "name": name,
                "url": url,
                "current": code == current,
                "same_page": own,
            }
        )
    return languages


def build_here(request: HttpRequest, languages: list[dict]) -> dict:
    """The full addresses of this page: its own, without filters, and in each language. A page that
    only mirrors another language gives that one as its own."""
    origin = f"{request.scheme}://{request.get_host()}"
    page = getattr(request, "portal_page", None)
    spoken = page.content_language if page else current_language()
    addresses = {
        row["code"]: origin + row["url"].split("?")[0] for row in languages if row["same_page"]
    }
    is_mirror = spoken != current_language()
    return {
        "origin": origin,
        "canonical": addresses.get(spoken, origin + request.path),
        "alternates": []
        if is_mirror or len(addresses) < 2
        else [{"code": code, "url": url} for code, url in addresses.items()],
        "locale": "nl_BE" if spoken == "nl" else "fr_BE",
    }


def page_twins(request: HttpRequest) -> dict[str, str] | None:
    """The addresses of this page's published translations, by language; None elsewhere. Whoever
    sees a page sees them: a page has one audience in all its languages."""
    page = getattr(request, "portal_page", None)
    if page is None:
        return None
    return remember(
        ("twins", page.translation_key, page.locale_id), lambda: _page_twins(request, page)
    )


def _page_twins(request: HttpRequest, page: Page) -> dict[str, str]:
    twins = Page.objects.filter(translation_key=page.translation_key, live=True)
    urls = {}
    for twin in twins.exclude(pk=page.pk).select_related("locale"):
        with override(twin.locale.language_code):
            urls[twin.locale.language_code] = twin.get_url(request)
    return urls


def view_in(request: HttpRequest, code: str) -> str | None:
    """The address of this view in another language; None when it has none of its own."""
    if request.resolver_match is None or request.resolver_match.url_name == "wagtail_serve":
        return None
    path = request.get_full_path()
    url = translate_url(path, code)
    try:
        with override(code):
            resolve(url.split("?")[0])
    except Resolver404:
        return None
    return url if url != path else None
