"""What every template of ours receives. Computed only when a template asks for it."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from core.admin_scope import opens_admin
from core.models import NetworkSettings
from core.navigation import registered_entries
from core.visibility import page_filter

LANGUAGES = (("fr", "FR", "Français"), ("nl", "NL", "Nederlands"))


def portal(request: HttpRequest) -> dict:
    """The names that docs/screens.md promises to every template."""
    if not hasattr(request, "user"):  # an answer given before anybody was recognised
        request.user = AnonymousUser()
    user = request.user
    navigation = SimpleLazyObject(lambda: build_navigation(request))
    return {
        "network": SimpleLazyObject(lambda: NetworkSettings.for_request(request)),
        "navigation": navigation,
        "footer_columns": SimpleLazyObject(lambda: build_footer(request, navigation)),
        "languages": SimpleLazyObject(lambda: build_languages(request)),
        "can_open_admin": SimpleLazyObject(lambda: opens_admin(user)),
    }


def home_page(request: HttpRequest) -> Page | None:
    """The home page of this site in the page's language, when it is published."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    locale = Locale.objects.filter(language_code=get_language() or "fr").first()
    twins = Page.objects.filter(
        translation_key__in=Page.objects.filter(pk=site.root_page_id).values("translation_key"),
        live=True,
    )
    return twins.filter(locale=locale).first() or twins.filter(pk=site.root_page_id).first()


def build_navigation(request: HttpRequest) -> list[dict]:
    """The main menu: the directory, then the pages marked for menus that this visitor may see."""
    entries = [
        {"label": str(label), "url": reverse(url_name)} for label, url_name in registered_entries()
    ]
    if home := home_page(request):
        pages = (
            Page.objects.child_of(home)
            .filter(page_filter(request.user), live=True, show_in_menus=True)
            .order_by("path")
        )
        entries += [{"label": page.title, "url": page.get_url(request)} for page in pages]
    for entry in entries:
        entry["current"] = request.path.startswith(entry["url"])
    return entries


def build_footer(request: HttpRequest, navigation: list[dict]) -> list[dict]:
    network = [{"label": entry["label"], "url": entry["url"]} for entry in navigation]
    account = (
        {"label": _("Mon compte"), "url": reverse("accounts_profile")}
        if request.user.is_authenticated
        else {"label": _("Se connecter"), "url": reverse("account_login")}
    )
    return [
        {"title": _("Le réseau"), "links": network},
        {"title": _("Ce site"), "links": [account]},
    ]


def build_languages(request: HttpRequest) -> list[dict]:
    """Each language with the address of this same page, or of the language's home."""
    current = (get_language() or "fr").split("-")[0]
    twins = page_twins(request)
    languages = []
    for code, label, name in LANGUAGES:
        url = request.get_full_path() if code == current else None
        if url is None and twins is not None:
            url = twins.get(code)
        elif url is None:
            url = view_in(request, code)
        if url is None:
            with override(code):
                home = home_page(request)
                url = home.get_url(request) if home else f"/{'' if code == 'fr' else code + '/'}"
        languages.append(
            {"code": code, "label": label, "name": name, "url": url, "current": code == current}
        )
    return languages


def page_twins(request: HttpRequest) -> dict[str, str] | None:
    """The addresses of this page's published translations, by language; None elsewhere."""
    page = getattr(request, "portal_page", None)
    if page is None:
        return None
    twins = (
        Page.objects.filter(translation_key=page.translation_key, live=True)
        .filter(page_filter(request.user))
        .exclude(pk=page.pk)
        .select_related("locale")
    )
    urls = {}
    for twin in twins:
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
