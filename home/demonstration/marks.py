from django.contrib.contenttypes.models import ContentType
from django.db import models

from core.models import DemonstrationItem


def mark(instance: models.Model):
    """Note that the demonstration made this object."""
    DemonstrationItem.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(instance), object_id=instance.pk
    )
    return instance


def is_loaded() -> bool:
    """Whether a demonstration stands in this database."""
    return DemonstrationItem.objects.exists()
