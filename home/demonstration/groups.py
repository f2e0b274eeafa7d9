"""The groups and bodies of the demonstration: who they are, their pages, their organisations."""

import datetime
from functools import partial

from django.db import transaction
from wagtail.models import Page

from coordination.directory.models import Organisation, Theme
from core.visibility import MEMBER, TOP
from groupes.enums import BodyKind, Joining
from groupes.models import (
    GroupContact,
    GroupOrganisation,
    GroupPage,
    GroupResourcePage,
    Mandate,
    WorkingGroup,
)
from groupes.permissions import group_token
from home.demonstration.marks import mark
from home.demonstration.pages import place, stream
from home.demonstration.source import NETWORK_FILE, Report, read
from home.services.network import Network

DIMENSIONS = ("state_of_play", "practices", "solutions", "supports")
SINCE = datetime.date(2023, 1, 1)
FIRST_RESOURCE = datetime.datetime(2026, 3, 2, 8, tzinfo=datetime.UTC)


def load_groups(
    network: Network,
    organisations: dict[str, Organisation],
    themes: dict[str, Theme],
    *,
    actor,
    report: Report,
) -> dict[str, WorkingGroup]:
    """The four working groups, the support committee and the assembly, by slug."""
    groups = {}
    taking_part = read("assignments")["group_organisations"]
    for row in read("groups"):
        group, _created = WorkingGroup.objects.update_or_create(
            slug=row["slug"],
            defaults={
                "site": network.site,
                "kind": BodyKind(row["kind"]),
                "name_fr": row["name_fr"],
                "name_nl": row["name_nl"],
                "thread": row["thread"],
                "icon": row["icon"],
                "theme": themes.get(row.get("theme")),
                "joining": Joining(row["joining"]),
                "charter_fr": row["charter_fr"],
                "charter_nl": row["charter_nl"],
            },
        )
        groups[row["slug"]] = mark(group)
        for name in taking_part.get(row["key"], []):
            GroupOrganisation.objects.get_or_create(
                group=group, organisation=organisations[name], defaults={"start": SINCE}
            )
        names = taking_part.get(row["key"], [])
        report.note(row["name_fr"], f"{len(names)} organismes, attribués pour la démonstration")
        for contact in row["contacts"]:
            GroupContact.objects.get_or_create(
                group=group,
                function_fr=contact["function_fr"],
                defaults={
                    "function_nl": contact["function_nl"],
                    "organisation": organisations.get(contact["organisation"]),
                    "email": contact["email"],
                },
            )
        if mandate := row.get("mandate"):
            Mandate.objects.get_or_create(
                group=group,
                start=datetime.date.fromisoformat(mandate["start"]),
                defaults={
                    "end": datetime.date.fromisoformat(mandate["end"]),
                    "appointed_by_fr": mandate["appointed_by_fr"],
                    "appointed_by_nl": mandate["appointed_by_nl"],
                },
            )
        _load_pages(network, group, row, actor=actor)
    _report_rest(report)
    return groups


def _load_pages(network: Network, group: WorkingGroup, row: dict, *, actor) -> None:
    page = GroupPage.objects.filter(group=group, locale=network.home.locale).first()
    if page is None:
        dated = {f"{d}_updated": datetime.date.fromisoformat(row[d]["updated"]) for d in DIMENSIONS}
        page = place(
            network.groups,
            GroupPage(
                title=row["name_fr"],
                slug=row["slug"],
                group=group,
                summary=row["summary_fr"],
                objectives=row["objectives"]["fr"],
                **{d: row[d]["fr"] for d in DIMENSIONS},
                **dated,
            ),
            actor=actor,
            dutch={
                "title": row["name_nl"],
                "summary": row["summary_nl"],
                "objectives": row["objectives"]["nl"],
                **{d: row[d]["nl"] for d in DIMENSIONS},
            },
        )
    tokens = {"group": {group_token(group)}, "members": {MEMBER}, "public": TOP}
    for resource in row["resources"]:
        if GroupResourcePage.objects.child_of(page).filter(slug=resource["slug_fr"]).exists():
            continue
        key = f"{row['slug']}/{resource['slug_fr']}"
        resource_page = place(
            page,
            GroupResourcePage(
                title=resource["title_fr"],
                slug=resource["slug_fr"],
                intro=resource["intro_fr"],
                body=stream(key, resource["body"]["fr"]),
            ),
            actor=actor,
            tokens=tokens[resource["audience"]],
            dutch={
                "title": resource["title_nl"],
                "slug": resource["slug_nl"],
                "intro": resource["intro_nl"],
                "body": stream(key, resource["body"]["nl"]),
            },
        )
        # Written over the last months, one a week: « ce qui est nouveau » is not all of one day.
        # The Dutch page is published when everything is committed: its day is set after that.
        weeks = GroupResourcePage.objects.filter(locale=network.home.locale).count()
        when = FIRST_RESOURCE + datetime.timedelta(weeks=weeks)
        transaction.on_commit(partial(_publish_on, resource_page.translation_key, when))


def _publish_on(translation_key, when: datetime.datetime) -> None:
    Page.objects.filter(translation_key=translation_key).update(first_published_at=when)


def _report_rest(report: Report) -> None:
    """What the data says of groups and bodies that has no place yet."""
    data = read(NETWORK_FILE)
    for group in data["working_groups"]:
        report.note(
            group["name"],
            f"{len(group['meetings'])} réunions de 2023 racontées dans les ressources du groupe, "
            "et datées dans l’agenda",
        )
    for assembly in data["assemblies"]:
        report.note(
            f"plénière du {assembly['date']}",
            f"« {assembly['theme']} » : racontée sur la page de l’assemblée, datée dans l’agenda",
        )
    for body in data["other_bodies"]:
        report.note(
            body["name"], "instance d’un autre réseau : pas de page, gardée dans les données"
        )
    for anomaly in data["anomalies"]:
        report.note("anomalie des données", f"{anomaly['kind']} : {anomaly['text']}")
