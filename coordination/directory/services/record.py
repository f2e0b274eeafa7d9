"""Every change of a record: what differs, who did it, and nobody's words lost.

A record is compared through its *snapshot*: plain values by field, and one key per contact
(`contact:12`). A change keeps `{field: [before, after]}`; applying `before` takes it back.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.notifications import notify, withdraw
from coordination.directory.enums import ChangeKind
from coordination.directory.models import (
    Organisation,
    OrganisationChange,
    OrganisationContact,
    OrganisationDraft,
    Territory,
    Theme,
)
from coordination.directory.notifications import representatives
from core.models import Audience, PortalImage
from core.services.files import narrow_files, set_file_audience
from core.visibility import meet

TEXTS = (
    *("name", "acronym", "kind", "kind_label", "status", "consent"),
    *("summary_fr", "summary_nl", "services_fr", "services_nl", "for_whom_fr", "for_whom_nl"),
    *("conditions_fr", "conditions_nl", "hours_fr", "hours_nl", "note_fr", "note_nl"),
    *("area", "address", "phone", "email", "website"),
)
CONTACT = "contact:"
NEW_CONTACT = "contact:+"
CONTACT_TEXTS = ("function_fr", "function_nl", "phone", "email")


@dataclass(frozen=True)
class Conflict:
    """A field that two people changed differently; `theirs` is what the record holds now."""

    mine: object
    theirs: object
    actor: object
    at: dt.datetime | None


class EditConflictError(Exception):
    """Raised instead of saving: `conflicts` by field; `values` is the record as it would be, with
    this person's words where both wrote; `version` the one that these values were made from."""

    def __init__(self, conflicts: dict[str, Conflict], values: dict, version: int) -> None:
        super().__init__(", ".join(conflicts))
        self.conflicts, self.values, self.version = conflicts, values, version


def snapshot(organisation: Organisation) -> dict:
    """The record in plain values that JSON can hold."""
    values = {name: getattr(organisation, name) for name in TEXTS}
    values |= {
        "territory": organisation.territory.slug if organisation.territory_id else "",
        "parent": organisation.parent_id,
        "logo": organisation.logo_id,
        "languages": sorted(organisation.languages),
        "audience": sorted(organisation.audience.tokens),
        "themes": sorted(organisation.themes.values_list("slug", flat=True)),
        "also_active": sorted(organisation.also_active.values_list("slug", flat=True)),
    }
    for contact in organisation.contacts.select_related("audience"):
        values[f"{CONTACT}{contact.pk}"] = contact_values(contact)
    return values


def contact_values(contact: OrganisationContact) -> dict:
    return {name: getattr(contact, name) for name in CONTACT_TEXTS} | {
        "holder": contact.holder_id,
        "audience": sorted(contact.audience.tokens),
        "position": contact.position,
    }


def as_of(organisation: Organisation, now: dict, version: int) -> dict:
    """The values that the record had at an earlier version, found back from its changes; None for
    a contact that did not exist then."""
    then = dict(now)
    for change in organisation.changes.filter(version__gt=version).order_by("-version"):
        for name, (before, _after) in change.differences.items():
            then[name] = before
    return then


@transaction.atomic
def save_record(
    *,
    actor,
    organisation: Organisation,
    values: dict,
    base_version: int | None = None,
    kind: ChangeKind = ChangeKind.EDIT,
) -> OrganisationChange | None:
    """Change a record to `values` (a part of a snapshot, already valid); None when nothing differs.

    `base_version` is the version that the person had before their eyes: the whole record, which
    saving it says is right today. What others have changed since is kept; what both changed
    differently raises `EditConflictError` and saves nothing. Without it, `values` win.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    now = snapshot(organisation)
    if base_version is not None and base_version < organisation.version:
        values = _reconcile(organisation, now, values, base_version)
    differences = {
        name: [now.get(name), value] for name, value in values.items() if now.get(name) != value
    }
    if base_version is not None:
        verify(actor=actor, organisation=organisation, logged=False)
        OrganisationDraft.objects.filter(organisation=organisation, user=actor).delete()
    if not differences:
        return None
    differences = _apply(organisation, differences)
    return keep_change(actor=actor, organisation=organisation, differences=differences, kind=kind)


def _reconcile(organisation: Organisation, now: dict, values: dict, base_version: int) -> dict:
    base = as_of(organisation, now, base_version)
    merged, conflicts = {}, {}
    for name, mine in values.items():
        theirs, before = now.get(name), base.get(name)
        if name.startswith(NEW_CONTACT) and _was_added(mine, now, base):
            continue  # the same form, sent twice
        if mine == before:
            merged[name] = theirs  # only others changed it, or nobody
        elif theirs in (before, mine):
            merged[name] = mine
        else:
            merged[name] = mine
            conflicts[name] = _conflict(organisation, name, mine, theirs, base_version)
    if conflicts:
        raise EditConflictError(conflicts, {**now, **merged}, organisation.version)
    return merged


def _was_added(contact: dict, now: dict, base: dict) -> bool:
    """Whether somebody has added the very same contact since."""
    return any(
        {**value, "position": 0} == {**contact, "position": 0}
        for name, value in now.items()
        if name.startswith(CONTACT) and base.get(name) is None
    )


def _conflict(organisation, name: str, mine, theirs, base_version: int) -> Conflict:
    last = next(
        (
            change
            for change in organisation.changes.filter(version__gt=base_version).select_related(
                "actor"
            )
            if name in change.differences
        ),
        None,
    )
    return Conflict(mine, theirs, last and last.actor, last and last.at)


def keep_change(
    *, actor, organisation: Organisation, differences: dict, kind: ChangeKind
) -> OrganisationChange:
    """Write a change down and give the record its next version."""
    organisation.version += 1
    organisation.save()
    log(
        instance=organisation,
        action=f"directory.{kind}",
        user=actor,
        data={"fields": sorted(differences)},
    )
    notify("directory.change", about=organisation.pk, to=representatives(organisation), actor=actor)
    return OrganisationChange.objects.create(
        organisation=organisation,
        actor=actor,
        kind=kind,
        version=organisation.version,
        differences=differences,
    )


def _apply(organisation: Organisation, differences: dict) -> dict:
    """Write the new values; gives the differences with the keys of contacts just made."""
    written = {}
    contacts = {}
    for name, (before, after) in differences.items():
        if name.startswith(CONTACT):
            contacts[name] = (before, after)
            continue
        written[name] = [before, after]
        if name in TEXTS:
            setattr(organisation, name, after or "")
        elif name == "languages":
            organisation.languages = after or []
        elif name == "territory":
            organisation.territory = Territory.objects.filter(slug=after or "").first()
        elif name == "parent":
            organisation.parent = Organisation.objects.filter(pk=after).first()
        elif name == "logo":
            organisation.logo = PortalImage.objects.filter(pk=after).first()
        elif name == "audience":
            organisation.audience = Audience.objects.for_tokens(after)
        elif name == "themes":
            organisation.themes.set(Theme.objects.filter(slug__in=after))
        elif name == "also_active":
            organisation.also_active.set(Territory.objects.filter(slug__in=after))
    organisation.save()
    for name, (before, after) in contacts.items():
        key = _apply_contact(organisation, name, after)
        if before is not None or after is not None:
            written[key] = [before, after]
    follow_audience(organisation)
    return written


def _apply_contact(organisation: Organisation, name: str, after: dict | None) -> str:
    pk = None if name.startswith(NEW_CONTACT) else int(name.removeprefix(CONTACT))
    if after is None:
        organisation.contacts.filter(pk=pk).delete()
        return name
    contact = organisation.contacts.filter(pk=pk).first() if pk else None
    if contact is None:
        taken = pk is None or OrganisationContact.objects.filter(pk=pk).exists()
        contact = OrganisationContact(pk=None if taken else pk, organisation=organisation)
    for text in CONTACT_TEXTS:
        setattr(contact, text, after.get(text) or "")
    contact.position = after.get("position") or 0
    holder = after.get("holder")
    people = organisation.memberships.filter(user_id=holder)
    contact.holder_id = holder if holder and people.exists() else None
    contact.audience = Audience.objects.for_tokens(after.get("audience") or [])
    contact.full_clean(exclude=["organisation"])
    contact.save()
    return f"{CONTACT}{contact.pk}"


def follow_audience(organisation: Organisation) -> None:
    """Contacts and files are never wider than their organisation."""
    tokens = organisation.audience.tokens
    for contact in organisation.contacts.select_related("audience"):
        narrowed = meet(contact.audience.tokens, tokens)
        if narrowed != contact.audience.tokens:
            contact.audience = Audience.objects.for_tokens(narrowed)
            contact.save(update_fields=["audience"])
    narrow_files(organisation.owner_token)
    if organisation.logo_id:  # a logo is as visible as its record
        set_file_audience(organisation.logo, tokens)


def verify(*, actor, organisation: Organisation, logged: bool = True) -> None:
    """Somebody in charge says that the record is right today (« C’est toujours exact »)."""
    organisation.verified_at, organisation.verified_by = timezone.now(), actor
    Organisation.objects.filter(pk=organisation.pk).update(
        verified_at=organisation.verified_at, verified_by=actor
    )
    if logged:
        log(instance=organisation, action="directory.verify", user=actor)
    withdraw("directory.due", about=organisation.pk)


def revert(*, actor, change: OrganisationChange, fields: list[str]) -> OrganisationChange | None:
    """Give some fields of a record the values that they had before a change."""
    values = {name: change.differences[name][0] for name in fields if name in change.differences}
    return save_record(
        actor=actor,
        organisation=change.organisation,
        values=values,
        kind=ChangeKind.REVERT,
    )
