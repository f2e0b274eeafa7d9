"""Places as the agenda names them."""

from coordination.directory.models import Place
from core.language import current_language
from core.memory import remember
from core.visibility import reach_of


def known_places(user) -> dict[int, Place]:
    """The places that this person may know of, with their commune: few, read once per change."""
    key = ("agenda places", current_language(), reach_of(user).tokens)
    found = Place.objects.visible_to(user).with_town().select_related("territory")
    return remember(key, lambda: {place.pk: place for place in found})
