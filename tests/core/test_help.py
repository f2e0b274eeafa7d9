"""The guides say the same in both languages, and nothing in them or towards them is broken."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils.translation import override

from core import help as guides
from core.templatetags.ui import help_link
from tests.people import Role

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE_FOLDERS = [ROOT / name for name in ("site", "coordination", "groupes", "home")]
IMAGE = re.compile(r"!\[[^\]]+\]\(\.\./images/([\w/-]+\.webp)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
HELP_LINK = re.compile(r'{% help_link "([^"]+)" "([^"]+)" %}')
EVERY = [(guide, language) for guide in guides.GUIDES for language in guides.LANGUAGES]


def source(guide: guides.Guide, language: str) -> str:
    return guide.path(language).read_text(encoding="utf-8")


@pytest.mark.parametrize("guide", guides.GUIDES, ids=lambda guide: guide.key)
def test_both_languages_have_the_same_headings_and_pictures(guide):
    french, dutch = (guides.read(guide, language) for language in guides.LANGUAGES)
    assert french.title != dutch.title
    assert not re.search(r"[\[\]*`_]", french.lead + dutch.lead), "a lead is plain text"
    assert list(french.headings) == list(dutch.headings)
    pictures = [
        [name.removeprefix(f"{language}/") for name in IMAGE.findall(source(guide, language))]
        for language in guides.LANGUAGES
    ]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(("guide", "language"), EVERY, ids=str)
def test_headings_carry_their_own_anchor(guide, language):
    headings = re.findall(r"^#{2,} .*$", source(guide, language), re.MULTILINE)
    # Comments of the shell are no headings.
    assert [h for h in headings if not re.search(r" {#[a-z-]+}$", h)] == []


def test_no_guide_is_forgotten():
    written = {
        (language, path.stem)
        for language in guides.LANGUAGES
        for path in (guides.DOCS / language).glob("*.md")
    }
    assert written == set(guides.BY_FILE)


def test_links_between_guides_lead_to_a_heading():
    broken = []
    for guide, language in EVERY:
        for target in LINK.findall(source(guide, language)):
            name, _, anchor = target.partition("#")
            if name.startswith(("http:", "https:")):
                continue
            other = guides.BY_FILE.get((language, name.removesuffix(".md"))) if name else guide
            if other is None or (anchor and anchor not in guides.read(other, language).headings):
                broken.append((guide.key, language, target))
    assert broken == []


def test_no_picture_is_missing_or_unused():
    shown = {name for guide, language in EVERY for name in IMAGE.findall(source(guide, language))}
    kept = {str(path.relative_to(guides.IMAGES)) for path in guides.IMAGES.rglob("*.*")}
    assert shown == kept
    assert all(finders.find(f"aide/{name}") for name in kept)
    assert [name for name in kept if (guides.IMAGES / name).stat().st_size > 80_000] == []


def test_screens_lead_to_headings_that_exist():
    uses = {
        use
        for folder in TEMPLATE_FOLDERS
        for path in folder.rglob("*.html")
        for use in HELP_LINK.findall(path.read_text(encoding="utf-8"))
    }
    assert len(uses) > 10
    missing = [
        (key, anchor, language)
        for key, anchor in uses
        for language in guides.LANGUAGES
        if anchor not in guides.read(guides.BY_KEY[key], language).headings
    ]
    assert missing == []


def test_the_link_says_what_it_explains():
    assert help_link("members", "partager") == {
        "words": "partager une info",
        "url": guides.BY_KEY["members"].url("fr") + "#partager",
    }
    with override("nl"):
        assert help_link("members", "partager")["words"] == "een bericht delen"
    assert help_link("members", "nulle-part")["url"] == ""


def test_pictures_take_their_place_and_links_stay_in_the_portal():
    text = guides.render(
        "# Titre\n\nPour\nvous.\n\n## Voir {#voir}\n\n![Une page](../images/fr/connexion.webp)\n\n"
        "[ici](pilotes.md#a-faire) [droits](../permissions.md) [loin](https://exemple.be)\n\n"
        "<script>alert(1)</script>",
        "fr",
    )
    assert (text.title, text.lead) == ("Titre", "Pour vous.")
    assert text.headings == {"voir": "Voir"}
    assert '<figure class="guide__figure guide__figure--tall"><img alt="Une page"' in text.body
    assert re.search(r'src="/static/aide/fr/connexion\.webp"[^>]* width="\d+"', text.body)
    assert f'href="{guides.BY_KEY["pilots"].url("fr")}#a-faire"' in text.body
    assert "<span>droits</span>" in text.body
    assert 'rel="external noopener noreferrer"' in text.body
    assert "<script" not in text.body


def test_a_changed_file_is_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr(guides, "DOCS", tmp_path)
    guide = guides.Guide("essai", "info", "essai", "proef")
    (tmp_path / "fr").mkdir()
    guide.path("fr").write_text("# Un\n\nPour tous.\n\nTexte.", encoding="utf-8")
    assert guides.read(guide, "fr") is guides.read(guide, "fr")
    guide.path("fr").write_text("# Deux\n\nPour tous.\n\nTexte.", encoding="utf-8")
    assert guides.read(guide, "fr").title == "Deux"


def test_visitors_read_the_guides_in_their_language(network):
    visitor = Client()
    for language in guides.LANGUAGES:
        for guide in guides.GUIDES:
            response = visitor.get(guide.url(language))
            page = response.content.decode()
            assert response.status_code == 200
            assert f'<html lang="{language}">' in page
            assert page.count("<h1") == 1
            assert not response.cookies
    assert visitor.get("/aide/").status_code == 200
    assert visitor.get("/aide/inconnu/").status_code == 404


def test_a_guide_is_found_from_its_name_in_the_other_language(network):
    """The switch of languages keeps the last word of an address."""
    members = guides.BY_KEY["members"]
    path = members.url("nl").replace("leden", "membres")
    response = Client().get(path)
    assert (response.status_code, response["Location"]) == (301, members.url("nl"))


def test_the_index_says_which_guide_is_for_the_reader(network, people):
    client = Client()
    assert not any(card["is_own"] for card in client.get("/aide/").context["cards"])
    client.force_login(people[Role.PILOT])
    response = client.get("/aide/")
    own = [card["url"] for card in response.context["cards"] if card["is_own"]]
    assert own == [guides.BY_KEY[key].url("fr") for key in ("members", "pilots")]
    assert response["Cache-Control"] == "private, no-store"
