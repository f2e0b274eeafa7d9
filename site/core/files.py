"""Where documents and images are kept, and how they reach people: through one view.

All files lie outside any public folder. Their addresses lead to `serve`, which finds the object
that owns the file and asks the visibility rule, so a change of audience never moves a file.
"""

import mimetypes

from django.core.files.storage import FileSystemStorage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

from core.visibility import PUBLIC, can_see

# Shown in the browser; everything else is offered as a download.
INLINE = {"application/pdf", "image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"}


class PrivateStorage(FileSystemStorage):
    """Files whose address is the view that asks the rule."""

    def url(self, name: str) -> str:
        return reverse("core_file", args=[name.replace("\\", "/")])


def owner_of(name: str):
    """The document or image a stored file belongs to, or None."""
    from core.models import PortalDocument, PortalImage, PortalRendition

    if document := PortalDocument.objects.filter(file=name).select_related("audience").first():
        return document
    if image := PortalImage.objects.filter(file=name).select_related("audience").first():
        return image
    rendition = PortalRendition.objects.filter(file=name).select_related("image__audience").first()
    return rendition and rendition.image


@require_safe
def serve(request: HttpRequest, name: str) -> HttpResponse:
    """One file, to whoever may see its owner; 404 to the others and for unknown names."""
    owner = owner_of(name) if "\x00" not in name else None
    if owner is None or not can_see(request.user, owner):
        raise Http404
    return _send(request, owner, name)


@require_safe
def serve_document(request: HttpRequest, pk: int, filename: str) -> HttpResponse:
    """A document at the address that stays: the file it holds today, whatever its name was."""
    from core.models import PortalDocument

    document = get_object_or_404(PortalDocument.objects.visible_to(request.user), pk=pk)
    if filename != document.filename:
        return HttpResponseRedirect(document.url)
    return _send(request, document, document.file.name)


def _send(request: HttpRequest, owner, name: str) -> HttpResponse:
    from core.models import PortalDocument

    storage = owner.file.storage
    try:
        modified = int(storage.get_modified_time(name).timestamp())
        stream = storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error

    is_public = PUBLIC in owner.audience.tokens
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    if is_public and since is not None and modified <= since:
        stream.close()
        response = HttpResponse(status=304)
    else:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        download_name = owner.filename if isinstance(owner, PortalDocument) else None
        response = FileResponse(
            stream,
            content_type=kind,
            as_attachment=kind not in INLINE,
            filename=download_name or name.rsplit("/", 1)[-1],
        )
    # A shared cache may keep a public file but asks again each time: an audience that narrows
    # is felt at once. A private one is kept nowhere.
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    if is_public:
        response["Last-Modified"] = http_date(modified)
    return response
