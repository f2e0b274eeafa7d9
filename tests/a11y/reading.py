"""Reads one screen the way a careful visitor would: at four sizes, in two lights, with axe."""

import json
import mimetypes
from pathlib import Path
from urllib.parse import unquote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import BrowserContext, Page, Route

from tests.screens import ORIGIN, Sheet

PHONE, DESK, NARROWEST = 360, 1280, 320
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# Colours are all that the night changes.
BY_DAY = {"runOnly": {"type": "tag", "values": RULES}}
BY_NIGHT = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
FACTS = (Path(__file__).parent / "facts.js").read_text(encoding="utf-8")


def read_screen(context: BrowserContext, sheet: Sheet) -> list[str]:
    """Everything wrong with a screen, in words; nothing when it holds."""
    if sheet.status != sheet.expected:
        return [f"answers {sheet.status} instead of {sheet.expected}"]
    problems: list[str] = []
    page = context.new_page()
    page.on("console", lambda m: _note_console(m, sheet, problems))
    page.on("pageerror", lambda error: problems.append(f"script: {error}"))
    page.route("**/*", lambda route: _serve(route, sheet, problems))
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.emulate_media(color_scheme="light")
    page.goto(sheet.address)
    page.evaluate("document.fonts.ready")
    page.evaluate(Axe().axe_script)
    for scheme, widths in (("light", (PHONE, DESK)), ("dark", (DESK, PHONE))):
        page.emulate_media(color_scheme=scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            found = _axe(page, BY_DAY if scheme == "light" else BY_NIGHT)
            problems += [f"{width} px, {scheme}: {words}" for words in found]
            problems += _overflow(page, f"{width} px")
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    problems += _overflow(page, f"{NARROWEST} px")
    problems += page.evaluate(FACTS, {"framed": sheet.is_framed})
    page.set_viewport_size({"width": DESK, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    problems += _overflow(page, "200 % text")
    page.close()
    return problems


def _axe(page: Page, rules: dict) -> list[str]:
    options = json.dumps({**rules, "resultTypes": ["violations"], "preload": False})
    violations = page.evaluate(f"axe.run({options}).then(results => results.violations)")
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in violations
        for node in violation["nodes"][:3]
    ]


def _overflow(page: Page, how: str) -> list[str]:
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [f"{how}: {wide} px too wide"] if wide > 0 else []


def _note_console(message, sheet: Sheet, problems: list[str]) -> None:
    # A browser says so when the page itself is an error.
    expected = sheet.status >= 400 and f"status of {sheet.status}" in message.text
    if message.type == "error" and not expected:
        problems.append(f"console: {message.text}")


def _serve(route: Route, sheet: Sheet, problems: list[str]) -> None:
    """The page itself, our static files and its pictures: nothing else exists."""
    url = route.request.url
    path = unquote(urlsplit(url).path)
    if url == sheet.address:
        route.fulfill(status=sheet.status, headers=sheet.headers, body=sheet.html)
    elif not url.startswith(ORIGIN):
        problems.append(f"asks another host: {url}")
        route.abort()
    elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)
    elif path in sheet.pictures:
        body, kind = sheet.pictures[path]
        route.fulfill(body=body, content_type=kind)
    elif path.endswith("webmanifest"):
        route.fulfill(body="{}", content_type="application/manifest+json")
    else:
        problems.append(f"asks for what is not there: {path}")
        route.abort()
