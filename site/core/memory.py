"""What stands on many pages and changes rarely, made once per change instead of once per page.

Each process remembers what it made, under the *version* of the portal's content. The version lives
in the cache that all processes share; any change of a page, a setting or a menu replaces it. A
request costs one read of the version, and nothing remembered outlives the change of what it says.

What is remembered is the same for everybody, or says in its key for whom it is.
"""

import secrets
from collections.abc import Callable, Hashable
from typing import TypeVar

from asgiref.local import Local
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save

VERSION = "core.version"
MAX_VALUES = 2_000  # per version and process; beyond it everything is made anew
MAX_VERSIONS = 3  # requests that began before a change still end with what they had

T = TypeVar("T")
_values: dict[str, dict[Hashable, object]] = {}
_here = Local()  # the version that the request of this thread is answered with


def version() -> str:
    """The version of the content: the same during a whole request, read anew outside of one."""
    if found := getattr(_here, "version", None):
        return found
    found = cache.get(VERSION)
    if found is None:  # the first request, or a cache that was emptied
        cache.add(VERSION, secrets.token_hex(8), timeout=None)
        found = cache.get(VERSION, "")
    if getattr(_here, "in_request", False):
        _here.version = found
    return found


def remember(key: tuple, make: Callable[[], T]) -> T:
    """The value of `make()`, made once per version for this key. Whoever reads it never changes
    it. The key names everything that the value depends on: the network, the language, and the
    tokens of the person when it is not for everybody."""
    values = _values_of(version())
    try:
        return values[key]
    except KeyError:
        value = make()
    if len(values) >= MAX_VALUES:
        values.clear()
    values[key] = value
    return value


def _values_of(current: str) -> dict[Hashable, object]:
    """What is remembered under a version; that of the oldest goes when there are too many."""
    if current not in _values:
        _values[current] = {}
        for old in tuple(_values)[:-MAX_VERSIONS]:  # copied in one go: other threads write here too
            _values.pop(old, None)
    return _values.get(current, {})


def is_remembered(key: tuple) -> bool:
    return key in _values_of(version())


def forget() -> None:
    """Something changed: at once for whoever reads what is not committed yet, and again when it
    is, for those who read the old state in between."""
    _renew()
    transaction.on_commit(_renew)


def _renew() -> None:
    _here.version = None
    cache.set(VERSION, secrets.token_hex(8), timeout=None)


def forget_on_change(*watched: type[models.Model]) -> None:
    """Forget when one of these, or what it is linked to, is saved or deleted. A change in bulk
    calls `forget` itself."""
    for model in watched:
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"core.memory.{model._meta.label}")
        for links in model._meta.local_many_to_many:
            m2m_changed.connect(
                _changed,
                sender=links.remote_field.through,
                dispatch_uid=f"core.memory.{model._meta.label}.{links.name}",
            )


def _changed(sender, **kwargs) -> None:
    forget()


def connect() -> None:
    request_started.connect(_request_started, dispatch_uid="core.memory.started")
    request_finished.connect(_request_finished, dispatch_uid="core.memory.finished")


def _request_started(sender, **kwargs) -> None:
    _here.in_request, _here.version = True, None


def _request_finished(sender, **kwargs) -> None:
    _here.in_request, _here.version = False, None
