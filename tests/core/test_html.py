"""The HTML of every screen, as a strict parser reads it."""

import re
from collections import Counter
from pathlib import Path

import html5lib
import pytest
from django.conf import settings
from html5lib.constants import E as ERRORS

from tests.screens import NAMES, SCREENS, Sheet, fetch_all

pytestmark = pytest.mark.django_db
XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
SPRITE = settings.SITE / "static" / "img" / "sprite.svg"
PICTOGRAMS = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))
INTERACTIVE = {"a", "button", "select", "textarea", "summary", "label"}
NAMES_OF_IDS = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "aria-details")
SPEAKING = {*(f"h{level}" for level in range(1, 7)), "a", "button", "label", "legend", "summary"}
CONTROLS = {"input", "select", "textarea", "button", "meter", "output", "progress"}
EXTENDS = re.compile(r"{% extends [\"']([^\"']+)[\"'] %}")
# Full pages that no screen shows, and why.
UNSEEN = {"layouts/entrance.html", "layouts/error.html", "groupes/layout.html"}  # only extended


@pytest.fixture(scope="module", params=["fr", "nl"])
def sheets(request, django_db_setup, django_db_blocker) -> dict[str, Sheet]:
    with django_db_blocker.unblock():
        return fetch_all(request.param)


@pytest.mark.once
@pytest.mark.parametrize("name", NAMES)
def test_a_screen_is_valid_html(sheets, name):
    sheet = sheets[name]
    assert sheet.status == sheet.expected, sheet.address
    problems = [*parse_errors(sheet.html), *tree_errors(sheet.html)]
    assert not problems, "\n".join([sheet.address, *problems])


@pytest.mark.once
def test_every_full_page_is_a_screen(sheets):
    seen = {name for sheet in sheets.values() for name in sheet.templates}
    assert full_pages() - seen - UNSEEN == set()
    assert full_pages() >= UNSEEN


def test_names_of_screens_are_their_own():
    assert [name for name, count in Counter(NAMES).items() if count > 1] == []
    assert len(SCREENS) > 90


def parse_errors(html: str) -> list[str]:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    lines = html.splitlines()
    return [
        f"{ERRORS[code] % values}: {lines[line - 1].strip()[:160]}"
        for (line, _column), code, values in parser.errors
    ]


def tree_errors(html: str) -> list[str]:
    root = html5lib.parse(html)
    elements = [e for e in root.iter() if isinstance(e.tag, str) and e.tag.startswith(XHTML)]
    ids = Counter(e.get("id") for e in root.iter() if e.get("id") is not None)
    controls = {e.get("id") for e in elements if bare(e) in CONTROLS}
    problems = [f"id given twice or empty: {name}" for name, n in ids.items() if n > 1 or not name]
    drawn = (use.get("href", "") for use in root.iter(f"{SVG}use"))
    problems += [
        f"no pictogram {href}" for href in drawn if href.partition("#")[2] not in PICTOGRAMS
    ]
    for element in elements:
        tag = bare(element)
        target = element.get("for")
        if target is not None and target not in (controls if tag == "label" else ids):
            problems.append(f"<{tag} for={target!r}> leads to no control")
        for name in NAMES_OF_IDS:
            missing = set((element.get(name) or "").split()) - ids.keys()
            problems += [f"<{tag} {name}={one!r}> names nothing" for one in sorted(missing)]
        if tag == "a" and (element.get("href") or "").startswith("#"):
            place = element.get("href")[1:]
            if place and place not in ids:
                problems.append(f"<a href='#{place}'> leads nowhere")
        if re.fullmatch(r"h[1-6]|a|button|label|legend|summary|th|title", tag) and is_empty(
            element
        ):
            problems.append(f"<{tag}> says nothing {dict(element.attrib)}")
        if tag in INTERACTIVE - {"label"}:
            inside = {bare(e) for e in element.iter() if e is not element} & INTERACTIVE
            inside -= {"label"}
            problems += [f"<{one}> inside <{tag}>" for one in sorted(inside)]
    return problems


def bare(element) -> str:
    return str(element.tag).removeprefix(XHTML)


def is_empty(element) -> bool:
    words = "".join(element.itertext()).strip() or element.get("aria-label")
    return not (words or any(e.get("alt") for e in element.iter()))


def full_pages() -> set[str]:
    """Our templates that end up in `base.html`, by name."""
    parents = {}
    root = Path(settings.SITE).parent
    for path in root.glob("*/**/templates/**/*.html"):
        if ".venv" in path.parts or "tests" in path.parts:
            continue
        name = path.as_posix().rpartition("/templates/")[2]
        found = EXTENDS.search(path.read_text(encoding="utf-8"))
        parents[name] = found[1] if found else ""

    def leads_to_base(name: str) -> bool:
        parent = parents.get(name, "")
        if parent in ("", name):  # one of Wagtail's that ours extends under its own name
            return False
        return parent == "base.html" or leads_to_base(parent)

    return {name for name in parents if leads_to_base(name)}
