from django.http import Http404, HttpRequest, HttpResponse


def absent(request: HttpRequest, **kwargs) -> HttpResponse:
    """An address of allauth's that this portal does not have."""
    raise Http404
