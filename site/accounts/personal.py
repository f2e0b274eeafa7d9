"""What the portal holds about one person, and how it forgets it.

Each app declares its own: what it can tell somebody of themselves, and what it does when their
account is deleted. The copy of one's data holds all of this and nothing else; never what is
personal to somebody else: whoever answered is « the pilot », not a name.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Model

from accounts.models import User


@dataclass(frozen=True)
class PersonalData:
    """One sort of data about people.

    `key`: stable, the same in every language. `label`: its heading (lazy). `fields`: what each
    row may hold, by stable key, with its heading (lazy). `collect(user)`: the rows, the oldest
    first; a value is text, a number, a date, a moment, or a list of texts. `covers`: the foreign
    keys to the person that these rows tell about, « app.Model.field ». `forget(user)`: takes the
    person out of the app's data when the account is deleted; it is called within the transaction,
    while the account still has its address and names.
    """

    key: str
    label: object
    fields: Mapping[str, object]
    collect: Callable[[User], Iterable[dict]]
    covers: tuple[str, ...] = ()
    forget: Callable[[User], None] | None = None


Namer = Callable[[User, Iterable[int]], dict[int, str]]
_data: dict[str, PersonalData] = {}
_namers: dict[type[Model], Namer] = {}


def register_personal(data: PersonalData) -> None:
    _data[data.key] = data


def register_namer(model: type[Model], namer: Namer) -> None:
    """`namer(user, ids)`: what objects of this model are called, by primary key, those alone that
    this person may know of today. What has no namer is named to nobody."""
    _namers[model] = namer


def personal_data() -> list[PersonalData]:
    """Every sort of data, in the order in which apps declared them."""
    return list(_data.values())


def names_for(user: User, model: type[Model] | None, ids: Iterable[int]) -> dict[int, str]:
    namer = next((_namers[m] for m in getattr(model, "__mro__", ()) if m in _namers), None)
    return namer(user, ids) if namer else {}


def addresses_of(user: User) -> set[str]:
    """Every address that this account signs in or is written to with, in lower case."""
    known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return {address.lower() for address in (user.email, *known) if address}


def verified_addresses_of(user: User) -> set[str]:
    """Those that the person has shown to be theirs."""
    known = EmailAddress.objects.filter(user=user, verified=True)
    return {address.lower() for address in known.values_list("email", flat=True)}


def without(value, words: Iterable[str], instead: str = ""):
    """A JSON value in which none of these words is left: each becomes `instead`. Capitals do not
    matter; an address is not found inside a longer one."""
    wanted = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    if not wanted:
        return value
    return _replace(
        value, re.compile(rf"(?<![\w.+-])(?:{wanted})(?![\w-])", re.IGNORECASE), instead
    )


def _replace(value, pattern: re.Pattern, instead: str):
    if isinstance(value, str):
        return pattern.sub(lambda _match: instead, value)
    if isinstance(value, dict):
        return {name: _replace(one, pattern, instead) for name, one in value.items()}
    if isinstance(value, list):
        return [_replace(one, pattern, instead) for one in value]
    return value
