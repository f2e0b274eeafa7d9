from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from core.models import Bilingual

MAX_CHARTER = 20_000  # characters


class CharterQuerySet(models.QuerySet):
    def current(self, site: Site) -> "Charter | None":
        """The charter as it reads today; None for a network that has none."""
        return self.filter(site=site).order_by("-number").first()


class Charter(Bilingual, models.Model):
    """One version of a network's charter (requirement R003). It never changes and is never taken
    away: it is what organisations accepted."""

    bilingual = ("text",)

    site = models.ForeignKey(
        Site, models.CASCADE, related_name="charters", verbose_name=_("réseau")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    text_fr = models.TextField(
        _("la charte en français"),
        max_length=MAX_CHARTER,
        validators=[MaxLengthValidator(MAX_CHARTER)],
    )
    text_nl = models.TextField(
        _("la charte en néerlandais"),
        max_length=MAX_CHARTER,
        validators=[MaxLengthValidator(MAX_CHARTER)],
        blank=True,
        default="",
    )
    published_at = models.DateTimeField(_("publiée le"), default=timezone.now, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("publiée par"),
    )

    objects = CharterQuerySet.as_manager()

    class Meta:
        verbose_name = _("charte du réseau")
        verbose_name_plural = _("chartes du réseau")
        ordering = ["site", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "number"],
                name="welcome_charter_number",
                violation_error_message=_("Cette version de la charte existe déjà."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.number}"
