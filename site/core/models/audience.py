"""Audiences: sets of tokens, shared by the objects that have the same one."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from core.visibility import TOP, Reach, reach_of

MAX_TOKENS = 40
SEPARATOR = "|"


class AudienceQuerySet(models.QuerySet):
    def open_to(self, reach: Reach) -> "AudienceQuerySet":
        """The audiences that somebody with this reach belongs to."""
        return self.filter(grants__token__in=reach.tokens)

    def for_tokens(self, tokens: Iterable[str]) -> "Audience":
        """The audience of exactly these tokens, made when it does not exist yet.

        No token at all means nobody, apart from those who oversee the network. Raises
        `ValidationError` above `MAX_TOKENS`.
        """
        tokens = sorted(set(tokens))
        if len(tokens) > MAX_TOKENS:
            raise ValidationError(
                _("Un public compte au plus %(number)d groupes ou organismes.")
                % {"number": MAX_TOKENS}
            )
        with transaction.atomic():
            audience, created = self.get_or_create(key=SEPARATOR.join(tokens))
            if created:
                Grant.objects.bulk_create(Grant(audience=audience, token=t) for t in tokens)
        return audience


class Audience(models.Model):
    """A set of tokens. Objects with the same audience share one row, so lists stay cheap."""

    key = models.CharField(max_length=1200, unique=True)

    objects = AudienceQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("public")
        verbose_name_plural = gettext_lazy("publics")

    def __str__(self) -> str:
        return self.key

    @cached_property
    def tokens(self) -> frozenset[str]:
        return frozenset(self.key.split(SEPARATOR)) if self.key else frozenset()


class Grant(models.Model):
    """One token of one audience, so that the database can filter on it."""

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="grants")
    token = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audience", "token"], name="core_grant_once")
        ]

    def __str__(self) -> str:
        return self.token


class PageAudienceQuerySet(models.QuerySet):
    def tokens_of(self, page: Page) -> frozenset[str]:
        """The effective tokens of a page; none when the page has no row: nobody sees it."""
        key = (
            self.filter(translation_key=page.translation_key)
            .values_list("effective__key", flat=True)
            .first()
        )
        return frozenset(key.split(SEPARATOR)) if key else frozenset()


class PageAudience(models.Model):
    """The audience of a page in all its languages. It is not part of the page's revisions.

    `chosen` is what somebody decided for this page (empty: as the page above). `effective` is
    what counts: never wider than any page above it, in any language, nor than the page it mirrors.
    It is kept by `core.services.audience`.
    """

    translation_key = models.UUIDField(unique=True)
    chosen = models.ForeignKey(
        Audience, models.PROTECT, null=True, blank=True, related_name="chosen_by"
    )
    effective = models.ForeignKey(Audience, models.PROTECT, related_name="effective_for")

    objects = PageAudienceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.translation_key}: {self.effective}"


class VisibleQuerySet(models.QuerySet):
    """For models with an `audience`."""

    def visible_to(self, user) -> "VisibleQuerySet":
        """What this person may see: the only source of lists."""
        reach = reach_of(user)
        if reach.networks:
            return self.all()
        return self.filter(audience__in=Audience.objects.open_to(reach))


def public_audience() -> int:
    """Primary key of the audience « everybody », as a field's default."""
    return Audience.objects.for_tokens(TOP).pk


class HasAudience(models.Model):
    """An object with an audience of its own, outside the page tree."""

    audience = models.ForeignKey(
        Audience,
        models.PROTECT,
        related_name="+",
        default=public_audience,
        verbose_name=gettext_lazy("public"),
    )

    class Meta:
        abstract = True
