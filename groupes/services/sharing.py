"""« Partager une info » (requirement R026): posting, correcting, withdrawing, accepting, pinning.

What is to be public passes a pilot: until then, and again after its author corrects it, it is for
the group. A document has its item's audience.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from accounts.notifications import notify, withdraw
from core.models import Audience
from core.services import files
from core.tokens import ceiling_of
from core.visibility import MEMBER, PUBLIC, is_narrower, meet
from groupes import permissions
from groupes.enums import ItemState, Scope
from groupes.models import GroupFolder, SharedItem, WorkingGroup
from groupes.notifications import people, pilots

WIDE = {Scope.MEMBERS: MEMBER, Scope.PUBLIC: PUBLIC}


def scopes_of(group: WorkingGroup) -> list[Scope]:
    """For whom something may be shared here: never wider than the group's own page."""
    ceiling = ceiling_of(permissions.group_token(group))
    return [Scope.GROUP, *(s for s, token in WIDE.items() if is_narrower({token}, ceiling))]


def audience_for(group: WorkingGroup, scope: str) -> Audience:
    """The audience behind a choice. Raises `ValidationError` for one that is not offered."""
    if scope not in scopes_of(group):
        raise ValidationError({"scope": _("Choisissez pour qui est cette info.")})
    token = permissions.group_token(group)
    return Audience.objects.for_tokens(meet({WIDE.get(scope, token)}, ceiling_of(token)))


@transaction.atomic
def share_item(
    *,
    actor: User,
    group: WorkingGroup,
    title: str,
    scope: str,
    text: str = "",
    link: str = "",
    folder: GroupFolder | None = None,
    upload: UploadedFile | None = None,
) -> SharedItem:
    """Post an item. Raises `ValidationError` when it is empty, too long or badly addressed."""
    if not permissions.can_share_item(actor, group):
        raise PermissionDenied
    item = SharedItem(group=group, author=actor, title=title, text=text, link=link, folder=folder)
    item.wanted = audience_for(group, scope)
    _submit(actor, item)
    _check(item, bool(upload))
    if upload:
        _attach(actor, item, upload)
    item.save()
    # Of what they are asked about, pilots are told once.
    told = people(group).exclude(pk__in=pilots(group)) if item.is_pending else people(group)
    notify("groupes.shared", about=item.pk, to=told, actor=actor)
    _ask_pilots(actor, item)
    log(instance=group, action="groupes.share", user=actor, data=_told(item))
    return item


@transaction.atomic
def correct_item(
    *,
    actor: User,
    item: SharedItem,
    title: str,
    scope: str,
    text: str = "",
    link: str = "",
    folder: GroupFolder | None = None,
    upload: UploadedFile | None = None,
    remove_document: bool = False,
) -> SharedItem:
    """Correct an item; a new file takes the old one's place and keeps its address.

    Public again only once a pilot accepts it anew, unless a pilot corrects it.
    """
    item = _locked(item)
    if not permissions.can_edit_item(actor, item):
        raise PermissionDenied
    item.title, item.text, item.link, item.folder = title, text, link, folder
    item.wanted = audience_for(item.group, scope)
    item.edited_at = timezone.now()
    if remove_document and not upload:
        _hide(item)
        item.document = None
    _submit(actor, item)
    _check(item, bool(upload))
    if upload:
        _attach(actor, item, upload)
    item.save()
    _show(item)
    _ask_pilots(actor, item)
    log(instance=item.group, action="groupes.correct", user=actor, data=_told(item))
    return item


@transaction.atomic
def withdraw_item(*, actor: User, item: SharedItem) -> SharedItem:
    """Take an item back with its document: only its author and the pilots still find it."""
    item = _locked(item)
    if not permissions.can_withdraw_item(actor, item):
        raise PermissionDenied
    item.state, item.pinned_at = ItemState.WITHDRAWN, None
    item.save(update_fields=["state", "pinned_at"])
    _hide(item)
    withdraw("groupes.to_accept", about=item.pk)
    log(instance=item.group, action="groupes.withdraw", user=actor, data=_told(item))
    return item


@transaction.atomic
def accept_item(*, actor: User, item: SharedItem, answer: str = "") -> SharedItem:
    """Open an item to the audience its author chose."""
    item = _decidable(actor, item)
    ceiling = ceiling_of(permissions.group_token(item.group))
    item.audience = Audience.objects.for_tokens(meet(item.wanted.tokens, ceiling))
    return _decide(actor, item, ItemState.PUBLISHED, answer)


@transaction.atomic
def refuse_item(*, actor: User, item: SharedItem, answer: str) -> SharedItem:
    """Keep an item for the group, with a word. Raises `ValidationError` without one."""
    item = _decidable(actor, item)
    if not answer.strip():
        raise ValidationError({"answer": _("Un refus s’explique : écrivez un mot.")})
    return _decide(actor, item, ItemState.REFUSED, answer)


@transaction.atomic
def pin_item(*, actor: User, item: SharedItem, pinned: bool) -> SharedItem:
    """Put an item above the others, or back among them."""
    item = _locked(item)
    if not permissions.can_pin_item(actor, item):
        raise PermissionDenied
    item.pinned_at = timezone.now() if pinned else None
    item.save(update_fields=["pinned_at"])
    log(instance=item.group, action="groupes.pin", user=actor, data=_told(item))
    return item


@transaction.atomic
def narrow_items(group: WorkingGroup) -> None:
    """Items and files follow when the group's page is shown to fewer people; nothing opens."""
    token = permissions.group_token(group)
    ceiling = ceiling_of(token)
    for item in SharedItem.objects.filter(group=group).select_related("audience", "wanted"):
        if is_narrower(item.audience.tokens | item.wanted.tokens, ceiling):
            continue
        item.audience = Audience.objects.for_tokens(meet(item.audience.tokens, ceiling))
        item.wanted = Audience.objects.for_tokens(meet(item.wanted.tokens, ceiling))
        item.save(update_fields=["audience", "wanted"])
    files.narrow_files(token)


def _submit(actor: User, item: SharedItem) -> None:
    """Give the item its state and the audience that counts: a pilot publishes, others ask."""
    asks = item.scope == Scope.PUBLIC and not permissions.can_pilot_group(actor, item.group)
    item.state = ItemState.PENDING if asks else ItemState.PUBLISHED
    item.audience = audience_for(item.group, Scope.GROUP) if asks else item.wanted
    item.decided_by = item.decided_at = None
    item.answer = ""


def _ask_pilots(actor: User, item: SharedItem) -> None:
    if item.is_pending:
        notify("groupes.to_accept", about=item.pk, to=pilots(item.group), actor=actor)
    else:
        withdraw("groupes.to_accept", about=item.pk)


def _check(item: SharedItem, has_upload: bool) -> None:
    if item.folder_id and item.folder.group_id != item.group_id:
        raise ValidationError({"folder": _("Choisissez un dossier de ce groupe.")})
    if not (item.text.strip() or item.link or item.document_id or has_upload):
        raise ValidationError({"text": _("Ajoutez un texte, un lien ou un fichier.")})
    item.full_clean()


def _attach(actor: User, item: SharedItem, upload: UploadedFile) -> None:
    if item.document_id:
        files.replace_document(document=item.document, upload=upload)
        return
    item.document = files.store_document(
        actor=actor,
        upload=upload,
        owner=permissions.group_token(item.group),
        tokens=item.audience.tokens,
        collection=item.group.collection,
    )


def _show(item: SharedItem) -> None:
    if item.document_id:
        files.set_file_audience(item.document, item.audience.tokens)


def _hide(item: SharedItem) -> None:
    if item.document_id:
        files.set_file_audience(item.document, ())


def _locked(item: SharedItem) -> SharedItem:
    return (
        SharedItem.objects.select_for_update(of=("self",))
        .select_related("group", "audience", "wanted", "document__audience")
        .get(pk=item.pk)
    )


def _decidable(actor: User, item: SharedItem) -> SharedItem:
    item = _locked(item)
    if not permissions.can_pilot_group(actor, item.group):
        raise PermissionDenied
    if not item.is_pending:
        raise ValidationError(_("Cette info n’attend plus de décision."))
    return item


def _decide(actor: User, item: SharedItem, state: ItemState, answer: str) -> SharedItem:
    item.state, item.answer = state, answer
    item.decided_by, item.decided_at = actor, timezone.now()
    item.full_clean()
    item.save()
    _show(item)
    withdraw("groupes.to_accept", about=item.pk)
    notify("groupes.decided", about=item.pk, to=[item.author], actor=actor)
    log(instance=item.group, action=f"groupes.item_{state}", user=actor, data=_told(item))
    return item


def _told(item: SharedItem) -> dict:
    return {"item": item.pk}
