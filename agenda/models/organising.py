"""Who organises an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from agenda.models.event import Event
from coordination.directory.models import Organisation


class Organising(models.Model):
    """An organisation that organises an event: the first one leads, each one may edit."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="organisings")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="organisings", verbose_name=_("organisme")
    )
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("organisateur")
        verbose_name_plural = _("organisateurs")

    def __str__(self) -> str:
        return str(self.organisation)
