from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.directory.enums import ChangeKind
from coordination.directory.models.organisation import Organisation


class OrganisationChange(models.Model):
    """One save of a record: who, when, and the difference of each field.

    `differences` is `{field: [before, after]}` in the values of `services.record.snapshot`;
    `version` the one that the record had afterwards.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="changes")
    kind = models.CharField(
        _("sorte"), max_length=20, choices=ChangeKind.choices, default=ChangeKind.EDIT
    )
    at = models.DateTimeField(_("quand"), auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    version = models.PositiveIntegerField()
    differences = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("changement d’une fiche")
        verbose_name_plural = _("changements des fiches")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "version"], name="directory_change_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.version}"


class OrganisationDraft(models.Model):
    """What one person has typed on a record and not sent yet: nothing is lost when a phone goes
    out. `data` is the form as typed."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("brouillon d’une fiche")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="directory_draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.user}"
