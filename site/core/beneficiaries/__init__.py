"""Beneficiaries' data never enters: whether a text looks like data on somebody who receives help.

`look_at` reads French and Dutch and finds four things: a national number, a birth date beside a
name, a mobile telephone beside a name, a home address beside a name. It judges by digits and by the
words that stand near, and may be wrong both ways: forms warn, and let one go on
(`core.forms.examined`).

Limits. The time is linear in the text. A name counts within the distances of `near`. Numbers in
words, pictures and files are not read. Words that are no usual first name, without a civility or an
initial, count beside a birth date or « habite » only. A number by function (« Accueil : 0470… »)
and an address of an organisation are none.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.beneficiaries.births import births
from core.beneficiaries.homes import home_addresses, private_phones
from core.beneficiaries.numbers import national_numbers
from core.beneficiaries.plain import read_plainly
from core.text import fold


class Reason(models.TextChoices):
    """What a text looks like."""

    NATIONAL_NUMBER = "national_number", _("un numéro national")
    BIRTH_DATE = "birth_date", _("une date de naissance à côté d’un nom")
    PRIVATE_PHONE = "private_phone", _("un téléphone privé à côté d’un nom")
    HOME_ADDRESS = "home_address", _("une adresse privée à côté d’un nom")


LOOKS = {
    Reason.NATIONAL_NUMBER: national_numbers,
    Reason.BIRTH_DATE: births,
    Reason.PRIVATE_PHONE: private_phones,
    Reason.HOME_ADDRESS: home_addresses,
}


@dataclass(frozen=True)
class Found:
    """One thing found: why, from which character to which (exclusive), and the words themselves."""

    reason: Reason
    start: int
    end: int
    passage: str

    @property
    def key(self) -> str:
        """The same for the same words, wherever they stand."""
        return f"{self.reason}:{fold(self.passage)}"


def look_at(text: str) -> list[Found]:
    """What in this text looks like data on somebody who receives help, in order; empty when
    nothing does."""
    plain = read_plainly(text)
    spans = {
        (start, end, reason) for reason, look in LOOKS.items() for start, end in look(plain.text)
    }
    found = []
    for start, end, reason in sorted(spans):
        first, last = plain.places[start], plain.places[end - 1] + 1
        found.append(Found(reason, first, last, text[first:last]))
    return found
