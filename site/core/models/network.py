from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from core.models.bilingual import Bilingual


@register_setting(icon="site", order=100)
class NetworkSettings(Bilingual, BaseSiteSetting):
    """The identity of the network of one site: its name, its line for help, how to reach it."""

    bilingual = ("name", "tagline", "helpline_name", "helpline_hours")

    name_fr = models.CharField(_("nom en français"), max_length=120, blank=True, default="")
    name_nl = models.CharField(_("nom en néerlandais"), max_length=120, blank=True, default="")
    tagline_fr = models.CharField(_("devise en français"), max_length=160, blank=True, default="")
    tagline_nl = models.CharField(
        _("devise en néerlandais"), max_length=160, blank=True, default=""
    )
    helpline_number = models.CharField(
        _("téléphone d’aide"),
        max_length=30,
        blank=True,
        default="",
        help_text=_("Montré en haut de chaque page. Laisser vide s’il n’y en a pas."),
        validators=[
            RegexValidator(
                r"^[0-9+ ./()-]{3,30}$", _("Écrivez un numéro de téléphone, comme 02 123 45 67.")
            )
        ],
    )
    helpline_name_fr = models.CharField(
        _("qui répond, en français"),
        max_length=160,
        blank=True,
        default="",
        help_text=_("Quand ce n’est pas la coordination elle-même qui répond."),
    )
    helpline_name_nl = models.CharField(
        _("qui répond, en néerlandais"), max_length=160, blank=True, default=""
    )
    helpline_hours_fr = models.CharField(
        _("heures d’appel en français"), max_length=160, blank=True, default=""
    )
    helpline_hours_nl = models.CharField(
        _("heures d’appel en néerlandais"), max_length=160, blank=True, default=""
    )
    address = models.CharField(_("adresse"), max_length=200, blank=True, default="")
    email = models.EmailField(_("adresse électronique"), blank=True, default="")

    class Meta:
        verbose_name = _("identité du réseau")

    def __str__(self) -> str:
        return self.name or str(self.site)

    @property
    def helpline_tel(self) -> str:
        """The number as a `tel:` link wants it: digits, and a plus sign in front if typed."""
        return "".join(c for c in self.helpline_number if c.isdigit() or c == "+")
