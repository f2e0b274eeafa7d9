"""A record leaves the lists, comes back, or becomes one with another."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from coordination.directory.enums import ChangeKind
from coordination.directory.models import (
    Adhesion,
    Organisation,
    OrganisationChange,
    OrganisationContact,
    OrganisationDraft,
)
from coordination.directory.services.record import (
    contact_values,
    follow_audience,
    keep_change,
    save_record,
)
from core.models import Audience, PortalDocument, PortalImage
from core.services.audience import replace_token
from core.visibility import meet

# Addresses of the directory itself, in both languages: no record may take one.
RESERVED = {
    *("lieux", "plaatsen", "ajouter", "toevoegen", "changements", "wijzigingen"),
    *("imprimer", "afdrukken", "signalements", "meldingen"),
}


@transaction.atomic
def create_record(*, actor, organisation: Organisation) -> Organisation:
    """Make a record from its first words; its address comes from its name and never changes."""
    stem = slugify(organisation.name)[:110] or "organisme"
    slug, number = stem, 1
    while slug in RESERVED or Organisation.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    organisation.slug, organisation.version = slug, 0
    organisation.full_clean()
    organisation.save()
    keep_change(actor=actor, organisation=organisation, differences={}, kind=ChangeKind.CREATE)
    return organisation


@transaction.atomic
def archive(*, actor, organisation: Organisation, note: str) -> None:
    """Take a record out of all lists; its history stays, and its address says so."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.archived_at:
        raise ValidationError(_("Cette fiche est déjà archivée."))
    organisation.archived_at, organisation.archive_note = timezone.now(), note
    keep_change(actor=actor, organisation=organisation, differences={}, kind=ChangeKind.ARCHIVE)
    follow_audience(organisation)


@transaction.atomic
def restore(*, actor, organisation: Organisation) -> None:
    """Put an archived record back into the lists. One that was merged stays merged."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.merged_into_id or not organisation.archived_at:
        raise ValidationError(_("Cette fiche ne peut pas être remise en liste."))
    organisation.archived_at, organisation.archive_note = None, ""
    keep_change(actor=actor, organisation=organisation, differences={}, kind=ChangeKind.RESTORE)
    follow_audience(organisation)


@transaction.atomic
def merge(*, actor, kept: Organisation, dropped: Organisation, values: dict) -> None:
    """Make one record of two: `values` are the fields chosen for the kept one.

    All that pointed at the dropped record points at the kept one: people, groups, places, reports,
    files, audiences. Contacts that move are never wider than the record they come from. The
    dropped record is archived, its address leads to the kept one.
    """
    locked = Organisation.objects.select_for_update().filter(pk__in=[kept.pk, dropped.pk])
    rows = {row.pk: row for row in locked.order_by("pk")}
    if len(rows) != 2:
        raise ValidationError(_("Choisissez deux fiches différentes."))
    kept, dropped = rows[kept.pk], rows[dropped.pk]
    if kept.archived_at or dropped.archived_at:
        raise ValidationError(_("Une fiche archivée ne peut pas être réunie avec une autre."))
    if "name" in values and values["name"] == dropped.name:
        # A name is unique: the dropped record gives it up first.
        dropped.name = f"{dropped.name[:180]} ({dropped.pk})"
        dropped.save()
    save_record(actor=actor, organisation=kept, values=values, kind=ChangeKind.MERGE)
    kept.refresh_from_db()
    moved = _move_contacts(kept, dropped)
    _move_rows(kept, dropped)
    for model in (PortalDocument, PortalImage):
        model.objects.filter(owner=dropped.owner_token).update(owner=kept.owner_token)
    replace_token(dropped.owner_token, kept.owner_token)
    for organisation in (kept, dropped):
        organisation.refresh_from_db()
    follow_audience(kept)
    keep_change(
        actor=actor,
        organisation=kept,
        differences={**moved, "merged": [None, dropped.name]},
        kind=ChangeKind.MERGE,
    )
    dropped.archived_at, dropped.merged_into = timezone.now(), kept
    keep_change(actor=actor, organisation=dropped, differences={}, kind=ChangeKind.MERGE)


def _move_contacts(kept: Organisation, dropped: Organisation) -> dict:
    moved = {}
    for contact in dropped.contacts.select_related("audience"):
        tokens = meet(contact.audience.tokens, dropped.audience.tokens)
        contact.organisation = kept
        contact.audience = Audience.objects.for_tokens(meet(tokens, kept.audience.tokens))
        contact.save()
        moved[f"contact:{contact.pk}"] = [None, contact_values(contact)]
    return moved


# Rows that tell the dropped record's own story stay with it; those handled above are not moved
# twice: contacts, and the fields of the record that somebody chose between.
STAYS = {
    *(OrganisationChange, OrganisationDraft, OrganisationContact),
    *(field.remote_field.through for field in Organisation._meta.many_to_many),
}


def _move_rows(kept: Organisation, dropped: Organisation) -> None:
    """Every foreign key, of this app and of those above."""
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if not relation.one_to_many or relation.related_model in STAYS:
            continue
        model, name = relation.related_model, relation.field.name
        rows = model._base_manager.filter(**{name: dropped})
        if model is Organisation:
            rows = rows.exclude(pk=kept.pk)  # nobody is part of themselves
        if model is Adhesion and Adhesion.objects.live().filter(organisation=kept).exists():
            rows = rows.exclude(pk__in=Adhesion.objects.live().values("pk"))
        _point_at(rows, name, kept)


def _point_at(rows: QuerySet, name: str, kept: Organisation) -> None:
    """Move rows to the kept record. One that the kept record has already (an address invited into
    both) stays with the dropped one."""
    try:
        with transaction.atomic():
            rows.update(**{name: kept})
    except IntegrityError:
        for row in rows:
            with suppress(IntegrityError), transaction.atomic():
                rows.filter(pk=row.pk).update(**{name: kept})
