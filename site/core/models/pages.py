"""The page that all our pages derive from."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale, Page, PageManager, PageViewRestriction
from wagtail.models import PagePermissionTester as WagtailPagePermissionTester
from wagtail.query import PageQuerySet

from core.beneficiaries import Found
from core.forms.pages import PortalPageForm
from core.language import current_language
from core.memory import remember
from core.services.beneficiaries import note_kept_text
from core.translations import source_languages
from core.visibility import page_filter, page_is_in_reach, reach_of

# Addresses promised to documentation and partners: no page may take them, whether the part of the
# site that answers there exists or not (design.md, « Contracts »).
RESERVED_SLUGS = {
    *("groupes", "repertoire", "agenda", "protocoles", "documentation", "recherche", "lettres"),
    *("compte", "aide", "contact", "accessibilite", "vie-privee", "gestion", "sante", "nl"),
    *("werkgroepen", "gids", "protocollen", "zoeken", "nieuwsbrieven", "account", "hulp"),
    *("toegankelijkheid", "privacy", "fichiers", "static", "mon-espace", "mijn-ruimte"),
    *("composants", "onderdelen", "courriels", "mails"),
}


def language_codes() -> dict[int, str]:
    """The language of each locale, by primary key."""
    return remember(("locales",), lambda: dict(Locale.objects.values_list("pk", "language_code")))


class PageVisibleQuerySet(PageQuerySet):
    def visible_to(self, user) -> "PageVisibleQuerySet":
        """Published pages within this person's reach: the only source of lists of pages."""
        return self.live().filter(page_filter(user))


BasePageManager = PageManager.from_queryset(PageVisibleQuerySet)


class PagePermissionTester(WagtailPagePermissionTester):
    """Wagtail's own « privacy » does not exist here: the audience decides."""

    def can_set_view_restrictions(self) -> bool:
        return False


class BasePage(Page):
    """What every page has: an audience, two languages, an address nobody else may take."""

    # The translation key of the page whose audience this one was born with. A copy arrives with
    # its source's key here and a new translation key: `core.signals` then narrows it.
    audience_origin = models.UUIDField(null=True, editable=False, default=None)

    objects = BasePageManager()

    # Slugs of a page whose address is a contract, per language; empty for the others.
    contract_slugs: dict[str, str] = {}
    # What was found in this version and kept knowingly (`core.forms.examined`).
    kept_text: list[Found] = []
    base_form_class = PortalPageForm

    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        parent = self.get_parent() if self.path else None
        if message := self.address_problem(self.slug, parent):
            raise ValidationError({"slug": message})

    def full_clean(self, *args, **kwargs) -> None:
        if contract := self.contract_slugs.get(self._language()):
            self.slug = contract
        super().full_clean(*args, **kwargs)

    def save_revision(self, user=None, **kwargs):
        revision = super().save_revision(user=user, **kwargs)
        if self.kept_text:
            reasons = [found.reason for found in self.kept_text]
            note_kept_text(actor=user, about=self, form=type(self).__name__, reasons=reasons)
            self.kept_text = []
        return revision

    def _language(self) -> str:
        return language_codes().get(self.locale_id, "fr")

    def address_problem(self, slug: str, parent: Page | None) -> str:
        """Why this page may not have this slug below this parent, or an empty string."""
        if parent is None or parent.depth != 2 or slug in self.contract_slugs.values():
            return ""
        if slug in RESERVED_SLUGS:
            return _(
                "L’adresse « %(slug)s » est réservée à une autre partie du portail. "
                "Choisissez-en une autre."
            ) % {"slug": slug}
        return ""

    def permissions_for_user(self, user) -> PagePermissionTester:
        return PagePermissionTester(user, self)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Wagtail's own privacy does not exist here: the audience decides."""
        return PageViewRestriction.objects.none()

    def route(self, request: HttpRequest, path_components: list[str]):
        if not path_components and not page_is_in_reach(self, request.user):
            raise Http404
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args, **kwargs):
        request.portal_page = self
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        key = ("crumbs", self.path, reach_of(request.user).tokens)
        context["crumbs"] = remember(key, lambda: self.crumbs(request))
        return context

    def crumbs(self, request: HttpRequest) -> list[dict]:
        """The pages above this one that this person may see: `[{"label", "url"}]`."""
        above = self.get_ancestors().filter(page_filter(request.user), depth__gt=1, live=True)
        return [
            {"label": page.title, "url": page.get_url(request)} for page in above.order_by("path")
        ]

    @property
    def description(self) -> str:
        """What this page is about in a sentence or two, for search engines and shared links."""
        for name in ("search_description", "intro", "summary", "lead"):
            if text := getattr(self, name, ""):
                return " ".join(text.split())[:300]
        return ""

    @property
    def content_language(self) -> str:
        """The language the text is really in: an alias keeps its source's, and so does a
        translation until every sentence is translated."""
        source = source_languages().get((self.translation_key, self.locale_id))
        return source or self._language()

    @property
    def is_untranslated(self) -> bool:
        """Whether the text is in another language than the page around it."""
        return self.content_language != current_language()
