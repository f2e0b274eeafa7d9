"""The catalogues follow the code, and Dutch lacks nothing."""

import contextlib
import importlib.util
import re
import shutil
from pathlib import Path
from types import ModuleType

import allauth
import django
import polib
import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "site" / "locale"
LANGUAGES = ["fr", "nl"]
PACKAGES = "site/core/package_messages.py"
TRANSLATES = re.compile(r"{% (?:block)?trans")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|\(\?P<\w+>|<[^>]+>")


def catalogue(folder: Path, language: str) -> polib.POFile:
    return polib.pofile(str(folder / language / "LC_MESSAGES" / "django.po"))


def key(entry) -> tuple:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def is_of_packages(entry: polib.POEntry) -> bool:
    return any(file == PACKAGES for file, _line in entry.occurrences)


def forms(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each source text with its translation: one pair, or one per plural form."""
    if entry.msgid_plural:
        sources = [entry.msgid, entry.msgid_plural]
        return [(sources[min(n, 1)], text) for n, text in sorted(entry.msgstr_plural.items())]
    return [(entry.msgid, entry.msgstr)]


def messages_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def source_folders(script: ModuleType) -> list[Path]:
    return [
        folder
        for folder in ROOT.iterdir()
        if folder.is_dir() and folder.name[0] != "." and folder.name not in script.IGNORED
    ]


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    """What `make messages` writes today, in a copy: it leaves working files beside templates."""
    script = messages_script()
    copy = tmp_path_factory.mktemp("collected")
    ignored = shutil.ignore_patterns("__pycache__", "static")
    for folder in source_folders(script):
        shutil.copytree(folder, copy / folder.name, ignore=ignored)
    locale = copy / "site" / "locale"
    with contextlib.chdir(copy), override_settings(LOCALE_PATHS=[locale]):
        script.collect(locale)
    return locale


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_what_the_code_says(collected, language):
    written = {key(entry) for entry in catalogue(LOCALE, language)}
    wanted = {key(entry) for entry in catalogue(collected, language)}
    assert wanted - written == set(), "à traduire : make messages"
    assert written - wanted == set(), "plus dit nulle part : make messages"


def test_no_template_is_left_out():
    """Mails too: what is not collected comes out in French in a Dutch mail."""
    told = {path for entry in catalogue(LOCALE, "nl") for path, _line in entry.occurrences}
    speaking = {
        str(path.relative_to(ROOT))
        for folder in source_folders(messages_script())
        for path in folder.glob("**/templates/**/*")
        if path.suffix in {".html", ".txt"} and TRANSLATES.search(path.read_text(encoding="utf-8"))
    }
    assert speaking
    assert speaking - told == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_collecting_again_changes_no_translation(collected, language):
    """Else the words written by hand, those for packages in French first, would be lost."""
    written = {key(entry): forms(entry) for entry in catalogue(LOCALE, language)}
    again = {key(entry): forms(entry) for entry in catalogue(collected, language)}
    assert {k: v for k, v in written.items() if again.get(k, v) != v} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_empty_or_doubtful(language):
    entries = catalogue(LOCALE, language)
    assert [e.msgid for e in entries if any(not text.strip() for _source, text in forms(e))] == []
    assert [e.msgid for e in entries if e.fuzzy] == []
    assert [e.msgid for e in entries if e.obsolete] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_tags_are_kept(language):
    wrong = [
        (source, text)
        for entry in catalogue(LOCALE, language)
        for source, text in forms(entry)
        if set(PLACEHOLDER.findall(source)) != set(PLACEHOLDER.findall(text))
    ]
    assert wrong == []


def test_dutch_is_typeset_as_dutch():
    """No space before a sign, no French quotes."""
    wrong = [
        text
        for entry in catalogue(LOCALE, "nl")
        for _source, text in forms(entry)
        if re.search(r"\s[:;!?]|[«»\u202f]", text)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_says_the_same(language):
    compiled = polib.mofile(str(LOCALE / language / "LC_MESSAGES" / "django.mo"))
    written = catalogue(LOCALE, language)
    assert {key(entry): forms(entry) for entry in compiled} == {
        key(entry): forms(entry) for entry in written
    }
    assert compiled.metadata["Plural-Forms"] == written.metadata["Plural-Forms"]


def test_no_package_answers_in_our_place_in_french():
    """A French word of ours that is also an English word of a package (« Comment ») would come
    out as the package's French, and our Dutch would change the package's."""
    taken = {}
    with override("fr"):
        for entry in catalogue(LOCALE, "nl"):
            said = (
                ngettext(entry.msgid, entry.msgid_plural, 1)
                if entry.msgid_plural
                else gettext(entry.msgid)
            )
            ours = messages_script().with_spaces(entry.msgid)
            if not is_of_packages(entry) and said.casefold() != ours.casefold():
                taken[entry.msgid] = said
    assert taken == {}


def test_words_for_packages_are_still_words_of_packages():
    """After an upgrade a sentence that changed is no longer ours to say: it is to be renamed."""
    known = set()
    for folder in (
        Path(django.__file__).parent / "conf" / "locale",
        Path(django.__file__).parent / "contrib" / "auth" / "locale",
        Path(allauth.__file__).parent / "locale",
    ):
        known |= {entry.msgid for entry in catalogue(folder, "en")}
    ours = {entry.msgid for entry in catalogue(LOCALE, "fr") if is_of_packages(entry)}
    assert ours
    assert ours - known == set()


@pytest.mark.parametrize(
    ("name", "french", "dutch"),
    [
        ("accounts_profile", "/compte/", "/nl/account/"),
        ("account_login", "/compte/connexion/", "/nl/account/aanmelden/"),
        ("account_logout", "/compte/deconnexion/", "/nl/account/afmelden/"),
        ("account_change_password", "/compte/mot-de-passe/", "/nl/account/wachtwoord/"),
        (
            "account_reset_password",
            "/compte/mot-de-passe/oublie/",
            "/nl/account/wachtwoord/vergeten/",
        ),
        ("directory:organisation_list", "/repertoire/", "/nl/gids/"),
        ("directory:place_list", "/repertoire/lieux/", "/nl/gids/plaatsen/"),
    ],
)
def test_addresses_speak_the_language(name, french, dutch):
    with override("fr"):
        assert reverse(name) == french
    with override("nl"):
        assert reverse(name) == dutch
