"""What people upload, checked and cleaned before it is stored."""

from io import BytesIO
from pathlib import PurePath

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence

JPEG_QUALITY = 90

# What the first bytes of a document say, per extension. Office files are archives or OLE files.
SIGNATURES = {
    "pdf": {"pdf"},
    **{key: {"zip"} for key in ("docx", "xlsx", "pptx", "odt", "ods", "odp")},
    **{key: {"ole"} for key in ("doc", "xls", "ppt")},
    **{key: {"text"} for key in ("csv", "txt", "ics")},
    **{key: {"audio"} for key in ("mp3", "m4a")},
}


def clean_image(upload: UploadedFile) -> UploadedFile:
    """The same picture, decoded and written again without what the camera noted: no place, no
    time, no thumbnail. Turned upright first.

    Raises `ValidationError` when any part of it cannot be read.
    """
    try:
        upload.seek(0)
        with Image.open(upload) as picture:
            kind = picture.format
            out = BytesIO()
            if getattr(picture, "n_frames", 1) > 1:
                frames = [frame.copy() for frame in ImageSequence.Iterator(picture)]
                options = {
                    "save_all": True,
                    "append_images": frames[1:],
                    "loop": picture.info.get("loop", 0),
                    "duration": picture.info.get("duration", 100),
                }
                _bare(frames[0]).save(out, kind, **options)
            else:
                picture.load()
                upright = _bare(ImageOps.exif_transpose(picture))
                options = {"quality": JPEG_QUALITY} if kind in {"JPEG", "WEBP", "AVIF"} else {}
                if profile := picture.info.get("icc_profile"):
                    options["icc_profile"] = profile
                upright.save(out, kind, **options)
    except Exception as error:  # Pillow raises what it likes on damaged files
        raise ValidationError(
            _(
                "Cette image est abîmée ou n’est pas une image : elle n’a pas pu être lue en "
                "entier. Ouvrez-la sur votre appareil, enregistrez-la de nouveau, puis réessayez."
            )
        ) from error
    clean = SimpleUploadedFile(upload.name, out.getvalue(), content_type=upload.content_type)
    for name in ("image", "content_type"):  # what Wagtail's field noted for its own checks
        if hasattr(upload, name):
            setattr(clean, name, getattr(upload, name))
    return clean


def _bare(picture: Image.Image) -> Image.Image:
    """The pixels alone, with their palette and transparency."""
    keep = {key: picture.info[key] for key in ("transparency",) if key in picture.info}
    bare = picture.copy()
    bare.info = keep
    if hasattr(bare, "_exif"):
        bare._exif = None
    return bare


def check_document(upload: UploadedFile) -> None:
    """Refuse a document that is too big or is not what its name says.

    Raises `ValidationError` with a message for the person who uploads.
    """
    limit = settings.PORTAL_DOCUMENT_MAX_BYTES
    if upload.size > limit:
        raise ValidationError(
            _("Ce fichier est trop lourd (%(size)s). La limite est de %(limit)s.")
            % {"size": filesizeformat(upload.size), "limit": filesizeformat(limit)}
        )
    if upload.size == 0:
        raise ValidationError(_("Ce fichier est vide."))
    extension = PurePath(upload.name).suffix.lower().removeprefix(".")
    upload.seek(0)
    head = upload.read(8192)
    upload.seek(0)
    expected = SIGNATURES.get(extension)
    if expected is None:
        raise ValidationError(
            _("Les fichiers « .%(extension)s » ne sont pas acceptés. Formats possibles : %(list)s.")
            % {"extension": extension, "list": ", ".join(settings.WAGTAILDOCS_EXTENSIONS)}
        )
    if not expected & _signatures(head):
        raise ValidationError(
            _(
                "Le contenu de ce fichier ne correspond pas à son nom (« .%(extension)s »). "
                "Enregistrez-le de nouveau au bon format, puis réessayez."
            )
            % {"extension": extension}
        )


def _signatures(head: bytes) -> set[str]:
    found = set()
    if head.startswith(b"%PDF-"):
        found.add("pdf")
    if head.startswith(b"PK\x03\x04"):
        found.add("zip")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        found.add("ole")
    kind = filetype.guess(head)
    if kind is not None and kind.mime.startswith(("audio/", "video/mp4")):
        found.add("audio")
    if kind is None and b"\x00" not in head and head.lstrip()[:1] != b"<":
        found.add("text")
    return found
