"""A festival or a season: events of many organisations under one name (requirement R157)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from core.models import Bilingual, HasAudience, VisibleQuerySet


class Programme(Bilingual, HasAudience):
    """What « Automne des solidarités » is: a name, a theme, dates, and the events in it."""

    bilingual = ("name", "summary")

    site = models.ForeignKey(
        Site, models.PROTECT, related_name="programmes", verbose_name=_("réseau")
    )
    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    name_fr = models.CharField(_("nom en français"), max_length=120)
    name_nl = models.CharField(_("nom en néerlandais"), max_length=120, blank=True, default="")
    summary_fr = models.TextField(
        _("en quelques phrases, en français"), max_length=600, blank=True, default=""
    )
    summary_nl = models.TextField(
        _("en quelques phrases, en néerlandais"), max_length=600, blank=True, default=""
    )
    first = models.DateField(_("premier jour"))
    last = models.DateField(_("dernier jour"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-first", "name_fr"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="agenda_programme_days",
                violation_error_message=_("Le dernier jour vient avant le premier."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"{reverse('agenda:list')}?programme={self.slug}&du={self.first}&au={self.last}"
