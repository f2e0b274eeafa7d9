"""What the directory holds about one person: told to them, and forgotten with their account."""

from collections.abc import Iterator

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal import PersonalData, addresses_of, register_namer, register_personal, without
from coordination.directory.models import (
    ErrorReport,
    Organisation,
    OrganisationChange,
    OrganisationContact,
    OrganisationDraft,
    OrganisationMembership,
)
from coordination.directory.services.record import CONTACT, save_record, snapshot
from coordination.directory.wording import say_field


def names(user: User, ids) -> dict[int, str]:
    known = Organisation.objects.known_to(user).filter(pk__in=ids)
    return dict(known.values_list("pk", "name"))


def memberships(user: User) -> Iterator[dict]:
    mine = OrganisationMembership.objects.filter(user=user).select_related("organisation")
    for membership in mine:
        yield {
            "organisation": membership.organisation.name,
            "role": membership.get_role_display(),
            "start": membership.start,
            "end": membership.end,
        }


def contacts(user: User) -> Iterator[dict]:
    held = OrganisationContact.objects.filter(holder=user).select_related("organisation")
    for contact in held:
        yield {
            "organisation": contact.organisation.name,
            "function": contact.function,
            "phone": contact.phone,
            "email": contact.email,
        }


def changes(user: User) -> Iterator[dict]:
    """When, which record and which fields; what others have written stays theirs."""
    mine = list(OrganisationChange.objects.filter(actor=user).order_by("at", "pk"))
    known = names(user, {change.organisation_id for change in mine})
    for change in mine:
        yield {
            "at": change.at,
            "organisation": known.get(change.organisation_id, ""),
            "kind": change.get_kind_display(),
            "fields": sorted({say_field(name) for name in change.differences}),
        }


def drafts(user: User) -> Iterator[dict]:
    mine = OrganisationDraft.objects.filter(user=user).order_by("saved_at", "pk")
    known = names(user, mine.values("organisation"))
    for draft in mine:
        yield {
            "organisation": known.get(draft.organisation_id, ""),
            "saved_at": draft.saved_at,
            "words": [
                f"{name} : {value}"
                for name, values in draft.data.items()
                for value in values
                if str(value).strip()
            ],
        }


def reports(user: User) -> Iterator[dict]:
    mine = ErrorReport.objects.filter(reporter=user)
    known = names(user, mine.values("organisation"))
    for report in mine:
        yield {
            "number": report.number,
            "at": report.at,
            "organisation": known.get(report.organisation_id, ""),
            "text": report.text,
            "state": report.get_state_display(),
            "answer": report.answer,
        }


def answers(user: User) -> Iterator[dict]:
    """One's own answers, without the words of whoever had reported the error."""
    mine = ErrorReport.objects.filter(answered_by=user).order_by("answered_at", "pk")
    known = names(user, mine.values("organisation"))
    for report in mine:
        yield {
            "number": report.number,
            "at": report.answered_at,
            "organisation": known.get(report.organisation_id, ""),
            "answer": report.answer,
        }


def verified(user: User) -> Iterator[dict]:
    for organisation in Organisation.objects.known_to(user).filter(verified_by=user):
        yield {"organisation": organisation.name, "at": organisation.verified_at}


def forget_memberships(user: User) -> None:
    OrganisationMembership.objects.filter(user=user).close()


def forget_contacts(user: User) -> None:
    """The function stays, the person leaves it; their own address goes, from the record and from
    all that it was before."""
    addresses = addresses_of(user)
    theirs = Q(holder=user)
    for address in addresses:
        theirs |= Q(holder=None, email__iexact=address)
    for contact in OrganisationContact.objects.filter(theirs).select_related("organisation"):
        name = f"{CONTACT}{contact.pk}"
        value = {**snapshot(contact.organisation)[name], "holder": None}
        if value["email"].lower() in addresses:
            value["email"] = ""
        save_record(actor=user, organisation=contact.organisation, values={name: value})
    _forget_addresses(OrganisationChange, "differences", addresses)
    _forget_addresses(OrganisationDraft, "data", addresses)


def _forget_addresses(model, field: str, addresses: set[str]) -> None:
    """Take addresses out of what a JSON field holds, except where the record itself publishes the
    same one as its own: that is the organisation's."""
    rows = model.objects.select_related("organisation")
    holding = Q()
    for address in addresses:
        holding |= Q(said__icontains=address)
    for row in rows.annotate(said=Cast(field, TextField())).filter(holding):
        gone = addresses - {row.organisation.email.lower()}
        cleaned = without(getattr(row, field), gone)
        model.objects.filter(pk=row.pk).update(**{field: cleaned})


def forget_drafts(user: User) -> None:
    OrganisationDraft.objects.filter(user=user).delete()


def forget_reports(user: User) -> None:
    """Who found an error is nobody's business any more; the error is."""
    ErrorReport.objects.filter(reporter=user).update(reporter=None)


def register_all() -> None:
    register_namer(Organisation, names)
    for data in OWN:
        register_personal(data)


ORGANISATION = _("Organisme")
OWN = [
    PersonalData(
        key="organisations",
        label=_("Mes organismes"),
        fields={
            "organisation": ORGANISATION,
            "role": _("Rôle"),
            "start": _("Depuis le"),
            "end": _("Jusqu’au"),
        },
        collect=memberships,
        covers=("directory.OrganisationMembership.user",),
        forget=forget_memberships,
    ),
    PersonalData(
        key="organisation_contacts",
        label=_("Les contacts d’organismes que je tiens"),
        fields={
            "organisation": ORGANISATION,
            "function": _("Fonction"),
            "phone": _("Téléphone"),
            "email": _("Adresse électronique"),
        },
        collect=contacts,
        covers=("directory.OrganisationContact.holder",),
        forget=forget_contacts,
    ),
    PersonalData(
        key="record_changes",
        label=_("Mes changements de fiches"),
        fields={
            "at": _("Quand"),
            "organisation": ORGANISATION,
            "kind": _("Sorte"),
            "fields": _("Ce qui a changé"),
        },
        collect=changes,
        covers=("directory.OrganisationChange.actor",),
    ),
    PersonalData(
        key="record_drafts",
        label=_("Mes brouillons de fiches"),
        fields={
            "organisation": ORGANISATION,
            "saved_at": _("Quand"),
            "words": _("Ce qui est écrit"),
        },
        collect=drafts,
        covers=("directory.OrganisationDraft.user",),
        forget=forget_drafts,
    ),
    PersonalData(
        key="error_reports",
        label=_("Les erreurs que j’ai signalées"),
        fields={
            "number": _("Numéro"),
            "at": _("Quand"),
            "organisation": ORGANISATION,
            "text": _("Texte"),
            "state": _("État"),
            "answer": _("Réponse"),
        },
        collect=reports,
        covers=("directory.ErrorReport.reporter",),
        forget=forget_reports,
    ),
    PersonalData(
        key="error_answers",
        label=_("Mes réponses à des signalements"),
        fields={
            "number": _("Numéro"),
            "at": _("Quand"),
            "organisation": ORGANISATION,
            "answer": _("Réponse"),
        },
        collect=answers,
        covers=("directory.ErrorReport.answered_by",),
    ),
    PersonalData(
        key="records_verified",
        label=_("Les fiches que j’ai vérifiées en dernier"),
        fields={"organisation": ORGANISATION, "at": _("Quand")},
        collect=verified,
        covers=("directory.Organisation.verified_by",),
    ),
]
