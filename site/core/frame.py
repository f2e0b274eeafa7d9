"""What surrounds every page of a network: its name, its menus, its urgent notice.

Read once per change (`core.memory`), for each network and language. A link to a page carries the
page's audience with it, and is shown or not to each person by the one rule: what is remembered is
nobody's view in particular.
"""

from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page, Site

from core.language import current_language
from core.memory import remember
from core.models import Menus, NetworkSettings, PageAudience, UrgentNotice
from core.navigation import part_named
from core.visibility import TOP, reach_of

LANGUAGES = (("fr", "FR", "Français"), ("nl", "NL", "Nederlands"))


@dataclass(frozen=True)
class Link:
    """A link of a menu. `lang` is set when its words are in another language than the page's."""

    label: str
    url: str
    lang: str = ""
    tokens: frozenset[str] = TOP

    def is_open_to(self, user, site: Site) -> bool:
        reach = reach_of(user)
        return site.pk in reach.networks or not self.tokens.isdisjoint(reach.tokens)


@dataclass(frozen=True)
class Column:
    title: str
    lang: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Frame:
    network: NetworkSettings
    homes: dict[str, str]
    menu: tuple[Link, ...]
    columns: tuple[Column, ...]
    notice: UrgentNotice
    notice_link: Link | None


def site_of(request: HttpRequest) -> Site | None:
    """The network that answers at this address: a fresh object each time, read once per change."""
    if not hasattr(request, "_wagtail_site"):
        key = ("site", request.get_host(), request.get_port())
        values = remember(key, lambda: _site_values(request))
        # Where Wagtail keeps what it found for this request.
        request._wagtail_site = (
            Site.from_db(DEFAULT_DB_ALIAS, list(values), list(values.values())) if values else None
        )
    return request._wagtail_site


def _site_values(request: HttpRequest) -> dict | None:
    site = Site.find_for_request(request)
    if site is None:
        return None
    return {field.attname: getattr(site, field.attname) for field in Site._meta.concrete_fields}


def frame_of(request: HttpRequest) -> Frame | None:
    """The frame of this request's network in the page's language; None where there is none."""
    site = site_of(request)
    if site is None:
        return None
    key = ("frame", site.pk, current_language())
    return remember(key, lambda: build_frame(request, site, current_language()))


def build_frame(request: HttpRequest, site: Site, code: str) -> Frame:
    menus = Menus.objects.filter(site=site).first()
    notice = UrgentNotice.objects.filter(site=site).first() or UrgentNotice(site=site)
    entries = list(menus.main_entries.select_related("page")) if menus else []
    footer = list(menus.footer_entries.select_related("page")) if menus else []
    pages = [entry.page for entry in [*entries, *footer] if entry.page_id]
    if notice.page_id:
        pages.append(notice.page)
    links = page_links(request, pages, code)
    notice_link = links.get(notice.page.translation_key) if notice.page_id else None
    return Frame(
        network=NetworkSettings.objects.filter(site=site).first() or NetworkSettings(site=site),
        homes=home_addresses(request, site),
        menu=tuple(filter(None, (entry_link(entry, links) for entry in entries))),
        columns=footer_columns(menus, footer, links) if menus else (),
        notice=notice,
        notice_link=notice_link,
    )


def page_links(request: HttpRequest, pages: list[Page], code: str) -> dict:
    """A link to each page by its translation key: to its published version in this language, or
    to the one in another language, and then said so."""
    keys = {page.translation_key for page in pages}
    twins = (
        Page.objects.filter(translation_key__in=keys, live=True)
        .select_related("locale")
        .order_by("pk")
    )
    audiences = {
        row.translation_key: row.effective.tokens
        for row in PageAudience.objects.filter(translation_key__in=keys).select_related("effective")
    }
    links = {}
    for twin in sorted(twins, key=lambda twin: twin.locale.language_code == code):
        with override(twin.locale.language_code):
            url = twin.get_url(request)
        if url:
            links[twin.translation_key] = Link(
                label=twin.title,
                url=url,
                lang="" if twin.locale.language_code == code else twin.locale.language_code,
                tokens=audiences.get(twin.translation_key, frozenset()),
            )
    return links


def entry_link(entry, links: dict) -> Link | None:
    """The link of one entry; None when its page is not published, or its part is gone."""
    said = entry.said("label")
    lang = said["lang"] if said["other"] else ""
    if entry.page_id:
        link = links.get(entry.page.translation_key)
        if link and said["text"]:
            return Link(said["text"], link.url, lang, link.tokens)
        return link
    if entry.address:
        return Link(said["text"], entry.address, lang)
    part = part_named(entry.part)
    try:
        url = reverse(entry.part)
    except NoReverseMatch:
        return None
    return Link(said["text"] or str(part.label), url, lang) if part else None


def footer_columns(menus: Menus, entries: list, links: dict) -> tuple[Column, ...]:
    columns = []
    for number, name in enumerate(("first_title", "second_title", "third_title"), start=1):
        said = menus.said(name)
        own = [entry_link(entry, links) for entry in entries if entry.column == number]
        columns.append(
            Column(
                title=said["text"],
                lang=said["lang"] if said["other"] else "",
                links=tuple(filter(None, own)),
            )
        )
    return tuple(columns)


def home_addresses(request: HttpRequest, site: Site) -> dict[str, str]:
    """The address of the network's home in each language in which it is published."""
    homes = (
        Page.objects.filter(
            translation_key__in=Page.objects.filter(pk=site.root_page_id).values("translation_key"),
            live=True,
        )
        .select_related("locale")
        .order_by("pk")
    )
    addresses = {}
    for home in homes:
        with override(home.locale.language_code):
            addresses[home.locale.language_code] = home.get_url(request)
    return addresses


def navigation_for(request: HttpRequest) -> list[dict]:
    """The main menu as this person sees it: `[{"label", "url", "lang", "current"}]`; the members'
    home says with `has_news` whether something there is not read yet."""
    frame, site = frame_of(request), site_of(request)
    if frame is None:
        return []
    entries = [as_entry(link) for link in frame.menu if link.is_open_to(request.user, site)]
    if request.user.is_authenticated and "member" in reach_of(request.user).tokens:
        own = {"label": _("Mon espace"), "url": reverse("space"), "lang": ""}
        entries.insert(0, own | {"has_news": request.user.has_unread})
    for entry in entries:
        # Every address begins with that of the home: only the home itself is there.
        is_home = entry["url"] in {"/", *frame.homes.values()}
        here = request.path
        entry["current"] = here == entry["url"] if is_home else here.startswith(entry["url"])
    return entries


def footer_for(request: HttpRequest) -> list[dict]:
    """The columns at the foot, as this person sees them: `[{"title", "lang", "links"}]`."""
    frame, site = frame_of(request), site_of(request)
    if frame is None:
        return []
    columns = [
        {
            "title": column.title,
            "lang": column.lang,
            "links": [
                as_entry(link) for link in column.links if link.is_open_to(request.user, site)
            ],
        }
        for column in frame.columns
    ]
    return [column for column in columns if column["links"]]


def as_entry(link: Link) -> dict:
    return {"label": link.label, "url": link.url, "lang": link.lang}


def notice_for(request: HttpRequest) -> dict | None:
    """The urgent notice of this moment: `{"title", "text", "tone", "phone", "link"}`, or None."""
    frame = frame_of(request)
    if frame is None or not frame.notice.is_on():
        return None
    link = frame.notice_link
    return {
        "title": frame.notice.said("title"),
        "text": frame.notice.said("text"),
        "tone": frame.notice.tone,
        "phone": frame.notice.phone,
        "link": link if link and link.is_open_to(request.user, site_of(request)) else None,
    }
