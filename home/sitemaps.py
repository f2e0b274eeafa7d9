"""What search engines may know: what a stranger sees, and nothing else."""

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, Site

from agenda.models import Event, EventDate
from coordination.directory.models import Organisation
from core.frame import site_of
from core.help import GUIDES, Guide
from core.visibility import page_filter


class PageSitemap(Sitemap):
    """Each public page of the network that is asked, in its own language."""

    def __init__(self, site: Site | None) -> None:
        self.site = site

    def items(self):
        if self.site is None:
            return Page.objects.none()
        here = Q()
        for root in self.site.root_page.get_translations(inclusive=True):
            here |= Q(path__startswith=root.path)
        public = Page.objects.filter(here, page_filter(None), live=True, alias_of=None)
        return public.select_related("locale").order_by("path")

    def location(self, item: Page) -> str:
        return item.get_url() or "/"

    def lastmod(self, item: Page):
        return item.last_published_at


class OrganisationSitemap(Sitemap):
    """Each public record, in both languages."""

    i18n = True

    def items(self):
        return Organisation.objects.visible_to(None).order_by("pk")

    def location(self, item: Organisation) -> str:
        return item.url

    def lastmod(self, item: Organisation):
        return item.updated_at


class EventSitemap(Sitemap):
    """Each public event that is not over, in both languages."""

    i18n = True

    def __init__(self, site: Site | None) -> None:
        self.site = site

    def items(self):
        ahead = EventDate.objects.filter(end_day__gte=timezone.localdate()).order_by()
        events = Event.objects.visible_to(None).filter(site=self.site)
        return events.filter(pk__in=ahead.values("event")).order_by("pk")

    def location(self, item: Event) -> str:
        return item.url

    def lastmod(self, item: Event):
        return item.last_published_at


class ListSitemap(Sitemap):
    """Lists that are not pages."""

    def items(self) -> list[tuple[str, str]]:
        names = ("agenda:list", "directory:organisation_list", "directory:place_list")
        names += ("help_index", "contact")
        return [(name, code) for name in names for code in ("fr", "nl")]

    def location(self, item: tuple[str, str]) -> str:
        name, code = item
        with override(code):
            return reverse(name)


class HelpSitemap(Sitemap):
    """The guides, in both languages."""

    def items(self) -> list[tuple[Guide, str]]:
        return [(guide, code) for guide in GUIDES for code in ("fr", "nl")]

    def location(self, item: tuple[Guide, str]) -> str:
        guide, code = item
        return guide.url(code)


def network_sitemap(request: HttpRequest) -> HttpResponse:
    """What everybody may read of the network that is asked, for search engines."""
    site = site_of(request)
    maps = {
        "pages": PageSitemap(site),
        "organismes": OrganisationSitemap,
        "evenements": EventSitemap(site),
        "listes": ListSitemap,
        "aide": HelpSitemap,
    }
    return sitemap(request, maps)
