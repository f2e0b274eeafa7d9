from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from coordination.directory.enums import Level
from core.models import Bilingual


class Territory(Bilingual, MP_Node):
    """A region, a basin, a commune or a neighbourhood, in a tree: filters take what lies below."""

    bilingual = ("name",)

    slug = models.SlugField(_("adresse"), unique=True)
    name_fr = models.CharField(_("nom en français"), max_length=80)
    name_nl = models.CharField(_("nom en néerlandais"), max_length=80, blank=True, default="")
    level = models.CharField(_("niveau"), max_length=20, choices=Level.choices)
    # Spellings under which it is met in data, « Molenbeek » for instance, one per line.
    aliases = models.TextField(_("autres noms"), blank=True, default="")

    # Communes that touch this one: a filter says what lies next door (requirement R019).
    neighbours = models.ManyToManyField("self", blank=True, verbose_name=_("communes voisines"))

    node_order_by = ["name_fr"]

    class Meta:
        verbose_name = _("territoire")
        verbose_name_plural = _("territoires")

    def __str__(self) -> str:
        return self.name
