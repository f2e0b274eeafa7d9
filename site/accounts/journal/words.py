"""The words of what `accounts` logs: in the history of a person, and in the journal."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from accounts.mails import GUESSING
from accounts.models import User


class Words(LogFormatter):
    """One sentence, always the same."""

    def __init__(self, label, message) -> None:
        self.label, self.message = label, message


class FieldsWords(Words):
    """A sentence, and which words of the account it was about; never the words themselves."""

    def format_message(self, log_entry) -> str:
        names = [
            str(User._meta.get_field(name).verbose_name)
            for name in log_entry.data.get("fields", [])
            if name in {field.name for field in User._meta.fields}
        ]
        return f"{self.message} : {', '.join(names)}" if names else str(self.message)


class DeletionWords(Words):
    def format_message(self, log_entry) -> str:
        if log_entry.data.get("by_self"):
            return _("Compte supprimé par la personne elle-même")
        return _("Compte supprimé à la demande de la personne")


class HandoverWords(Words):
    """Who took over, and how much. A reader of many entries gives the names along (`people`, by
    primary key), so that each entry does not ask for its own."""

    def format_message(self, log_entry) -> str:
        pk = log_entry.data.get("successor")
        people = getattr(log_entry, "people", None)
        if people is None:
            people = User.objects.in_bulk([pk] if pk else [])
        if pk not in people:
            return str(self.message)
        return _("Fonctions transmises à %(who)s : %(number)d") % {
            "who": people[pk],
            "number": len(log_entry.data.get("keys", [])),
        }


def _said(kind, label, message):
    """A formatter class, as Wagtail registers them."""
    return lambda: kind(label, message)


ACTIONS = {
    "accounts.handover": _said(
        HandoverWords,
        gettext_lazy("Transmettre des fonctions"),
        gettext_lazy("Fonctions transmises"),
    ),
    "accounts.profile": _said(
        FieldsWords,
        gettext_lazy("Changer son nom, sa fonction ou sa langue"),
        gettext_lazy("Compte changé par la personne elle-même"),
    ),
    "accounts.open": _said(Words, gettext_lazy("Ouvrir un compte"), gettext_lazy("Compte ouvert")),
    "accounts.change": _said(
        FieldsWords, gettext_lazy("Changer un compte"), gettext_lazy("Compte changé")
    ),
    "accounts.close": _said(Words, gettext_lazy("Fermer un compte"), gettext_lazy("Compte fermé")),
    "accounts.reopen": _said(
        Words, gettext_lazy("Rouvrir un compte"), gettext_lazy("Compte rouvert")
    ),
    GUESSING: _said(
        Words,
        gettext_lazy("Essayer d’ouvrir un compte"),
        gettext_lazy("Beaucoup d’essais faux pour ce compte"),
    ),
    "accounts.export": _said(
        Words,
        gettext_lazy("Demander une copie de ses données"),
        gettext_lazy("Copie de ses données demandée"),
    ),
    "accounts.delete": _said(
        DeletionWords, gettext_lazy("Supprimer un compte"), gettext_lazy("Compte supprimé")
    ),
}
