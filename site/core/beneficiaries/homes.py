"""Mobile telephones and home addresses beside a name."""

import re
from collections.abc import Iterator

from core.beneficiaries import words
from core.beneficiaries.births import MONTH
from core.beneficiaries.near import Span, holder_of
from core.beneficiaries.numbers import mobiles

ROAD = (
    r"(?:rue|avenue|av\.|chauss[ée]e|ch\.|boulevard|bd\.?|bld|place|pl\.|square|clos|quai|impasse"
    r"|all[ée]e|chemin|dr[èe]ve|venelle|r\.)"
)
# A house: « 12 », « n° 12A », « 24-26 », « 31/1 »; no hour, no price, no number of people.
NO_HOUSE = (
    r"(?<! le )(?<! du )(?<! au )(?<! de )(?<! op )(?<! van )(?<! tot )"
    r"(?![0-9])(?! ?(?:h|u|uur|heures?|min|m2|m²|km|ans|jaar|euros?|personnes?|personen|places"
    rf"|plaatsen|familles|gezinnen)(?![a-z]))(?! ?(?:er )?{MONTH})(?! ?[€%:])"
)
HOUSE = (
    r"(?<! le )(?<! du )(?<! au )(?<! de )(?<! op )(?<! van )(?<! tot )"
    rf"(?:n[°o]?\.? ?)?[0-9]{{1,4}}(?:[a-gi-tv-z]\b)?(?: ?[/-] ?[0-9]{{1,4}})?{NO_HOUSE}"
    r"(?:,? ?(?:bte|bo[iî]te|bus|b\.) ?[0-9a-z]{1,4}\b)?"
)
ADDRESS = re.compile(
    rf"(?<!\w){ROAD} [^\d\n;:!?()]{{2,45}}?[ ,]{{1,2}}{HOUSE}"
    rf"|(?<![\w/.-])[0-9]{{1,4}}[a-gi-tv-z]?,? {ROAD} [^\W\d_][\w' -]{{1,30}}"
    rf"|(?<!\w)[\w'-]{{0,30}}(?:straat|laan|plein|steenweg|weg|dreef|kaai|square),? {HOUSE}",
    re.IGNORECASE,
)
AT = frozenset({"chez", "bij"})


def private_phones(text: str) -> Iterator[Span]:
    """Where a mobile telephone and the name of its holder stand, in plain text."""
    for start, end in mobiles(text):
        if name := holder_of(text, (start, end), behind=words.OF):
            yield min(name.start, start), max(name.end, end)


def home_addresses(text: str) -> Iterator[Span]:
    """Where an address and the name of whoever lives there stand, in plain text."""
    for match in ADDRESS.finditer(text):
        name = holder_of(text, match.span(), behind=AT)
        if name and not _names_the_street(text[name.start : match.start()]):
            yield min(name.start, match.start()), max(name.end, match.end())


def _names_the_street(before: str) -> bool:
    """« Jan Paquotstraat 12 »: one word right before the address is a part of it."""
    return (
        bool(before) and before.count(" ") == 1 and before.endswith(" ") and before[:-1].isalpha()
    )
