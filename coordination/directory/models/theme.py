import re

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Bilingual
from core.text import fold


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
    other_words_fr = models.CharField(
        _("autres mots en français"),
        max_length=400,
        blank=True,
        default="",
        help_text=_(
            "Ce que les gens tapent pour ce besoin, séparé par des virgules : repas, colis."
        ),
    )
    other_words_nl = models.CharField(
        _("autres mots en néerlandais"), max_length=400, blank=True, default=""
    )
    icon = models.CharField(_("pictogramme"), max_length=40, blank=True, default="")
    featured = models.BooleanField(_("montré à l’accueil"), default=False)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("thème")
        verbose_name_plural = _("thèmes")
        ordering = ["position", "name_fr"]

    def __str__(self) -> str:
        return self.name

    def answers(self, words: list[str]) -> bool:
        """Whether somebody who types these folded words may mean this theme: each begins a word of
        its names, in either language, and « chauffage » as well as « chauff » does."""
        said = fold(
            " ".join(
                getattr(self, f"{name}_{code}")
                for name in ("name", "need", "other_words")
                for code in ("fr", "nl")
            )
        )
        known = re.findall(r"\w{3,}", said)
        return bool(words) and all(
            any(mine.startswith(word) or word.startswith(mine) for mine in known)
            for word in words
            if len(word) > 2
        )

    @property
    def url(self) -> str:
        return f"{reverse('directory:organisation_list')}?theme={self.slug}"
