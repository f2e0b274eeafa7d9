"""What the people of a group share: short items, and the shelves they are kept on."""

from django.conf import settings
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Audience, Bilingual, HasAudience, PortalDocument, VisibleQuerySet
from core.visibility import MEMBER, PUBLIC
from groupes.enums import ItemState, Scope
from groupes.models.group import WorkingGroup

MAX_TEXT = 2000  # characters
MAX_ANSWER = 1000


class GroupFolder(Bilingual, models.Model):
    """A shelf of a group, for its resource pages and its shared items."""

    bilingual = ("name",)

    group = models.ForeignKey(
        WorkingGroup, models.CASCADE, related_name="folders", verbose_name=_("groupe")
    )
    name_fr = models.CharField(_("nom en français"), max_length=80)
    name_nl = models.CharField(_("nom en néerlandais"), max_length=80, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("dossier d’un groupe")
        verbose_name_plural = _("dossiers d’un groupe")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "name_fr"],
                name="groupes_groupfolder_name_once",
                violation_error_message=_("Ce groupe a déjà un dossier de ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class SharedItemQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> "SharedItemQuerySet":
        """What this person may see: the audience's rule, withdrawn items left out."""
        return super().visible_to(user).exclude(state=ItemState.WITHDRAWN)

    def pending(self) -> "SharedItemQuerySet":
        return self.filter(state=ItemState.PENDING)

    def pinned_first(self) -> "SharedItemQuerySet":
        return self.order_by(models.F("pinned_at").desc(nulls_last=True), "-created_at", "-pk")


class SharedItem(HasAudience):
    """A short piece of information that somebody of the group shares (requirement R026).

    `wanted` is the audience chosen; `audience`, the one that counts, is the group's until a pilot
    accepts what is to be public.
    """

    group = models.ForeignKey(
        WorkingGroup, models.CASCADE, related_name="items", verbose_name=_("groupe")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("partagé par"),
    )
    title = models.CharField(_("titre"), max_length=120)
    text = models.TextField(
        _("texte"),
        max_length=MAX_TEXT,
        validators=[MaxLengthValidator(MAX_TEXT)],
        blank=True,
        default="",
    )
    link = models.URLField(
        _("lien"),
        max_length=500,
        blank=True,
        default="",
        validators=[URLValidator(["http", "https"])],
    )
    document = models.ForeignKey(
        PortalDocument,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="shared_items",
        verbose_name=_("fichier"),
    )
    folder = models.ForeignKey(
        GroupFolder,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("dossier"),
    )
    wanted = models.ForeignKey(
        Audience, models.PROTECT, related_name="+", verbose_name=_("pour qui")
    )
    state = models.CharField(
        _("état"), max_length=20, choices=ItemState.choices, default=ItemState.PUBLISHED
    )
    created_at = models.DateTimeField(_("partagé le"), default=timezone.now)
    edited_at = models.DateTimeField(_("corrigé le"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("décidé par"),
    )
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)
    answer = models.TextField(
        _("mot du pilote"),
        max_length=MAX_ANSWER,
        validators=[MaxLengthValidator(MAX_ANSWER)],
        blank=True,
        default="",
    )
    pinned_at = models.DateTimeField(_("épinglé le"), null=True, blank=True)

    objects = SharedItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("info partagée")
        verbose_name_plural = _("infos partagées")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["group", "-created_at"], name="groupes_item_recent")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ItemState.values), name="groupes_shareditem_state"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        return reverse("groupes:item", args=[self.group.slug, self.pk])

    @property
    def is_pending(self) -> bool:
        return self.state == ItemState.PENDING

    @property
    def is_withdrawn(self) -> bool:
        return self.state == ItemState.WITHDRAWN

    @property
    def scope(self) -> str:
        """The choice of the form that `wanted` came from."""
        if PUBLIC in self.wanted.tokens:
            return Scope.PUBLIC
        return Scope.MEMBERS if MEMBER in self.wanted.tokens else Scope.GROUP
