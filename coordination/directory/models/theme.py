from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Bilingual


class Theme(Bilingual, models.Model):
    """A subject that people need help with, or that a group works on."""

    bilingual = ("name", "need")

    slug = models.SlugField(_("adresse"), unique=True)
    name_fr = models.CharField(_("nom en français"), max_length=80)
    name_nl = models.CharField(_("nom en néerlandais"), max_length=80, blank=True, default="")
    need_fr = models.CharField(
        _("besoin en français"),
        max_length=40,
        blank=True,
        default="",
        help_text=_("En mots de tous les jours, « Se loger » par exemple."),
    )
    need_nl = models.CharField(_("besoin en néerlandais"), max_length=40, blank=True, default="")
    icon = models.CharField(_("pictogramme"), max_length=40, blank=True, default="")
    featured = models.BooleanField(_("montré à l’accueil"), default=False)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("thème")
        verbose_name_plural = _("thèmes")
        ordering = ["position", "name_fr"]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"{reverse('directory:organisation_list')}?theme={self.slug}"
