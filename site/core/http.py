from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse


def shared(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view that strangers and members share: what a signed-in person sees is kept nowhere,
    on a shared computer neither."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response

    return wrapper
