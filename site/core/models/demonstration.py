from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class DemonstrationItem(models.Model):
    """Marks an object that the demonstration made, so that `demo --remove` finds it again."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="core_demonstrationitem_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"
