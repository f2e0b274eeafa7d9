import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coordination.directory.enums import ReportState
from coordination.directory.models.organisation import Organisation


def new_token() -> str:
    return secrets.token_urlsafe(24)


class ErrorReport(models.Model):
    """Somebody says that a record is wrong (requirement R096). Whoever holds the receipt's address
    may follow it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="error_reports")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    text = models.TextField(_("ce qui n’est pas juste"), max_length=2000)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("reçu le"), auto_now_add=True)
    state = models.CharField(
        _("état"), max_length=20, choices=ReportState.choices, default=ReportState.OPEN
    )
    answer = models.CharField(_("réponse"), max_length=500, blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("examiné le"), null=True, blank=True)

    class Meta:
        verbose_name = _("erreur signalée")
        verbose_name_plural = _("erreurs signalées")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.at:%Y-%m-%d}"

    @property
    def receipt_url(self) -> str:
        return reverse("directory:report_receipt", args=[self.token])

    @property
    def number(self) -> str:
        """What to name on the telephone: « S-00042 »."""
        return f"S-{self.pk:05d}"
