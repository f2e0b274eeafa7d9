"""A copy of one's own data, made by a job."""

import datetime as dt
import secrets
from functools import partial

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import ExportState

KEPT = dt.timedelta(days=7)  # from the moment it is ready


def new_file_name(instance, filename: str) -> str:
    return f"copies/{secrets.token_urlsafe(24)}.zip"


class DataExportQuerySet(models.QuerySet):
    def running(self) -> "DataExportQuerySet":
        return self.filter(state=ExportState.ASKED)

    def current(self) -> "DataExportQuerySet":
        """Those that may be fetched now."""
        return self.filter(state=ExportState.READY, expires_at__gt=timezone.now())

    def expired(self) -> "DataExportQuerySet":
        """Those that nobody may fetch any more, or that came to nothing a week ago. Their files go
        with them."""
        now = timezone.now()
        return self.filter(
            models.Q(expires_at__lte=now) | models.Q(expires_at=None, asked_at__lte=now - KEPT)
        )


class DataExport(models.Model):
    """Somebody asked for a copy of their data: asked, ready until a day, or failed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_exports")
    state = models.CharField(
        _("état"), max_length=10, choices=ExportState.choices, default=ExportState.ASKED
    )
    asked_at = models.DateTimeField(_("demandée le"), default=timezone.now)
    ready_at = models.DateTimeField(_("prête le"), null=True, blank=True)
    expires_at = models.DateTimeField(_("jusqu’au"), null=True, blank=True)
    file = models.FileField(upload_to=new_file_name, blank=True, default="")

    objects = DataExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("copie de ses données")
        verbose_name_plural = _("copies de ses données")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(state="asked"),
                name="accounts_dataexport_one_running",
                violation_error_message=_("Votre copie est déjà en préparation."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ready")
                | models.Q(ready_at__isnull=False, expires_at__isnull=False),
                name="accounts_dataexport_ready_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"

    @property
    def is_running(self) -> bool:
        return self.state == ExportState.ASKED

    @property
    def is_current(self) -> bool:
        return self.state == ExportState.READY and self.expires_at > timezone.now()


def file_goes(sender, instance: DataExport, **kwargs) -> None:
    """A copy's file goes with its row, whoever deletes it."""
    if instance.file:
        transaction.on_commit(partial(instance.file.storage.delete, instance.file.name))
