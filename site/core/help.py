"""The guides of the portal: Markdown of `docs/fr` and `docs/nl`, shown under « Aide ».

One text serves whoever reads the code's documentation and whoever looks for help on a screen. The
files are ours and come with the code: nothing that a person typed is rendered here, and raw HTML in
them is shown as text.
"""

import html
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import override
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from PIL import Image, UnidentifiedImageError

from config.env import ROOT
from core.visibility import reach_of

DOCS = ROOT / "docs"
IMAGES = DOCS / "images"
LANGUAGES = ("fr", "nl")


@dataclass(frozen=True)
class Guide:
    """One guide: its pictogram, its file in each language (its address too), who it is for.

    `tokens` are the beginnings of the tokens (core.visibility) that its readers hold.
    """

    key: str
    icon: str
    fr: str
    nl: str
    tokens: tuple[str, ...] = ()

    def stem(self, language: str) -> str:
        return getattr(self, language)

    def path(self, language: str) -> Path:
        return DOCS / language / f"{self.stem(language)}.md"

    def url(self, language: str) -> str:
        with override(language):
            return reverse("help_guide", args=[self.stem(language)])

    def is_for(self, user) -> bool:
        """Whether this person holds the role that the guide speaks to."""
        held = reach_of(user).tokens
        return any(token.startswith(self.tokens) for token in held) if self.tokens else False


# From the largest public to the smallest.
GUIDES = (
    Guide("visitors", "hand-helping", "visiteurs", "bezoekers"),
    Guide("members", "user-round", "membres", "leden", ("member",)),
    Guide(
        "representatives",
        "building-2",
        "representants",
        "vertegenwoordigers",
        ("representative:",),
    ),
    Guide("pilots", "compass", "pilotes", "trekkers", ("pilot:",)),
    Guide("coordination", "network", "coordination", "coordinatie", ("coordinator:",)),
    Guide("administration", "settings", "administration", "beheer", ("administrator:",)),
)
BY_KEY = {guide.key: guide for guide in GUIDES}
BY_FILE = {(language, guide.stem(language)): guide for guide in GUIDES for language in LANGUAGES}


@dataclass(frozen=True)
class Text:
    """A guide as it is read in one language."""

    title: str
    lead: str  # the first paragraph: for whom it is
    body: SafeString
    toc: list[dict]  # `markdown.toc`: id, name, children

    @cached_property
    def headings(self) -> dict[str, str]:
        """The words of each heading by anchor."""
        return {
            token["id"]: token["name"] for part in self.toc for token in (part, *part["children"])
        }


_texts: dict[tuple[str, str], tuple[int, Text]] = {}


def read(guide: Guide, language: str) -> Text:
    """The guide in this language, rendered again only when its file has changed."""
    path = guide.path(language)
    changed = path.stat().st_mtime_ns
    known = _texts.get((guide.key, language))
    if known is None or known[0] != changed:
        known = changed, render(path.read_text(encoding="utf-8"), language)
        _texts[guide.key, language] = known
    return known[1]


def render(source: str, language: str) -> Text:
    """Markdown with one title and a first paragraph, then headings of the second level."""
    markdown = Markdown(
        extensions=["attr_list", "fenced_code", "sane_lists", "tables", "toc"],
        extension_configs={"toc": {"toc_depth": "2-3"}},
    )
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    markdown.treeprocessors.register(GuideProcessor(markdown, language), "guide", 1)
    title, _, rest = source.strip().partition("\n")
    lead, _, rest = rest.strip().partition("\n\n")
    body = SafeString(markdown.convert(rest))
    return Text(title.lstrip("# "), " ".join(lead.split()), body, named(markdown.toc_tokens))


def named(tokens: list[dict]) -> list[dict]:
    """The contents in plain words: templates escape them themselves."""
    return [
        {
            "id": token["id"],
            "name": html.unescape(token["name"]),
            "children": named(token["children"]),
        }
        for token in tokens
    ]


class GuideProcessor(Treeprocessor):
    """Pictures, links and tables of the files, as the portal shows them. Runs last."""

    def __init__(self, md: Markdown, language: str) -> None:
        super().__init__(md)
        self.language = language

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag == "a":
                    self.lead(child)
                elif child.tag == "img":
                    self.show(child, parent)
                elif child.tag == "table":
                    self.fold(child, parent)

    def lead(self, link: Element) -> None:
        """Another guide: its address. Other files of the code: words. Elsewhere: said to be so."""
        target = urlsplit(link.get("href", ""))
        if target.scheme or target.netloc:
            link.set("rel", "external noopener noreferrer")
        elif target.path:
            guide = BY_FILE.get((self.language, target.path.removesuffix(".md")))
            if guide is None:
                link.tag, link.attrib = "span", {}
            else:
                anchor = f"#{target.fragment}" if target.fragment else ""
                link.set("href", guide.url(self.language) + anchor)

    def show(self, image: Element, parent: Element) -> None:
        """A picture alone in its paragraph is a figure of known size, so that nothing jumps."""
        name = image.get("src", "").removeprefix("../images/")
        try:
            with Image.open(IMAGES / name) as opened:
                width, height = opened.size
        except (OSError, UnidentifiedImageError):
            parent.remove(image)
            return
        image.attrib |= {
            "src": static(f"aide/{name}"),
            "width": str(width),
            "height": str(height),
            "loading": "lazy",
            "decoding": "async",
        }
        if parent.tag == "p" and len(parent) == 1:
            tall = " guide__figure--tall" if height > width else ""
            parent.tag, parent.attrib = "figure", {"class": f"guide__figure{tall}"}

    def fold(self, table: Element, parent: Element) -> None:
        """A table may be wider than a telephone: its frame scrolls, and its cells stack."""
        heads = ["".join(cell.itertext()) for cell in table.iter("th")]
        table.set("class", "table table--stack")
        for row in table.iter("tr"):
            for cell, head in zip(row.findall("td"), heads, strict=False):
                cell.set("data-label", head)
        for cell in table.iter("th"):
            cell.set("scope", "col")
        frame = Element("div", {"class": "table-wrap"})
        place = list(parent).index(table)
        parent.remove(table)
        frame.append(table)
        parent.insert(place, frame)
