"""What the journal of Wagtail remembers about an object."""

from collections.abc import Iterable

from wagtail.models import ModelLogEntry


def last_entries(action: str, ids: Iterable[int]) -> dict[int, ModelLogEntry]:
    """The last entry of an action for each of these objects, by primary key; an action belongs to
    one model."""
    entries = ModelLogEntry.objects.filter(action=action, object_id__in=[str(pk) for pk in ids])
    return {int(entry.object_id): entry for entry in entries.order_by("timestamp", "pk")}
