"""Reads one screen the way a careful visitor would: at four sizes, in two lights, with axe."""

import json
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Request

from tests.a11y.shelf import Shelf
from tests.screens import Sheet

PHONE, DESK, NARROWEST = 360, 1280, 320
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
BY_DAY = {"runOnly": {"type": "tag", "values": RULES}}
BY_NIGHT = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}  # all that the night changes
FACTS = (Path(__file__).parent / "facts.js").read_text(encoding="utf-8")
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Reader:
    """One page of a browser, in which screens are opened one after the other."""

    def __init__(self, context: BrowserContext, shelf: Shelf) -> None:
        self.shelf = shelf
        self.problems: list[str] = []
        self.page = context.new_page()
        self.page.on("console", self.note_console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("request", self.note_request)

    def read(self, sheet: Sheet) -> list[str]:
        """Everything wrong with a screen, in words; nothing when it holds."""
        if sheet.status != sheet.expected:
            return [f"answers {sheet.status} instead of {sheet.expected}"]
        self.shelf.sheet, self.shelf.missing = sheet, []
        self.problems = []
        self.page.emulate_media(color_scheme="light")
        self.resize(PHONE)
        self.page.goto(self.shelf.origin + sheet.address)
        self.page.evaluate("document.fonts.ready")
        self.page.evaluate(Axe().axe_script)
        self.note_axe(f"{PHONE} px, light", BY_DAY)
        self.note_width(f"{PHONE} px")
        self.problems += self.page.evaluate(FACTS, {"framed": sheet.is_framed})
        self.resize(DESK)
        self.note_axe(f"{DESK} px, light", BY_DAY)
        # What stands on a phone stands on a desk too; the night changes colours, not places.
        self.page.emulate_media(color_scheme="dark")
        self.note_axe(f"{DESK} px, dark", BY_NIGHT)
        self.resize(NARROWEST)
        self.note_width(f"{NARROWEST} px")
        self.resize(DESK)
        self.note_width(f"{DESK} px")
        self.page.evaluate("document.documentElement.style.fontSize = '200%'")
        self.note_width(f"{DESK} px with text twice as large")
        return self.problems + [
            f"asks for what is not there: {path}" for path in self.shelf.missing
        ]

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 800})

    def note_axe(self, how: str, rules: dict) -> None:
        options = json.dumps({**rules, "resultTypes": ["violations"], "preload": False})
        violations = self.page.evaluate(f"axe.run({options}).then(results => results.violations)")
        self.problems += [
            f"{how}: {violation['id']}: {node['html'][:160]}"
            for violation in violations
            for node in violation["nodes"][:3]
        ]

    def note_width(self, how: str) -> None:
        if (wide := self.page.evaluate(TOO_WIDE)) > 0:
            self.problems.append(f"{how}: {wide} px too wide")

    def note_console(self, message: ConsoleMessage) -> None:
        # A browser says so when the page itself is an error.
        status = self.shelf.sheet.status
        expected = status >= 400 and f"status of {status}" in message.text
        if message.type == "error" and not expected:
            self.problems.append(f"console: {message.text}")

    def note_request(self, request: Request) -> None:
        if not request.url.startswith((self.shelf.origin, "data:")):
            self.problems.append(f"asks another host: {request.url}")
