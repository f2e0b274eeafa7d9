"""Files that people add where they use them: whose they are, who sees them, what replaces them."""

from collections.abc import Iterable
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.models import Collection

from core import uploads
from core.models import Audience, PortalDocument, PortalImage
from core.text import tidy
from core.tokens import ceiling_of
from core.visibility import is_narrower, meet

MAX_TITLE = 120


def readable_title(name: str) -> str:
    """« compte_rendu-2026.final.pdf » in words: « Compte rendu 2026.final »."""
    stem = tidy(PurePath(name).stem.replace("_", " ").replace("-", " "))
    return (stem[:1].upper() + stem[1:])[:MAX_TITLE] or "Document"


def _bounded(tokens: Iterable[str], owner: str) -> Audience:
    return Audience.objects.for_tokens(meet(tokens, ceiling_of(owner)))


@transaction.atomic
def store_document(
    *,
    actor,
    upload: UploadedFile,
    owner: str,
    tokens: Iterable[str],
    title: str = "",
    collection: Collection | None = None,
) -> PortalDocument:
    """Keep a document for a group or an organisation; its audience is bounded by its owner's.

    `upload` was checked by `core.uploads.check_document`, or raises its `ValidationError` here.
    """
    uploads.check_document(upload)
    document = PortalDocument(
        title=tidy(title)[:MAX_TITLE] or readable_title(upload.name),
        owner=owner,
        audience=_bounded(tokens, owner),
        uploaded_by_user=actor,
        collection=collection or Collection.get_first_root_node(),
    )
    _put(document, upload)
    return document


@transaction.atomic
def replace_document(*, document: PortalDocument, upload: UploadedFile) -> PortalDocument:
    """Put a newer file in the place of the old one: every link to the document holds."""
    uploads.check_document(upload)
    old, storage = document.file.name, document.file.storage
    _put(document, upload)
    transaction.on_commit(lambda: storage.delete(old))
    return document


def _put(document: PortalDocument, upload: UploadedFile) -> None:
    document.file = upload
    document.file_size = upload.size
    document.file_hash = ""
    upload.seek(0)
    document.save()


@transaction.atomic
def store_image(
    *, actor, upload: UploadedFile, owner: str, tokens: Iterable[str], title: str
) -> PortalImage:
    """Keep a picture for a group or an organisation, freed of what its camera noted.

    `upload` comes from `core.forms.files.SafeImageField`. Raises `ValidationError` when damaged.
    """
    image = PortalImage(
        title=tidy(title)[:MAX_TITLE],
        file=uploads.clean_image(upload),
        owner=owner,
        audience=_bounded(tokens, owner),
        uploaded_by_user=actor,
        collection=Collection.get_first_root_node(),
    )
    image.save()
    return image


@transaction.atomic
def narrow_files(owner: str) -> None:
    """What belongs to `owner` follows when its owner is shown to fewer people; never opens."""
    ceiling = ceiling_of(owner)
    for model in (PortalDocument, PortalImage):
        for file in model.objects.filter(owner=owner).select_related("audience"):
            if not is_narrower(file.audience.tokens, ceiling):
                file.audience = Audience.objects.for_tokens(meet(file.audience.tokens, ceiling))
                file.save(update_fields=["audience"])


def set_file_audience(file: PortalDocument | PortalImage, tokens: Iterable[str]) -> None:
    """Show a file to these people, bounded by its owner's audience."""
    file.audience = _bounded(tokens, file.owner)
    file.save(update_fields=["audience"])
