"""What people wrote to the network, from an address that they have shown to be theirs."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal import PersonalData, register_personal, verified_addresses_of
from home.models import ContactMessage


def sent_by(user: User) -> QuerySet[ContactMessage]:
    theirs = Q(pk=None)
    for address in verified_addresses_of(user):
        theirs |= Q(email__iexact=address)
    return ContactMessage.objects.filter(theirs).order_by("at", "pk")


def messages(user: User) -> Iterator[dict]:
    for message in sent_by(user):
        yield {
            "reference": message.reference,
            "at": message.at,
            "subject": message.get_subject_display(),
            "text": message.text,
            "name": message.name,
            "phone": message.phone,
            "email": message.email,
            "answered_at": message.answered_at,
            "answer": message.note,
        }


def answers(user: User) -> Iterator[dict]:
    """One's own answers, without the words or the name of whoever had written."""
    mine = ContactMessage.objects.filter(answered_by=user).order_by("answered_at", "pk")
    for message in mine:
        yield {
            "reference": message.reference,
            "at": message.answered_at,
            "answer": message.note,
        }


def forget_messages(user: User) -> None:
    sent_by(user).delete()


def register_all() -> None:
    for data in OWN:
        register_personal(data)


OWN = [
    PersonalData(
        key="contact_messages",
        label=_("Mes messages au réseau"),
        fields={
            "reference": _("Référence"),
            "at": _("Quand"),
            "subject": _("Sujet"),
            "text": _("Texte"),
            "name": _("Nom"),
            "phone": _("Téléphone"),
            "email": _("Adresse électronique"),
            "answered_at": _("Répondu le"),
            "answer": _("Réponse"),
        },
        collect=messages,
        forget=forget_messages,
    ),
    PersonalData(
        key="contact_answers",
        label=_("Mes réponses à des messages"),
        fields={"reference": _("Référence"), "at": _("Quand"), "answer": _("Réponse")},
        collect=answers,
        covers=("home.ContactMessage.answered_by",),
    ),
]
