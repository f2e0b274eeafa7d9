"""Words compared without accents, capitals or punctuation."""

import unicodedata

MAX_QUERY = 200  # characters
MAX_WORDS = 20
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})


def fold(text: str) -> str:
    """Lower case, no accents, ligatures opened, everything else than letters and digits a space."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    letters = (c for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


def query_words(text: str) -> list[str]:
    """The distinct words of a query, folded, within the limits."""
    return list(dict.fromkeys(fold(text[:MAX_QUERY]).split()))[:MAX_WORDS]
