"""Collect what is to be translated, and compile it: `messages.py [--check]`.

Source strings are French. `site/locale/nl` holds the complete Dutch; `site/locale/fr` holds plural
forms, filled here (without them Django would write « 0 réunions »), the spaces of French printing,
and what `core/package_messages.py` says in the place of packages. With --check nothing is
written: exit 1 when the catalogues differ from the code, when Dutch lacks a text or has a doubtful
one, or when a compiled file is out of date.
"""

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "site" / "locale"
LANGUAGES = ("fr", "nl")
# No text of the screens is there; packages bring their own catalogues.
IGNORED = (
    "var",
    "node_modules",
    "docs",
    "tests",
    "scripts",
    "requirements*.txt",
    "*/locale",
    "site/static",
)
# These change at every run and say nothing to a translator.
NOISE = ("POT-Creation-Date", "PO-Revision-Date", "Report-Msgid-Bugs-To", "Last-Translator")


def collect(locale_folder: Path) -> None:
    """Run makemessages over the whole project into one folder."""
    from django.conf import settings
    from django.core.management import call_command

    settings.LOCALE_PATHS = [str(locale_folder)]
    call_command(
        "makemessages",
        locale=list(LANGUAGES),
        extensions=["html", "txt", "py"],
        ignore_patterns=list(IGNORED),
        add_location="file",
        no_wrap=True,
        no_obsolete=True,
        verbosity=0,
    )
    for language in LANGUAGES:
        tidy(locale_folder / language / "LC_MESSAGES" / "django.po", language)


def tidy(path: Path, language: str) -> None:
    """Sort, drop the noise, and let French hold its plural forms only. Compile beside it."""
    import polib

    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.header = ""
    for name in NOISE:
        catalogue.metadata.pop(name, None)
    catalogue.metadata["Project-Id-Version"] = "Maillage"
    catalogue.metadata["Language"] = language
    catalogue.metadata["Language-Team"] = language
    catalogue.metadata_is_fuzzy = None
    if language == "fr":
        for entry in list(catalogue):
            # Sentences of packages, said our way: their French is written by hand.
            if any(Path(path).name == "package_messages.py" for path, _line in entry.occurrences):
                continue
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
            entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
            if not entry.msgid_plural:
                entry.msgstr = with_spaces(entry.msgid)
                if entry.msgstr == entry.msgid:
                    catalogue.remove(entry)
                continue
            for index in entry.msgstr_plural:
                source = entry.msgid if index == 0 else entry.msgid_plural
                entry.msgstr_plural[index] = with_spaces(source)
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))


def with_spaces(text: str) -> str:
    """French as it is printed: thin spaces before ; ! ?, and spaces that do not break before a
    colon, within « … » and in « 9 h »."""
    text = re.sub(r" ([;!?])", "\u202f\\1", text)
    text = re.sub(r" ([:»])", "\u00a0\\1", text)
    text = text.replace("« ", "«\u00a0")
    return re.sub(r"(\d) h\b", "\\1\u00a0h", text)


def problems(fresh: Path) -> list[str]:
    """What stands between the catalogues and the code, in French."""
    import polib

    found = []
    for language in LANGUAGES:
        for suffix in (".po", ".mo"):
            name = f"{language}/LC_MESSAGES/django{suffix}"
            committed, wanted = LOCALE / name, fresh / name
            if not committed.exists() or committed.read_bytes() != wanted.read_bytes():
                found.append(f"site/locale/{name} n’est plus à jour : make messages")
    for language in LANGUAGES:
        words = polib.pofile(str(fresh / language / "LC_MESSAGES" / "django.po"))
        found += [
            f"Sans traduction ({language}) : « {e.msgid} »" for e in words.untranslated_entries()
        ]
        found += [
            f"Traduction à revoir ({language}) : « {e.msgid} »" for e in words.fuzzy_entries()
        ]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, report differences")
    check = parser.parse_args().check
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    import os

    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django

    django.setup()
    if not check:
        collect(LOCALE)
        return 0
    with tempfile.TemporaryDirectory() as name:
        fresh = Path(name) / "locale"
        shutil.copytree(LOCALE, fresh) if LOCALE.exists() else fresh.mkdir()
        collect(fresh)
        found = problems(fresh)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
