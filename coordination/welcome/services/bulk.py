"""Many invitations at once, from pasted lines or a file of a spreadsheet.

Reading never fails: every line that is not empty is a row, with what is wrong with it.
"""

import csv
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Site

from accounts.addresses import valid_address
from accounts.models import NetworkMembership, User
from coordination.directory.models import Organisation, OrganisationMembership
from coordination.welcome import permissions
from coordination.welcome.models import Invitation
from coordination.welcome.services.invitations import invite
from core.text import fold, tidy

MAX_LINES = 200
MAX_BYTES = 200_000
MAX_FUNCTION, MAX_NAME = 120, 200  # characters
DELIMITERS = ";,\t"

# What a column may be called, folded, in both languages.
HEADINGS = {
    "address": {
        *("adresse", "adresse electronique", "adresse e mail", "courriel", "email", "e mail"),
        *("mail", "e mailadres", "mailadres", "adres"),
    },
    "organisation": {"organisme", "organisation", "association", "organisatie", "vereniging"},
    "function": {"fonction", "functie", "role", "rol"},
    "language": {"langue", "taal"},
}
ORDER = ("address", "organisation", "function", "language")  # without headings
VALID, MEMBER, INVITED, UNREADABLE, UNKNOWN, TWICE = (
    *("valid", "member", "invited", "unreadable", "unknown", "twice"),
)


@dataclass
class Row:
    """One line: its number from 1, its words as they came, what was read in it."""

    number: int
    raw: str
    address: str = ""
    organisation_name: str = ""
    function: str = ""
    language: str = ""
    state: str = VALID
    organisation: Organisation | None = None

    @property
    def can_be_invited(self) -> bool:
        return self.state == VALID


@dataclass
class Lines:
    """What was read. Each line of the text is one of `rows`, the heading, an empty one, or beyond
    the limit."""

    rows: list[Row] = field(default_factory=list)
    has_heading: bool = False
    empty: int = 0
    beyond: int = 0

    @property
    def count(self) -> int:
        return len(self.rows) + self.has_heading + self.empty + self.beyond


def decode(data: bytes) -> str:
    """The text of a file: UTF-16 with its mark (« texte Unicode » of spreadsheets), UTF-8, or else
    Windows-1252, in which every byte is something."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def split_lines(text: str) -> list[str]:
    """Lines as spreadsheets and mails end them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def read_lines(text: str) -> Lines:
    """Read addresses, organisations, functions and languages. Columns are separated by `;`, `,` or
    a tab, in the order of the heading, or else of `ORDER`. Never raises."""
    lines = Lines()
    columns: dict[str, int] | None = None
    delimiter = _delimiter(text)
    for number, raw in enumerate(split_lines(text), start=1):
        if not tidy(raw).strip(DELIMITERS + ' "'):
            lines.empty += 1
            continue
        cells = _cells(raw, delimiter)
        if not lines.rows and columns is None and not lines.has_heading:
            columns = _heading(cells)
            if columns is not None:
                lines.has_heading = True
                continue
        if len(lines.rows) >= MAX_LINES:
            lines.beyond += 1
            continue
        lines.rows.append(_row(number, raw, cells, columns))
    return lines


def _delimiter(text: str) -> str:
    """The separator used most; a semicolon when there is none."""
    return max(DELIMITERS, key=text.count)


def _cells(raw: str, delimiter: str) -> list[str]:
    try:
        cells = next(csv.reader([raw], delimiter=delimiter), [])
    except csv.Error:  # a cell larger than the reader takes
        cells = raw.split(delimiter)
    return [tidy(cell) for cell in cells]


def _heading(cells: list[str]) -> dict[str, int] | None:
    """Where each column is, when these cells are names of columns; None for a line of data."""
    if any("@" in cell for cell in cells):
        return None
    folded = [fold(cell) for cell in cells]
    found = {
        name: position
        for name, words in HEADINGS.items()
        for position, cell in enumerate(folded)
        if cell in words
    }
    return found if "address" in found else None


def _row(number: int, raw: str, cells: list[str], columns: dict[str, int] | None) -> Row:
    if columns is None:
        # The address wherever it stands; the others in their order.
        at = next((i for i, cell in enumerate(cells) if "@" in cell), 0)
        cells = [cells[at], *cells[:at], *cells[at + 1 :]]
        columns = {name: position for position, name in enumerate(ORDER)}
    found = {name: cells[position] for name, position in columns.items() if position < len(cells)}
    language = fold(found.get("language", ""))[:2]
    row = Row(
        number=number,
        raw=raw,
        address=_bare(found.get("address", "")),
        organisation_name=found.get("organisation", "")[:MAX_NAME],
        function=found.get("function", "")[:MAX_FUNCTION],
        language=language if language in {"fr", "nl"} else "",
    )
    try:
        row.address = valid_address(row.address)
    except ValidationError:
        row.state = UNREADABLE
    return row


def _bare(cell: str) -> str:
    """« Accueil <accueil@exemple.be> » and « mailto:accueil@exemple.be » are one address."""
    if "<" in cell and ">" in cell:
        cell = cell[cell.rindex("<") + 1 : cell.rindex(">")]
    return cell.removeprefix("mailto:").strip()


def judge(
    rows: list[Row],
    *,
    actor: User,
    site: Site,
    default: Organisation | None = None,
) -> None:
    """Say of each row whether it may be invited. A row that names no organisation is for `default`.
    The same number of queries whatever the number of rows."""
    names = _names(actor, site)
    known = {row.address for row in rows}
    members = NetworkMembership.objects.live().filter(user__email__in=known, site=site)
    people = {
        membership.user_id: membership.user.email for membership in members.select_related("user")
    }
    places = {
        (people[place.user_id], place.organisation_id)
        for place in OrganisationMembership.objects.live().filter(user__in=people)
    }
    waiting = set(
        Invitation.objects.waiting()
        .filter(site=site, address__in=known)
        .values_list("address", "organisation_id")
    )
    emails, seen = set(people.values()), set()
    for row in rows:
        if row.state == UNREADABLE:
            continue
        row.organisation = default
        if row.organisation_name:
            row.organisation = names.get(fold(row.organisation_name))
            if row.organisation is None:
                row.state = UNKNOWN
                continue
        row.state = VALID
        place = (row.address, row.organisation.pk if row.organisation else None)
        if not permissions.can_invite(actor, site, row.organisation):
            row.state = UNKNOWN
        elif place in places or (row.organisation is None and row.address in emails):
            row.state = MEMBER
        elif place in waiting:
            row.state = INVITED
        elif place in seen:
            row.state = TWICE
        seen.add(place)


def _names(actor: User, site: Site) -> dict[str, Organisation]:
    """The organisations this person may invite for, by folded name and acronym; what two share
    names neither."""
    found: dict[str, Organisation | None] = {}
    for organisation in permissions.organisations_for(actor, site):
        for word in {fold(organisation.name), fold(organisation.acronym)} - {""}:
            found[word] = None if word in found else organisation
    return {word: organisation for word, organisation in found.items() if organisation}


@transaction.atomic
def invite_all(
    *, actor: User, site: Site, rows: list[Row], role: str, language: str, word: str = ""
) -> int:
    """Invite these rows, all or none; gives how many are new. Mails leave one by one, each by a
    job of its own.

    Raises what `invite` raises.
    """
    new = 0
    for row in rows:
        spoken = row.language or language
        _invitation, is_new = invite(
            actor=actor,
            site=site,
            address=row.address,
            organisation=row.organisation,
            role=role,
            language=spoken,
            word=word,
            **{f"function_{spoken}": row.function},
        )
        new += is_new
    return new


def state_label(state: str) -> str:
    """What the preview says of a row."""
    return {
        VALID: _("prête"),
        MEMBER: _("déjà là"),
        INVITED: _("déjà invitée"),
        UNREADABLE: _("adresse illisible"),
        UNKNOWN: _("organisme inconnu : choisissez"),
        TWICE: _("deux fois dans la liste"),
    }[state]
