"""Which groups an organisation takes part in, told by `groupes`, which the directory does not
know."""

from collections.abc import Callable

from django.http import HttpRequest

from coordination.directory.models import Organisation

_source: Callable[[Organisation, HttpRequest], list] | None = None


def register_groups_of(source: Callable[[Organisation, HttpRequest], list]) -> None:
    """`source(organisation, request)` lists the pages of its groups that this visitor may see."""
    global _source
    _source = source


def groups_of(organisation: Organisation, request: HttpRequest) -> list:
    return _source(organisation, request) if _source else []
