from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PageCheck(models.Model):
    """The day somebody said that a page still holds, in all its languages. Outside revisions."""

    translation_key = models.UUIDField(unique=True)
    checked_at = models.DateTimeField(_("vérifié le"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("vérification d’une page")

    def __str__(self) -> str:
        return f"{self.translation_key}: {self.checked_at:%Y-%m-%d}"
