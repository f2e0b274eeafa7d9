from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.fields import StreamField
from core.memory import remember
from core.models import BasePage
from core.visibility import page_filter, reach_of
from groupes.blocks import BodyBlock


class StandardPage(BasePage):
    """A page of text: who we are, how it works, the members' area."""

    template = "home/standard_page.html"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    page_description = _("Une page de texte, avec ou sans pages en dessous.")

    intro = models.TextField(_("introduction"), blank=True, default="")
    body = StreamField(BodyBlock(), verbose_name=_("contenu"), blank=True)

    content_panels = [*BasePage.content_panels, "intro", "body"]

    class Meta:
        verbose_name = _("page de texte")
        verbose_name_plural = _("pages de texte")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        key = ("children", self.path, reach_of(request.user).tokens)
        context["children"] = remember(key, lambda: self.children(request.user))
        return context

    def children(self, user) -> list[Page]:
        """The published pages below this one that this person may see."""
        return list(
            Page.objects.child_of(self).filter(page_filter(user), live=True).order_by("path")
        )
