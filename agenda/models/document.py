"""What goes with an event on paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from agenda.models.event import Event


class EventDocument(models.Model):
    """A poster, a folder, a list of stands that goes with an event."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="event_documents")
    document = models.ForeignKey(
        "core.PortalDocument", models.CASCADE, related_name="+", verbose_name=_("document")
    )
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return str(self.document)
