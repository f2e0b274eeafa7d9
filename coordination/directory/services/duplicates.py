"""Records that may be of the same organisation."""

from difflib import SequenceMatcher

from django.db.models import Q, QuerySet

from coordination.directory.models import Organisation
from core.text import fold, query_words

ALIKE = 0.82  # ratio of difflib between two folded names
MAX_CANDIDATES = 300
MAX_SHOWN = 5
# Words that half of the names have: they say nothing about likeness.
COMMON = {
    *("asbl", "vzw", "sprl", "de", "la", "le", "les", "du", "des", "et", "en", "a", "au", "aux"),
    *("sur", "pour", "van", "het", "een", "voor", "maison", "centre", "service", "services"),
    *("association", "collectif", "comite", "reseau", "bruxelles", "brussel", "ixelles"),
    *("elsene", "social", "sociale"),
}


def possible_duplicates(
    name: str, *, acronym: str = "", phone: str = "", among: QuerySet[Organisation]
) -> list[Organisation]:
    """At most `MAX_SHOWN` organisations of `among` that may be this one, the likest first.

    Alike: nearly the same name, a name that holds all telling words of the other, the same
    acronym, the same telephone.
    """
    telling = [word for word in query_words(name) if word not in COMMON and len(word) > 2]
    digits = "".join(c for c in phone if c.isdigit())
    condition = Q(pk=None)
    for word in telling[:6]:
        condition |= Q(search_text__contains=word[:5])
    if acronym:
        condition |= Q(acronym__iexact=acronym) | Q(name__iexact=acronym)
    if digits:
        condition |= Q(phone__contains=digits[-4:-2])
    scored = []
    for candidate in among.filter(condition).order_by("name")[:MAX_CANDIDATES]:
        score = _likeness(name, set(telling), acronym, digits, candidate)
        if score >= ALIKE:
            scored.append((-score, candidate.name, candidate))
    return [candidate for _score, _name, candidate in sorted(scored, key=lambda s: s[:2])][
        :MAX_SHOWN
    ]


def _likeness(name, telling: set[str], acronym: str, digits: str, candidate) -> float:
    if digits and len(digits) >= 8 and digits == "".join(c for c in candidate.phone if c.isdigit()):
        return 1.0
    if acronym and fold(acronym) in {fold(candidate.acronym), fold(candidate.name)}:
        return 1.0
    other = {w for w in query_words(candidate.name) if w not in COMMON and len(w) > 2}
    if telling and other and (telling <= other or other <= telling):
        return 0.95
    if candidate.acronym and fold(candidate.acronym) == fold(name):
        return 1.0
    return SequenceMatcher(None, fold(name), fold(candidate.name)).ratio()
