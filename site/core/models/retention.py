from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RetentionRun(models.Model):
    """What one run of the nightly cleaning removed: how many of each kind, never what."""

    at = models.DateTimeField(default=timezone.now)
    counts = models.JSONField(default=dict)  # how many, by key of core.retention
    failed = models.JSONField(default=list)  # keys of the kinds that could not be cleaned

    class Meta:
        verbose_name = _("nettoyage de la nuit")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"

    @property
    def total(self) -> int:
        return sum(self.counts.values())
