"""Birth dates beside a name."""

import re
from collections.abc import Iterator

from django.utils import timezone

from core.beneficiaries import words
from core.beneficiaries.names import Likeness, Name, names_in, tokens_of
from core.beneficiaries.near import BEFORE, Span, name_before, name_behind

CLOSE = 30  # characters between « née » and words that only might be a name
BESIDE = 12  # characters between the date and the name behind it
CHILDHOOD = 16  # years: « Jan Peeters (12/03/1981) » is no meeting

MONTH = (
    r"(?:janv?(?:ier|uari)?|f[ée]v(?:r(?:ier)?)?|feb(?:ruari)?|mars|maart|mrt|avr(?:il)?|apr(?:il)?"
    r"|mai|mei|juin|juni?|juil(?:let)?|juli?|ao[uû]t|aug(?:ustus)?|sept?(?:embre|ember)?"
    r"|o[ck]t(?:obre|ober)?|nov(?:embre|ember)?|d[ée]c(?:embre|ember)?)\b\.?"
)
YEAR = r"(?:19|20)[0-9]{2}"
DAY = r"[0-9]{1,2} ?(?:er|e|ste|de)?"
NUMERIC = rf"[0-9]{{1,2}} ?[./ -] ?[0-9]{{1,2}} ?[./ -] ?(?:{YEAR}|[0-9]{{2}})"
DATE = rf"(?:{YEAR}[./-][0-9]{{1,2}}[./-][0-9]{{1,2}}|{NUMERIC}|{DAY} {MONTH} {YEAR})(?![0-9])"
WEEKDAY = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|[a-z]{3,6}dag)"
BORN = re.compile(
    r"(?<!\w)(?:n[ée](?:\(e\)|[./-]?e)?|geboren|geb\.?|naissance|geboortedatum|ddn)(?!\w)"
    r"|(?<![0-9nN])(?<!n )°|(?<=\()\*",
    re.IGNORECASE,
)
# From « née » to the date: a place, « le », a day of the week. No digit, no other clause.
BORN_ON = re.compile(
    rf"[ ,:(]{{0,3}}(?:[^\d\n;:!?]{{1,40}}?[ ,:]{{1,2}})?(?:(?:le|op|den|de|on)\b ?)?"
    rf"(?:{WEEKDAY} )?{DATE}|[ ,:(]{{0,3}}(?:en|in) {YEAR},? (?:le |op )?{DAY} {MONTH}",
    re.IGNORECASE,
)
# On a form, the words themselves say that it is a person's.
BIRTH_FIELD = re.compile(
    rf"(?:date de naissance|geboortedatum|(?<!\w)ddn)[ :=(]{{0,4}}{DATE}", re.IGNORECASE
)
LONE_DATE = re.compile(rf"(?<![0-9])[0-9]{{1,2}} ?[./-] ?[0-9]{{1,2}} ?[./-] ?({YEAR})(?![0-9])")
NOTHING = re.compile(r"[ ,(:-]{1,3}")


def births(text: str) -> Iterator[Span]:
    """Where a birth date and the name beside it stand, in plain text."""
    for born in BORN.finditer(text):
        on = BORN_ON.match(text, born.end())
        if on and (name := _who(text, born, on)):
            yield min(name.start, born.start()), max(name.end, on.end())
    for field in BIRTH_FIELD.finditer(text):
        yield field.span()
    old = timezone.localdate().year - CHILDHOOD
    for date in LONE_DATE.finditer(text):
        name = name_before(text, date.start()) if int(date[1]) <= old else None
        touches = name and NOTHING.fullmatch(text, name.end, date.start())
        if touches and name.likeness == Likeness.NAME:
            yield name.start, date.end()


def _who(text: str, born: re.Match, on: re.Match) -> Name | None:
    """The name before « née », between it and the date, or right behind the date."""
    name = name_before(text, born.start())
    if name and name.likeness < Likeness.NAME and not _is_near(text, name, born.start()):
        name = None
    if name is None and any(one.likeness == Likeness.NAME for one in names_in(on[0])):
        name = Name(born.start(), on.end(), Likeness.NAME)
    return name or name_behind(text, on.end(), BESIDE)


def _is_near(text: str, name: Name, start: int) -> bool:
    """Whether what only might be a person is close, and no organisation."""
    around = text[name.end : start]
    if name.likeness == Likeness.CAPITALS:
        around = text[max(0, start - BEFORE) : start]
    professional = any(one.folded in words.PROFESSIONAL for one in tokens_of(around))
    return start - name.end <= CLOSE and not professional
