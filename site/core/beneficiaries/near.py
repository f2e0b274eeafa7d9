"""What stands beside what: the name before a number, an address or a date, or behind it."""

import re

from core.beneficiaries import words
from core.beneficiaries.names import Likeness, Name, Token, names_in, tokens_of

BEFORE = 80  # characters read before a date, a number, an address
AFTER = 40  # and behind it
NEAR = 45  # characters between a name and the number or the address behind it
NEAR_WORDS = 6  # words between the same two
NEAR_DIGITS = 4  # « 39 ans », « née en 1981 »
BEHIND = 25  # characters between a number or an address and the name behind it

SENTENCE_END = re.compile(r"[.!?;][ \n]+[^\W\d_a-zà-ÿ]")
SEPARATORS = " \n,:(/-"

Span = tuple[int, int]


def name_before(text: str, start: int) -> Name | None:
    """The last name in the same sentence before this place."""
    floor = max(0, start - BEFORE)
    names = names_in(text[floor:start])
    if not names:
        return None
    name = Name(names[-1].start + floor, names[-1].end + floor, names[-1].likeness)
    return None if SENTENCE_END.search(text, name.end, start + 1) else name


def name_behind(text: str, end: int, within: int) -> Name | None:
    """The first sure name in the same sentence that begins at most `within` characters behind."""
    names = names_in(text[end : end + AFTER])
    if not names or names[0].likeness < Likeness.NAME or names[0].start > within:
        return None
    name = Name(names[0].start + end, names[0].end + end, names[0].likeness)
    return None if SENTENCE_END.search(text, end, name.start + 1) else name


def holder_of(text: str, span: Span, *, behind: frozenset[str]) -> Name | None:
    """Whose number or address this is, when it looks like a person's own and not a function's or an
    organisation's. `behind`: the words that may stand between it and a name behind it."""
    start, end = span
    name = name_before(text, start)
    if name and _leads_to(text, name, start) and not _is_professional(text, name, end):
        return name
    name = name_behind(text, end, BEHIND)
    if name and not _has_any(_last_tokens(text, start, 3), words.PROFESSIONAL):
        between = tokens_of(text[end : name.start])
        plain = "\n" not in text[end : name.start] and _all_in(between, behind)
        if plain and (between or behind is words.OF) and not _says_function(text, name.end):
            return name
    return None


def _leads_to(text: str, name: Name, start: int) -> bool:
    between = text[name.end : start]
    tokens = tokens_of(between)
    if _has_any(tokens, words.DWELLING):
        return name.likeness >= Likeness.CAPITALS
    return (
        name.likeness == Likeness.NAME
        and len(between) <= NEAR
        and len(tokens) <= NEAR_WORDS
        and between.count("\n") <= 1
        and sum(character.isdigit() for character in between) <= NEAR_DIGITS
        and not _has_any(tokens, words.PROFESSIONAL)
    )


def _is_professional(text: str, name: Name, end: int) -> bool:
    """« Directrice : Marie D. 0470… », « Marie D. 0470… (directrice) », « Centre X, Marie D. »."""
    if _has_any(tokens_of(text[name.end : end]), words.DWELLING):
        return False
    before = text[max(0, name.start - BEFORE) : name.start]
    last = tokens_of(before)[-1:]
    stands_before = bool(last) and not before[last[0].end :].strip(SEPARATORS)
    return (stands_before and _has_any(last, words.PROFESSIONAL)) or _says_function(text, end)


def _says_function(text: str, end: int) -> bool:
    behind = text[end : end + AFTER]
    first = tokens_of(behind)[:1]
    return bool(first) and (
        not behind[: first[0].start].strip(SEPARATORS) and _has_any(first, words.PROFESSIONAL)
    )


def _last_tokens(text: str, end: int, number: int) -> list[Token]:
    return tokens_of(text[max(0, end - BEFORE) : end])[-number:]


def _has_any(tokens: list[Token], known: frozenset[str]) -> bool:
    return any(token.folded in known for token in tokens)


def _all_in(tokens: list[Token], known: frozenset[str]) -> bool:
    return all(token.folded in known for token in tokens)
