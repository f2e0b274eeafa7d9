"""Territories, themes, organisations and places of the demonstration."""

import datetime

from django.utils.text import slugify

from coordination.directory.enums import Kind
from coordination.directory.models import Organisation, Place, Territory, Theme
from core.text import fold, tidy_phone
from home.demonstration.marks import mark
from home.demonstration.source import NETWORK_FILE, Report, read

# Remarks of whoever compiled the data about the source itself: for the report, not for readers.
ABOUT_THE_SOURCE = ("imprimé", "non développé", "dans la fiche", "thème de la plénière", "« ass")


def load_territories() -> dict[str, Territory]:
    """The tree, written for the demonstration; gives each node under its folded names."""
    known: dict[str, Territory] = {}

    def place(node: dict, parent: Territory | None) -> None:
        fields = {
            "name_fr": node["name_fr"],
            "name_nl": node["name_nl"],
            "level": node["level"],
            "aliases": "\n".join(node.get("aliases", [])),
        }
        territory = Territory.objects.filter(slug=node["slug"]).first()
        if territory is None:
            territory = Territory(slug=node["slug"], **fields)
            territory = (
                parent.add_child(instance=territory)
                if parent
                else Territory.add_root(instance=territory)
            )
            mark(territory)
        for name in (node["slug"], node["name_fr"], node["name_nl"], *node.get("aliases", [])):
            known.setdefault(fold(name), territory)
        for child in node.get("children", []):
            # treebeard needs the parent as it now stands.
            place(child, Territory.objects.get(pk=territory.pk))

    for root in read("territories"):
        place(root, None)
    return known


def load_themes() -> dict[str, Theme]:
    themes = {}
    for position, row in enumerate(read("themes")):
        fields = ("name_fr", "name_nl", "need_fr", "need_nl", "icon")
        fields += ("other_words_fr", "other_words_nl")
        theme, _created = Theme.objects.update_or_create(
            slug=row["slug"],
            defaults={name: row.get(name, "") for name in fields}
            | {"featured": bool(row.get("featured")), "position": position},
        )
        themes[row["slug"]] = mark(theme)
    return themes


def load_organisations(
    territories: dict[str, Territory], themes: dict[str, Theme], report: Report
) -> dict[str, Organisation]:
    """All the organisations of the data, under their names. What the data does not say stays
    empty."""
    rows = read(NETWORK_FILE)["organisations"]
    assigned = read("assignments")
    organisations: dict[str, Organisation] = {}
    slugs: set[str] = set()
    for row in rows:
        name = row["name"]
        slug = slugify(name)[:110]
        while slug in slugs:
            slug = f"{slug}-2"
        slugs.add(slug)
        fields = {
            "name": name,
            "acronym": row.get("acronym") or "",
            "kind": _kind(row, assigned, report),
            "kind_label": row["type"],
            "territory": _territory(row, territories, assigned, report),
            "area": row.get("area") or "",
            "address": row.get("address") or "",
            "phone": tidy_phone(row.get("phone") or ""),
            "website": row.get("website") or "",
            "hours_fr": row.get("hours") or "",
            "services_fr": "\n".join(row.get("services") or []),
            "note_fr": _note(row, report),
            "status": row.get("status") or "",
        }
        organisation, _created = Organisation.objects.update_or_create(slug=slug, defaults=fields)
        organisations[name] = mark(organisation)
        active = [*(row.get("also_active") or []), *(row.get("communes_covered") or [])]
        if row.get("area"):
            active.append(row["area"])
        organisation.also_active.set(
            territory
            for place in active
            if (territory := _named(place, territories, name, report)) is not None
        )
        slugs_of_themes = assigned["themes"].get(name, [])
        organisation.themes.set(themes[theme] for theme in slugs_of_themes)
        if slugs_of_themes:
            report.note(name, f"thèmes attribués : {', '.join(slugs_of_themes)}")
        if row.get("duplicate_of"):
            report.note(name, f"doublon possible de « {row['duplicate_of']} », gardé à part")
    for row in rows:
        if row.get("parent"):
            _join(row, organisations, report)
    return organisations


def _kind(row: dict, assigned: dict, report: Report) -> Kind:
    kind = Kind(assigned["kind_overrides"].get(row["name"], assigned["kinds"][row["type"]]))
    report.note(row["name"], f"« {row['type']} » rangé dans « {kind.label} »")
    return kind


def _territory(
    row: dict, territories: dict[str, Territory], assigned: dict, report: Report
) -> Territory | None:
    name = row["name"]
    if row.get("quartier"):
        return _named(row["quartier"], territories, name, report)
    if row.get("municipality"):
        return _named(row["municipality"], territories, name, report)
    if slug := assigned["municipalities"].get(name):
        report.note(name, f"commune attribuée : {slug}")
        return territories[fold(slug)]
    report.note(name, "sans commune dans les données : « à compléter »")
    return None


def _named(
    place: str, territories: dict[str, Territory], subject: str, report: Report
) -> Territory | None:
    territory = territories.get(fold(place))
    if territory is None:
        report.note(subject, f"territoire inconnu « {place} », non placé")
    elif territory.name_fr != place:
        report.note(subject, f"« {place} » lu « {territory.name_fr} »")
    return territory


def _note(row: dict, report: Report) -> str:
    """What readers may want to know; remarks about the source go to the report."""
    notes = []
    if note := row.get("note"):
        if any(mark in note for mark in ABOUT_THE_SOURCE):
            report.note(row["name"], f"remarque sur la source, non montrée : {note}")
        else:
            notes.append(note[0].upper() + note[1:])
    if row.get("conventions"):
        notes.append(f"{row['conventions']} conventions de collaboration.")
    if row.get("hosts_raq"):
        notes.append("Accueille un Relais d’action de quartier.")
    if row.get("social_dwellings"):
        notes.append(f"{row['social_dwellings']} logements sociaux.")
    if row.get("tool"):
        notes.append(f"Outil : {row['tool']}.")
    if row.get("partner"):
        notes.append(f"Partenaire : {row['partner']}.")
    return "\n".join(notes)


def _join(row: dict, organisations: dict[str, Organisation], report: Report) -> None:
    child, wanted = organisations[row["name"]], row["parent"]
    by_folded = {fold(name): organisation for name, organisation in organisations.items()}
    parent = by_folded.get(fold(wanted)) or by_folded.get(fold(wanted.removesuffix(" asbl")))
    if parent is None:
        report.note(row["name"], f"fait partie de « {wanted} », introuvable : non placé")
        return
    if parent.name != wanted:
        report.note(row["name"], f"« {wanted} » lu « {parent.name} »")
    if basis := row.get("parent_basis"):
        report.note(row["name"], f"rattaché à « {parent.name} » : {basis}")
    child.parent = parent
    child.save()


def load_places(
    territories: dict[str, Territory], organisations: dict[str, Organisation], report: Report
) -> dict[str, Place]:
    """The places of the data with all their names."""
    assigned, written = read("assignments"), read("places")
    places: dict[str, Place] = {}
    rows = read(NETWORK_FILE)["places"]
    for row in rows:
        more = written.get(row["id"], {})
        territory = None
        if more.get("neighbourhood"):
            territory = territories[fold(more["neighbourhood"])]
        elif row.get("municipality"):
            territory = _named(row["municipality"], territories, row["name"], report)
        elif slug := assigned["places_municipalities"].get(row["id"]):
            report.note(row["name"], f"commune attribuée : {slug}")
            territory = territories[fold(slug)]
        else:
            report.note(row["name"], "sans commune dans les données")
        if not row.get("address"):
            report.note(row["name"], "sans adresse dans les données : « à compléter »")
        holder = assigned["place_organisations"].get(row["id"])
        if holder:
            report.note(row["name"], f"tenu par (attribué) : {holder}")
        until = row.get("valid_until")
        notes = [row["note"]] if row.get("note") else []
        if row.get("room"):
            notes.append(f"Salle « {row['room']} », étage {row['floor']}.")
        if row.get("landmark"):
            notes.append(f"Repère : {row['landmark']}.")
        place, _created = Place.objects.update_or_create(
            slug=row["id"],
            defaults={
                "name_fr": row["name"],
                "name_nl": more.get("name_nl") or "",
                "kind_fr": more.get("kind_fr") or row.get("kind") or "",
                "kind_nl": more.get("kind_nl") or "",
                "address": row.get("address") or "",
                "postcode": row.get("postcode") or "",
                "territory": territory,
                "organisation": organisations[holder] if holder else None,
                "note": "\n".join(note[0].upper() + note[1:] for note in notes),
                "valid_until": datetime.date.fromisoformat(until) if until else None,
            },
        )
        places[row["id"]] = mark(place)
        for alias in row.get("aliases") or []:
            place.aliases.get_or_create(name=alias)
    for row in rows:
        if target := row.get("relocated_to"):
            places[row["id"]].relocated_to = places[target]
            places[row["id"]].save()
    return places
