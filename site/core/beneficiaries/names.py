"""Which words look like the name of a person: civilities, first names, initials, capitals."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from core.beneficiaries import words
from core.text import fold

TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*\.?")
ELISION = re.compile(r"^(?:qu|[cdjlmnst])'", re.IGNORECASE)
MAX_PARTS = 4  # words of one name


class Likeness(IntEnum):
    """How much some words look like a person's name."""

    CAPITALS = 1  # two capitalised words that nothing explains
    PERSON = 2  # « une dame », without a name
    NAME = 3  # a civility, a usual first name, an initial


@dataclass(frozen=True)
class Token:
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        return self.text.removesuffix(".")

    @property
    def folded(self) -> str:
        return _folded(self.word)

    @property
    def is_capital(self) -> bool:
        return self.word[0].isupper()

    @property
    def is_initial(self) -> bool:
        return len(self.word) == 1 and self.is_capital

    @property
    def may_be_name(self) -> bool:
        folded = self.folded
        known = folded in words.NOT_A_NAME or folded in words.CIVILITIES
        return self.is_capital and not known and not folded.endswith(words.STREET_ENDS)


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return fold(ELISION.sub("", word)).replace(" ", "-")


@dataclass(frozen=True)
class Name:
    start: int
    end: int
    likeness: Likeness


def tokens_of(text: str) -> list[Token]:
    return [Token(match[0], *match.span()) for match in TOKEN.finditer(text)]


def names_in(text: str) -> list[Name]:
    """The names in a short plain text, in order; none of streets, organisations, functions."""
    tokens = tokens_of(text)
    names: list[Name] = []
    index = 0
    while index < len(tokens):
        found = _name_at(text, tokens, index)
        if found:
            last, likeness = found
            end = tokens[last - 1].end
            if not tokens[last - 1].is_initial and text[end - 1] == ".":
                end -= 1
            names.append(Name(tokens[index].start, end, likeness))
            index = last
        else:
            index += 1
    return names


def _name_at(text: str, tokens: list[Token], first: int) -> tuple[int, Likeness] | None:
    """The end (exclusive) of the name that begins with this token, and how sure it is."""
    token = tokens[first]
    if _names_a_place(text, tokens, first):
        return None
    if _is_civility(token):
        last = _name_end(text, tokens, first + 1) if _touch(text, tokens, first) else first + 1
        if last > first + 1:
            return last, Likeness.NAME
        return (last, Likeness.PERSON) if token.folded in words.PEOPLE else None
    if token.folded in words.PEOPLE:
        return first + 1, Likeness.PERSON
    last = _name_end(text, tokens, first)
    parts = tokens[first:last]
    if not parts:
        return None
    usual = [part.folded in words.first_names() for part in parts]
    if any(usual) or (len(parts) > 1 and parts[-1].is_initial and len(parts[0].word) > 2):
        return last, Likeness.NAME
    if len(parts) > 1 and all(part.is_initial for part in parts):
        return last, Likeness.NAME
    if len(parts) > 1 and not any(_is_acronym(part) for part in parts):
        return last, Likeness.CAPITALS
    return None


def _is_civility(token: Token) -> bool:
    """« M. », « Mme », « de heer »: a lone capital M without its point is an initial."""
    return token.folded in words.CIVILITIES and token.text not in {"m", "m.", "M"}


def _is_acronym(token: Token) -> bool:
    return token.word.isupper() and 1 < len(token.word) <= 4


def _touch(text: str, tokens: list[Token], index: int) -> bool:
    """Whether only spaces, or nothing, stand between a token and the next one."""
    if index + 1 >= len(tokens):
        return False
    between = text[tokens[index].end : tokens[index + 1].start]
    return len(between) <= 2 and not between.strip(" ")


def _name_end(text: str, tokens: list[Token], first: int) -> int:
    """Where the capitalised words that begin here end (exclusive), with « van der » in between."""
    last = index = first
    while index < len(tokens) and index - first < MAX_PARTS + 2 and last - first < MAX_PARTS:
        if index > first and not _touch(text, tokens, index - 1):
            break
        token = tokens[index]
        if token.may_be_name and not (index > first and _ends_sentence(tokens[index - 1])):
            last = index + 1
        elif not (index > first and token.folded in words.PARTICLES):
            break
        index += 1
    return last


def _ends_sentence(token: Token) -> bool:
    return token.text.endswith(".") and not token.is_initial


def _names_a_place(text: str, tokens: list[Token], first: int) -> bool:
    """« rue Jean Paquot », « école de Marie », « Maison Marie »: the words before say so."""
    index = first - 1
    if index >= 0 and _touch(text, tokens, index) and tokens[index].folded in words.PARTICLES:
        index -= 1
    if index < 0 or not _touch(text, tokens, index):
        return False
    before = tokens[index].folded
    return before in words.STREETS or (
        before in words.ORGANISATIONS and tokens[first].folded not in words.CIVILITIES
    )
