from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from agenda.selectors.rows import DateRow
from agenda.selectors.upcoming import first_dates
from coordination.directory.models import Organisation, Theme
from core.frame import site_of
from core.language import current_language
from core.memory import remember
from core.models import BasePage
from core.visibility import reach_of
from groupes.enums import BodyKind
from groupes.models import GroupIndexPage, GroupPage
from home.models.news import NewsIndexPage, NewsPage

SHOWN_NEWS = 3
SHOWN_DATES = 3


class HomePage(BasePage):
    """The front door of a network, in one language."""

    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.StandardPage",
        "home.NewsIndexPage",
        "home.AccessibilityPage",
        "home.PrivacyPage",
        "groupes.GroupIndexPage",
    ]
    page_description = _("L’accueil du réseau dans une langue.")

    heading = models.CharField(_("grand titre"), max_length=120)
    lead = models.TextField(_("en une phrase"), blank=True, default="")

    content_panels = [FieldPanel("title"), "heading", "lead"]
    promote_panels = [FieldPanel("search_description")]

    class Meta:
        verbose_name = _("page d’accueil")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        user = request.user
        # The same for everybody who holds the same tokens, until something changes.
        key = ("home", self.pk, current_language(), reach_of(user).tokens)
        context.update(remember(key, lambda: self.contents(request)))
        context["directory_url"] = reverse("directory:organisation_list")
        context["dates"] = self.dates(request)
        return context

    def dates(self, request: HttpRequest) -> list[DateRow]:
        """What is on today and next, looked for anew each hour."""
        site, hour = site_of(request), f"{timezone.localtime():%Y-%m-%d %H}"
        if site is None:
            return []
        key = ("home dates", site.pk, hour, current_language(), reach_of(request.user).tokens)
        return remember(key, lambda: first_dates(site, request.user, limit=SHOWN_DATES))

    def contents(self, request: HttpRequest) -> dict:
        """What the home shows to whoever holds this person's tokens."""
        user = request.user
        groups = GroupPage.objects.descendant_of(self).visible_to(user).select_related("group")
        news = (
            NewsPage.objects.descendant_of(self)
            .visible_to(user)
            .select_related("image__audience", "theme")
        )
        group_index = GroupIndexPage.objects.child_of(self).visible_to(user).first()
        news_index = NewsIndexPage.objects.child_of(self).visible_to(user).first()
        return {
            "themes": list(Theme.objects.filter(featured=True)),
            "groups": list(groups.filter(group__kind=BodyKind.WORKING_GROUP).order_by("path")),
            "news": list(news.order_by("-date", "-pk")[:SHOWN_NEWS]),
            "organisation_count": Organisation.objects.visible_to(user).count(),
            "groups_url": group_index.get_url(request) if group_index else "",
            "news_url": news_index.get_url(request) if news_index else "",
        }
