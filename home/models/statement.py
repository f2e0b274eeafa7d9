from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from core.fields import StreamField
from core.models import BasePage
from core.retention import retentions
from groupes.blocks import BodyBlock


class StatementPage(BasePage):
    """What a network declares, with the day on which somebody read it again."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    intro = models.TextField(_("introduction"), blank=True, default="")
    reviewed_on = models.DateField(
        _("relue le"),
        default=timezone.localdate,
        help_text=_("Le jour de la dernière vérification : montré sur la page."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("contenu"), blank=True)

    content_panels = [*BasePage.content_panels, "intro", "reviewed_on", "body"]
    promote_panels = [FieldPanel("search_description")]
    override_translatable_fields = [SynchronizedField("reviewed_on", overridable=False)]

    class Meta:
        abstract = True


class AccessibilityPage(StatementPage):
    """How well everybody can use the site, and what to do when somebody cannot."""

    template = "home/statement_page.html"
    page_description = _("La déclaration d’accessibilité du site.")
    contract_slugs = {"fr": "accessibilite", "nl": "toegankelijkheid"}

    class Meta:
        verbose_name = _("déclaration d’accessibilité")
        verbose_name_plural = _("déclarations d’accessibilité")


class PrivacyPage(StatementPage):
    """Which data the site keeps, why, how long, and what people may ask."""

    template = "home/statement_page.html"
    page_description = _("Ce que le site garde sur les personnes, et leurs droits.")
    contract_slugs = {"fr": "vie-privee", "nl": "privacy"}

    class Meta:
        verbose_name = _("page sur la vie privée")
        verbose_name_plural = _("pages sur la vie privée")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["retentions"] = retentions()
        return context
