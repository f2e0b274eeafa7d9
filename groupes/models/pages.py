"""The pages of the groups: the list, each group's own, and what a group keeps below it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from coordination.directory.models import Organisation
from core.blocks import SHORT_RICH_TEXT
from core.fields import StreamField
from core.models import BasePage
from core.upcoming import upcoming_of
from groupes.blocks import BodyBlock
from groupes.enums import BodyKind
from groupes.forms.resource import GroupResourceForm
from groupes.models.group import WorkingGroup
from groupes.models.shared import GroupFolder

SHOWN_ORGANISATIONS = 15

# The four dimensions of a group's work (requirement R039), each with the day it was last true.
DIMENSIONS = (
    ("state_of_play", gettext_lazy("État des lieux"), "map"),
    ("practices", gettext_lazy("Échange de pratiques"), "messages-square"),
    ("solutions", gettext_lazy("Solutions cherchées"), "lightbulb"),
    ("supports", gettext_lazy("Soutiens demandés"), "handshake"),
)


# Addresses below a group's page that the group's own place answers, in both languages.
RESERVED_SLUGS = {
    *("espace", "rejoindre", "quitter", "partager", "infos", "a-faire", "demandes", "reunions"),
    *("ruimte", "meedoen", "verlaten", "delen", "berichten", "te-doen", "aanvragen"),
    *("dossiers", "mappen", "vergaderingen"),
}


class GroupIndexPage(BasePage):
    """All the groups and bodies of the network."""

    template = "groupes/group_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["groupes.GroupPage"]
    contract_slugs = {"fr": "groupes", "nl": "werkgroepen"}
    page_description = gettext_lazy("La liste des groupes du réseau.")

    intro = models.TextField(gettext_lazy("introduction"), blank=True, default="")

    content_panels = [FieldPanel("title"), "intro"]
    promote_panels = [FieldPanel("search_description")]

    class Meta:
        verbose_name = gettext_lazy("liste des groupes")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        pages = list(
            GroupPage.objects.child_of(self)
            .visible_to(request.user)
            .select_related("group__theme")
            .order_by("path")
        )
        is_group = [page.group.kind == BodyKind.WORKING_GROUP for page in pages]
        context["working_groups"] = [p for p, yes in zip(pages, is_group, strict=True) if yes]
        context["bodies"] = [p for p, yes in zip(pages, is_group, strict=True) if not yes]
        return context


class GroupPage(BasePage):
    """A group as the public knows it: what for, where it stands, who takes part, whom to ask."""

    template = "groupes/group_page.html"
    parent_page_types = ["groupes.GroupIndexPage"]
    subpage_types = ["groupes.GroupResourcePage"]
    page_description = gettext_lazy("La page d’un groupe : objectifs, travail, contacts.")

    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, related_name="pages", verbose_name=gettext_lazy("groupe")
    )
    summary = models.CharField(gettext_lazy("en une phrase"), max_length=250)
    objectives = RichTextField(
        gettext_lazy("objectifs"), blank=True, default="", features=SHORT_RICH_TEXT
    )
    state_of_play = RichTextField(
        gettext_lazy("état des lieux"), blank=True, default="", features=SHORT_RICH_TEXT
    )
    state_of_play_updated = models.DateField(
        gettext_lazy("état des lieux à jour le"), null=True, blank=True
    )
    practices = RichTextField(
        gettext_lazy("échange de pratiques"), blank=True, default="", features=SHORT_RICH_TEXT
    )
    practices_updated = models.DateField(gettext_lazy("pratiques à jour le"), null=True, blank=True)
    solutions = RichTextField(
        gettext_lazy("solutions cherchées"), blank=True, default="", features=SHORT_RICH_TEXT
    )
    solutions_updated = models.DateField(gettext_lazy("solutions à jour le"), null=True, blank=True)
    supports = RichTextField(
        gettext_lazy("soutiens demandés"), blank=True, default="", features=SHORT_RICH_TEXT
    )
    supports_updated = models.DateField(gettext_lazy("soutiens à jour le"), null=True, blank=True)

    content_panels = [
        FieldPanel("title"),
        FieldPanel("group", permission="groupes.change_workinggroup"),
        "summary",
        "objectives",
        *(
            MultiFieldPanel([name, f"{name}_updated"], heading=heading)
            for name, heading, _icon in DIMENSIONS
        ),
    ]
    promote_panels = [FieldPanel("search_description")]
    override_translatable_fields = [
        SynchronizedField("group", overridable=False),
        SynchronizedField("slug", overridable=False),
    ]

    class Meta:
        verbose_name = gettext_lazy("page de groupe")

    def full_clean(self, *args, **kwargs) -> None:
        if self.group_id:
            self.slug = self.group.slug
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        same = GroupPage.objects.filter(group=self.group_id, locale=self.locale_id)
        if self.group_id and same.exclude(pk=self.pk).exists():
            raise ValidationError({"title": _("Ce groupe a déjà sa page dans cette langue.")})

    @property
    def facets(self) -> list[dict]:
        """The dimensions of the work that have something to say."""
        return [
            {
                "title": title,
                "icon": icon,
                "text": getattr(self, name),
                "updated": getattr(self, f"{name}_updated"),
            }
            for name, title, icon in DIMENSIONS
            if getattr(self, name).strip()
        ]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        # Read across models: these modules import this one.
        from groupes.selectors.groups import organisations_of
        from groupes.selectors.space import LATEST, items_of, participation, tabs_of, with_words

        user = request.user
        visible = Organisation.objects.visible_to(user)
        taking_part = organisations_of(self.group, user)
        invites_all = self.group.kind == BodyKind.ASSEMBLY
        contacts = list(self.group.contacts.all())
        named = {
            organisation.pk: organisation
            for organisation in visible.filter(pk__in=[c.organisation_id for c in contacts])
        }
        context.update(
            invites_all=invites_all,
            organisations=[] if invites_all else list(taking_part[:SHOWN_ORGANISATIONS]),
            organisation_count=taking_part.count(),
            contacts=[
                {
                    "function": contact.function,
                    "organisation": named.get(contact.organisation_id),
                    "email": contact.email,
                    "phone": contact.phone,
                    "tel": "".join(c for c in contact.phone if c.isdigit() or c == "+"),
                }
                for contact in contacts
            ],
            resources=list(
                GroupResourcePage.objects.child_of(self).visible_to(user).order_by("path")
            ),
            mandates=list(self.group.mandates.all()),
            items=with_words(items_of(self.group, user)[:LATEST], user),
            participation=participation(self, user),
            tabs=tabs_of(self, user, "page"),
            upcoming=upcoming_of(self, request),
        )
        return context


class GroupResourcePage(BasePage):
    """Something a group keeps: for itself at first, wider when the pilot says so."""

    template = "groupes/group_resource_page.html"
    parent_page_types = ["groupes.GroupPage"]
    subpage_types: list[str] = []
    page_description = gettext_lazy("Un texte, un document ou un dossier du groupe.")

    intro = models.TextField(gettext_lazy("introduction"), blank=True, default="")
    folder = models.ForeignKey(
        GroupFolder,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="pages",
        verbose_name=gettext_lazy("dossier"),
    )
    body = StreamField(BodyBlock(), verbose_name=gettext_lazy("contenu"), blank=True)

    base_form_class = GroupResourceForm
    content_panels = [*BasePage.content_panels, "intro", "folder", "body"]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    override_translatable_fields = [
        TranslatableField("slug"),
        SynchronizedField("folder", overridable=False),
    ]

    class Meta:
        verbose_name = gettext_lazy("ressource d’un groupe")
        verbose_name_plural = gettext_lazy("ressources d’un groupe")

    def address_problem(self, slug: str, parent: Page | None) -> str:
        if slug in RESERVED_SLUGS:
            return _(
                "L’adresse « %(slug)s » est réservée à l’espace du groupe. Choisissez-en une autre."
            ) % {"slug": slug}
        return super().address_problem(slug, parent)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["group_page"] = (
            GroupPage.objects.parent_of(self)
            .visible_to(request.user)
            .select_related("group")
            .first()
        )
        return context
