"""A text as the eye reads it: one kind of digit, dash, space and apostrophe, nothing invisible."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

SAME = {
    **dict.fromkeys("\n\r\v\f\x85\u2028\u2029", "\n"),
    **dict.fromkeys("\t\u2800", " "),
    **dict.fromkeys("\u2212\u2043\u02d7", "-"),
    **dict.fromkeys("\u00b7\u2022\u2219\u2027\u22c5\u30fb", "."),
    **dict.fromkeys("\u2044\u2215\u29f8", "/"),
    **dict.fromkeys("\u2018\u2019\u02bc\u2032\u00b4`", "'"),
    **dict.fromkeys("\u00ba\u02da", "°"),
    **dict.fromkeys("\u115f\u1160\u3164\uffa0", ""),  # letters that nobody sees
}


@dataclass(frozen=True)
class PlainText:
    """`text` is what is searched; `places[i]` is where its character `i` stands in the original,
    with one more for the end."""

    text: str
    places: list[int]


@lru_cache(maxsize=4096)
def _as_read(character: str) -> str:
    if character in SAME:
        return SAME[character]
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Zs":
        return " "
    if category in {"Cf", "Cc", "Mn", "Me"}:  # zero-width, soft hyphens, directions, piled accents
        return ""
    if category == "Pd":
        return "-"
    if category == "No":  # « m² » is no number
        return character
    wide = unicodedata.normalize("NFKC", character)
    return wide if len(wide) == 1 else character


def read_plainly(original: str) -> PlainText:
    """The text to search, and the way back to the original."""
    letters: list[str] = []
    places: list[int] = []
    for index, character in enumerate(original):
        if plain := _as_read(character):
            letters.append(plain)
            places.append(index)
    places.append(len(original))
    return PlainText("".join(letters), places)
