"""National numbers and mobile telephones, by their digits."""

import re
from collections.abc import Iterator
from itertools import pairwise

from stdnum.be import ssn, vat

DIGITS = re.compile(r"[0-9]+")
LENGTH = 11  # digits of a national number
MAX_GAP = 6  # characters between two groups of its digits
GAP = re.compile(r"[ ./_-]+|[ ./_-]*\n[ ./_-]*")
# How the digits of a national number are grouped, also in the middle of other numbers.
GROUPINGS = {(11,), (9, 2), (6, 5), (6, 3, 2), (2, 2, 2, 5), (2, 2, 2, 3, 2)}
# A Belgian mobile with its country's digits has eleven digits too: +32 470 12 34 56.
COUNTRY = re.compile(r"(?:\+|(?<![0-9])00[ ]?)$")

MOBILE = re.compile(
    r"(?<![0-9])(?:(?:\+ ?|00 ?)32[ ./-]{0,2}(?:\(0\) ?)?|\(?0)4[5-9][0-9]\)?"
    r"(?:[ ./-]{0,2}[0-9]){6}(?![0-9])"
)
COMPANY = re.compile(
    r"(?:BE|TVA|BTW|BCE|KBO|RPM|RPR|entreprise|ondernemings(?:nummer|nr))[ .:°n]{0,6}(?:BE ?)?$",
    re.IGNORECASE,
)

Span = tuple[int, int]


def national_numbers(text: str) -> Iterator[Span]:
    """Where a national or bis number with right check digits stands, in plain text.

    Each run of eleven digits is tried that begins and ends where digits do: grouped as people
    write a national number, or in any way when no other digits stand beside it. Longer runs hold
    none: account numbers, references, telephones with their country's digits.
    """
    groups = [match.span() for match in DIGITS.finditer(text)]
    joined = [_are_joined(text, *pair) for pair in pairwise(groups)]
    first = 0
    while first < len(groups):
        if last := _last_group(text, groups, joined, first):
            yield groups[first][0], groups[last - 1][1]
            first = last
        else:
            first += 1


def _are_joined(text: str, before: Span, after: Span) -> bool:
    between = text[before[1] : after[0]] if after[0] - before[1] <= MAX_GAP else ""
    return bool(between and GAP.fullmatch(between))


def _last_group(text: str, groups: list[Span], joined: list[bool], first: int) -> int:
    """The end (exclusive) of the number that begins with this group; 0 when there is none."""
    sizes: list[int] = []
    last = first
    while sum(sizes) < LENGTH:
        if last == len(groups) or (last > first and not joined[last - 1]):
            return 0
        sizes.append(groups[last][1] - groups[last][0])
        last += 1
    if sum(sizes) > LENGTH:
        return 0
    start, end = groups[first][0], groups[last - 1][1]
    if tuple(sizes) not in GROUPINGS:
        alone = not (first and joined[first - 1]) and not (last < len(groups) and joined[last - 1])
        if not alone or "\n" in text[start:end]:
            return 0
    digits = "".join(text[slice(*group)] for group in groups[first:last])
    if tuple(sizes) not in GROUPINGS - {(LENGTH,)} and _is_telephone(text, start, digits):
        return 0
    return last if ssn.is_valid(digits) else 0


def _is_telephone(text: str, start: int, digits: str) -> bool:
    """« +32 470 12 34 56 » is a telephone, though it has eleven digits."""
    return digits.startswith("324") and bool(COUNTRY.search(text[max(0, start - 3) : start]))


def mobiles(text: str) -> Iterator[Span]:
    """Where a Belgian mobile number stands, in plain text. A company's number is none."""
    for match in MOBILE.finditer(text):
        start, end = match.span()
        if not COMPANY.search(text[max(0, start - 30) : start]):
            digits = "".join(DIGITS.findall(match[0]))
            dotted = re.fullmatch(r"0[0-9]{3}\.[0-9]{3}\.[0-9]{3}", match[0])
            if not (dotted and vat.is_valid(digits)):
                yield start, end
