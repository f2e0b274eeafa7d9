"""What every network declares from its first day: accessibility, privacy, in two languages."""

import json
import uuid
from pathlib import Path

from django.db import transaction

from core.navigation import SITE
from home.models import AccessibilityPage, HomePage, PrivacyPage
from home.services.menus import build_menus, lead_to
from home.services.network import Network, child_page, locales, translate_page

TEXTS = Path(__file__).resolve().parents[1] / "data" / "statements.json"
NAMESPACE = uuid.UUID("0f4b6a2e-93d1-4c57-8c3e-5d2a7f1be640")
MODELS = {"accessibility": AccessibilityPage, "privacy": PrivacyPage}


@transaction.atomic
def build_statements(network: Network) -> None:
    """Make the pages that are missing, with the text to begin with, and lead to them from the foot
    of every page; nothing that exists changes."""
    texts = json.loads(TEXTS.read_text(encoding="utf-8"))
    home = HomePage.objects.get(pk=network.home.pk)
    _french, dutch = locales()
    for key, model in MODELS.items():
        if model.objects.child_of(home).exists():
            continue
        page = child_page(home, model, **_fields(texts[key], key, model, "fr"))
        translate_page(page, dutch, **_fields(texts[key], key, model, "nl"))
        lead_to(build_menus(network.site), page, SITE)


def _fields(text: dict, key: str, model: type, language: str) -> dict:
    """The same blocks in both languages, so that they can be translated one by one."""
    blocks = [
        {"type": "text", "value": value, "id": str(uuid.uuid5(NAMESPACE, f"{key}/{number}"))}
        for number, value in enumerate(text["body"][language])
    ]
    return {
        "title": text["title"][language],
        "slug": model.contract_slugs[language],
        "intro": text["intro"][language],
        "body": json.dumps(blocks),
    }
