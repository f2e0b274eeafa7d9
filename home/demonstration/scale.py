"""Many invented organisations beside the real ones, to see that pages do not slow down."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from coordination.directory.enums import Kind
from coordination.directory.models import Organisation, Territory, Theme
from core.models import Audience, DemonstrationItem
from core.visibility import TOP
from groupes.models import GroupOrganisation, WorkingGroup
from home.demonstration.groups import SINCE
from home.demonstration.source import NETWORK_FILE, read

BATCH = 1000


@transaction.atomic
def add_organisations(times: int) -> int:
    """Add `times` the demonstration's organisations, spread over kinds, themes, territories and
    groups. Gives how many there are now of these; a second call completes, never doubles."""
    wanted = times * len(read(NETWORK_FILE)["organisations"])
    themes = list(Theme.objects.values_list("pk", flat=True))
    territories = list(Territory.objects.values_list("pk", flat=True))
    groups = list(WorkingGroup.objects.values_list("pk", flat=True))
    audience, kinds = Audience.objects.for_tokens(TOP), list(Kind)
    existing = set(
        Organisation.objects.filter(slug__startswith="essai-").values_list("slug", flat=True)
    )
    made = []
    for number in range(1, wanted + 1):
        slug = f"essai-{number:06d}"
        if slug not in existing:
            organisation = Organisation(
                slug=slug,
                name=f"Organisme d’essai {number:06d}",
                kind=kinds[number % len(kinds)],
                kind_label="organisme d’essai",
                territory_id=territories[number % len(territories)] if territories else None,
                audience=audience,
            )
            organisation.search_text = organisation.words()
            made.append(organisation)
    Organisation.objects.bulk_create(made, BATCH)
    through = Organisation.themes.through
    if themes:
        through.objects.bulk_create(
            (
                through(organisation_id=o.pk, theme_id=themes[i % len(themes)])
                for i, o in enumerate(made)
            ),
            BATCH,
        )
    if groups:
        GroupOrganisation.objects.bulk_create(
            (
                GroupOrganisation(
                    organisation_id=o.pk, group_id=groups[i % len(groups)], start=SINCE
                )
                for i, o in enumerate(made)
            ),
            BATCH,
        )
    content_type = ContentType.objects.get_for_model(Organisation)
    DemonstrationItem.objects.bulk_create(
        (DemonstrationItem(content_type=content_type, object_id=o.pk) for o in made), BATCH
    )
    _tell_planner(Organisation, through, GroupOrganisation)
    return wanted


def _tell_planner(*models) -> None:
    """PostgreSQL plans for the tables it last looked at: it looks again before the next page."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in models:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
