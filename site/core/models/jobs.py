"""What the workers know of each other, and of what is due."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RunOutcome(models.TextChoices):
    """How the last run of a periodic job ended."""

    DONE = "done", _("faite")
    FAILED = "failed", _("en échec")


class PeriodicRun(models.Model):
    """When a periodic job is due, and how its last run ended."""

    name = models.CharField(max_length=100, unique=True)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=RunOutcome.choices, blank=True, default="")

    class Meta:
        verbose_name = _("tâche périodique")

    def __str__(self) -> str:
        return self.name


class WorkerBeat(models.Model):
    """A worker lives as long as this moves."""

    worker = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("signe de vie d’un service des tâches")

    def __str__(self) -> str:
        return self.worker
