from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.directory.models.organisation import Organisation
from core.models import Bilingual, HasAudience, VisibleQuerySet


class OrganisationContact(Bilingual, HasAudience):
    """Whom to call about what, by function. A line for professionals is for members: each contact
    has an audience of its own, never wider than its organisation's (requirements R104, R105)."""

    bilingual = ("function",)

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts")
    function_fr = models.CharField(
        _("fonction en français"), max_length=120, blank=True, default=""
    )
    function_nl = models.CharField(
        _("fonction en néerlandais"), max_length=120, blank=True, default=""
    )
    phone = models.CharField(_("téléphone"), max_length=40, blank=True, default="")
    email = models.EmailField(_("adresse électronique"), blank=True, default="")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tenue aujourd’hui par"),
    )
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact d’un organisme")
        verbose_name_plural = _("contacts des organismes")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(function_fr="", function_nl=""),
                name="directory_contact_function",
                violation_error_message=_("Dites quelle est la fonction."),
            )
        ]

    def __str__(self) -> str:
        return self.function
