from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from core.fields import StreamField
from core.models import BasePage
from groupes.blocks import BodyBlock


class NewsIndexPage(BasePage):
    """The news of the network, latest first."""

    template = "home/news_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    page_description = _("La liste des nouvelles.")

    intro = models.TextField(_("introduction"), blank=True, default="")

    content_panels = [*BasePage.content_panels, "intro"]

    class Meta:
        verbose_name = _("liste des nouvelles")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        # This module is imported by it.
        from home.selectors.news import NewsSearch

        context = super().get_context(request, *args, **kwargs)
        address = self.get_url(request) or ""
        search = NewsSearch(self, request.GET, request.user, address=address)
        context.update(
            search=search,
            news=search.page(request.GET.get("page")),
            feed_url=f"{address.rstrip('/')}.rss",
        )
        return context


class NewsPage(BasePage):
    """One piece of news, with its day."""

    template = "home/news_page.html"
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    page_description = _("Une nouvelle du réseau.")

    date = models.DateField(_("date"), default=timezone.localdate)
    intro = models.TextField(_("en une phrase"), max_length=400)
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(
        _("ce que montre l’image"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("Lu à voix haute. Laisser vide si l’image ne fait que décorer."),
    )
    theme = models.ForeignKey(
        "directory.Theme",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("thème"),
    )
    body = StreamField(BodyBlock(), verbose_name=_("contenu"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        "date",
        "theme",
        "intro",
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Image")),
        "body",
    ]
    override_translatable_fields = [
        SynchronizedField("date", overridable=False),
        SynchronizedField("theme", overridable=False),
    ]

    class Meta:
        verbose_name = _("nouvelle")
        verbose_name_plural = _("nouvelles")
        indexes = [models.Index(fields=["-date"], name="home_news_date")]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        # This module is imported by it.
        from home.selectors.news import neighbours

        context = super().get_context(request, *args, **kwargs)
        context.update(neighbours(self, request.user))
        return context
