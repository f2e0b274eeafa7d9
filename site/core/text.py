"""Words as people type them: cleaned before they are kept, folded before they are compared."""

import re
import unicodedata

MAX_QUERY = 200  # characters
MAX_WORDS = 20
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})

# Line ends of every origin, and the bullets that Word pastes from its symbol fonts.
SAME = str.maketrans(
    {"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
    | {"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\t": " "}
)
JOINER = "\u200d"  # holds the parts of an emoji together
MAX_MARKS = 3  # accents on one letter, Vietnamese has two
# What a spreadsheet would run as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def tidy(text: str, *, lines: bool = False) -> str:
    """What somebody typed or pasted, without what nobody can see.

    Composed (NFC); control, zero-width, bidirectional, private and unassigned characters gone,
    emoji kept whole; piled-up accents cut; spaces collapsed. With `lines`, line ends are kept, two
    in a row at most; without, they become spaces.
    """
    text = text.replace("\r\n", "\n").translate(SAME)
    text = text.encode("utf-8", "ignore").decode("utf-8")  # lone surrogates
    text = unicodedata.normalize("NFC", text)
    kept: list[str] = []
    marks = 0
    for index, character in enumerate(text):
        category = unicodedata.category(character)
        marks = marks + 1 if category == "Mn" and character != "\ufe0f" else 0
        if character == "\n":
            kept.append(character)
        elif character == JOINER:
            after = text[index + 1 : index + 2]
            if kept and _is_sign(kept[-1]) and after and _is_sign(after):
                kept.append(character)
        elif category[0] != "C" and marks <= MAX_MARKS:
            kept.append(character)
    rows = [" ".join(row.split(" ")).strip() for row in "".join(kept).split("\n")]
    rows = [re.sub(r" {2,}", " ", row) for row in rows]
    if not lines:
        return " ".join(row for row in rows if row)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


def _is_sign(character: str) -> bool:
    return unicodedata.category(character) in {"So", "Sk", "Mn"}


def tidy_phone(text: str) -> str:
    """A telephone number with spaces only: « 02/648.50.01 » becomes « 02 648 50 01 ». What is no
    number stays as it is."""
    text = tidy(text)
    if not re.fullmatch(r"[+0-9 ./()-]+", text):
        return text
    return " ".join(re.sub(r"[./-]", " ", text).split())


def fold(text: str) -> str:
    """Lower case, no accents, ligatures opened, everything else than letters and digits a space."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    letters = (c for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


def query_words(text: str) -> list[str]:
    """The distinct words of a query, folded, within the limits."""
    return list(dict.fromkeys(fold(text[:MAX_QUERY]).split()))[:MAX_WORDS]


def plain_cell(value: str) -> str:
    """A value that a spreadsheet shows and never runs. Telephone numbers keep their plus sign."""
    if value.startswith(FORMULA) and not value[1:].replace(" ", "").replace(".", "").isdigit():
        return f"'{value}"
    return value
