from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import DataExport
from accounts.personal import personal_data
from accounts.services.data_export import ask_for_copy


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest) -> HttpResponse:
    """A copy of my data: asked for here, fetched here once it is ready."""
    if request.method == "POST":
        try:
            ask_for_copy(actor=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect("accounts_data")
    last = DataExport.objects.filter(user=request.user).first()
    context = {"copy": last, "labels": [data.label for data in personal_data()]}
    return render(request, "accounts/data.html", context)


@login_required
@require_safe
def copy(request: HttpRequest, pk: int) -> FileResponse:
    """The file, for its owner alone and as long as it is kept."""
    found = get_object_or_404(DataExport.objects.current(), pk=pk, user=request.user)
    try:
        stream = found.file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"{_('mes-donnees')}-{timezone.localdate(found.ready_at)}.zip"
    response = FileResponse(stream, as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response
