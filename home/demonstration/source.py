"""The files of the demonstration, and the report of what became of them."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
DATA = FOLDER / "data"
IMAGES = FOLDER / "images"
NETWORK_FILE = "reseau-ixelles-2023"

# What the data holds for parts of the portal that this version does not have: said, not dropped.
KEPT_FOR_LATER = {
    "permanences": "permanences",
    "guichets_exemplatifs": "guichets d’autres villes",
    "trainings": "formations",
    "tools_and_systems": "outils et logiciels",
    "target_publics": "publics visés",
    "indicators": "indicateurs",
    "statistics": "statistiques",
    "protocol_examples": "exemples de protocoles",
    "service_types_for_pictograms": "types de services",
    "roles_in_an_action": "rôles dans une action",
    "referent_functions": "fonctions de référence",
    "acronyms": "sigles",
}


@cache
def read(name: str):
    """One of the JSON files of `data/`."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@dataclass
class Report:
    """What the import changed, grouped or could not place, line by line, in French."""

    lines: list[str] = field(default_factory=list)

    def note(self, subject: str, text: str) -> None:
        self.lines.append(f"{subject} : {text}")

    def kept_for_later(self, data: dict) -> None:
        for key, label in KEPT_FOR_LATER.items():
            if count := len(data.get(key, [])):
                self.note("données", f"{count} {label} gardés pour une autre partie du portail")

    def __str__(self) -> str:
        return "\n".join(self.lines)
