"""The names that lists of dates say, as far as a person may know of them."""

from collections.abc import Iterable, Mapping

from django.db.models import F, Value

from agenda.models import Programme
from coordination.directory.models import Organisation, Place, Territory
from core.language import current_language
from core.memory import remember

# Which facets name something with an audience, and where its names stand.
NAMED = {
    "organisme": (Organisation, "name", "name"),
    "lieu": (Place, "name_fr", "name_nl"),
    "programme": (Programme, "name_fr", "name_nl"),
}


def visible_names(user, slugs: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """The name of each organisation, place and programme of these slugs that is within reach, by
    facet and slug, in the order of the names: one query."""
    asked = {facet: set(slugs.get(facet, ())) for facet in NAMED}
    queries = [_named(user, facet, asked[facet]) for facet in NAMED if asked[facet]]
    found: dict[str, dict[str, str]] = {facet: {} for facet in NAMED}
    if not queries:
        return found
    rows = queries[0].union(*queries[1:], all=True)
    is_dutch = current_language() == "nl"
    said = [(facet, slug, (nl or fr) if is_dutch else (fr or nl)) for facet, slug, fr, nl in rows]
    for facet, slug, name in sorted(said, key=lambda row: row[2].casefold()):
        found[facet][slug] = name
    return found


def _named(user, facet: str, slugs: set[str]):
    model, french, dutch = NAMED[facet]
    visible = model.objects.visible_to(user).filter(slug__in=slugs).order_by()
    return visible.annotate(
        facet=Value(facet), said_slug=F("slug"), said_fr=F(french), said_nl=F(dutch)
    ).values_list("facet", "said_slug", "said_fr", "said_nl")


def all_territories() -> list[Territory]:
    """Every territory, read once per change."""
    return remember(("territories",), lambda: list(Territory.objects.order_by("path")))


def territory_names() -> dict[int, str]:
    return {territory.pk: territory.name for territory in all_territories()}
