from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agenda.enums import ReportState
from agenda.models.event import Event
from core import references

MAX_REPORT = 1000  # characters


def new_reference() -> str:
    """« S-7KQ4-2M »."""
    return references.new_reference("S")


class EventReport(models.Model):
    """Somebody says that something is wrong with a published event. Whoever holds the receipt's
    address may follow it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="reports")
    token = models.CharField(
        max_length=40, unique=True, default=references.new_token, editable=False
    )
    reference = models.CharField(
        _("référence"), max_length=12, unique=True, default=new_reference, editable=False
    )
    once = models.CharField(max_length=64, unique=True, editable=False)  # of forms.robots
    text = models.TextField(
        _("ce qui ne va pas"), max_length=MAX_REPORT, validators=[MaxLengthValidator(MAX_REPORT)]
    )
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
        verbose_name = _("événement signalé")
        verbose_name_plural = _("événements signalés")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["state", "at"], name="agenda_report_state")]

    def __str__(self) -> str:
        return self.reference

    @property
    def url(self) -> str:
        """Where it is answered."""
        return reverse("agenda:report_answer", args=[self.event.slug, self.pk])

    @property
    def receipt_url(self) -> str:
        return reverse("agenda:report_receipt", args=[self.token])
