"""The rows of one's own page: each leads to a short screen."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User


@dataclass(frozen=True)
class Row:
    """What one may look after, said with what it is today, and where."""

    label: str
    detail: str
    url: str
    icon: str


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    rows: list[Row]


def sections(user: User, *, is_member: bool) -> list[Section]:
    """The sections of the page; whoever is no member is told of nothing."""
    name = f"{user.first_name} {user.last_name}".strip()
    said = " · ".join(word for word in (name, user.function) if word)
    me = [
        (
            "accounts_own_profile",
            _("Mon nom, ma fonction, ma langue"),
            said or _("à compléter"),
            "user-round",
        ),
        ("account_email", _("Mon adresse électronique"), user.email, "mail"),
    ]
    told = [
        (
            "accounts_notification_choices",
            _("Ce que je reçois, et quand"),
            _("Par courriel : tout de suite, une fois par semaine ou jamais."),
            "bell",
        ),
    ]
    access = [
        ("account_change_password", _("Mon mot de passe"), _("Le changer."), "key-round"),
        (
            "mfa_index",
            _("Mon second facteur"),
            _("Un téléphone, une clé d’accès, des codes de secours."),
            "fingerprint",
        ),
        (
            "usersessions_list",
            _("Mes appareils connectés"),
            _("Les voir, et fermer ceux qui ne sont plus à vous."),
            "monitor-smartphone",
        ),
    ]
    data = [
        (
            "accounts_data",
            _("Une copie de mes données"),
            _("Tout ce que le portail garde de vous, en un fichier."),
            "file-archive",
        ),
        (
            "accounts_delete",
            _("Supprimer mon compte"),
            _("Vous lirez d’abord ce qui part et ce qui reste."),
            "trash-2",
        ),
    ]
    found = [
        Section("moi", _("Qui je suis"), _rows(me)),
        Section("avertir", _("Ce dont on m’avertit"), _rows(told) if is_member else []),
        Section("acces", _("Me connecter"), _rows(access)),
        Section("donnees", _("Mes données"), _rows(data)),
    ]
    return [section for section in found if section.rows]


def _rows(rows: list[tuple]) -> list[Row]:
    return [Row(label, detail, reverse(name), icon) for name, label, detail, icon in rows]
