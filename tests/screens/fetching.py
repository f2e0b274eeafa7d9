"""Asks for each screen once, and keeps what it answered."""

import mimetypes
import re
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone
from django.utils.translation import override
from django.views.defaults import server_error

from core import mail_folder
from core.models import UrgentNotice
from tests.conftest import client_of, read
from tests.screens.screen import Screen
from tests.screens.village import HOST, Village, build_village

PICTURE = re.compile(r"/fichiers/[^\s\"',]+")
FRAME = re.compile(r'<iframe[^>]* src="([^"]+)"')


@dataclass(frozen=True)
class Sheet:
    """What a screen answered, ready to be read without a database."""

    name: str
    address: str
    expected: int
    status: int
    headers: dict[str, str]
    html: str
    templates: frozenset[str]
    pictures: dict[str, tuple[bytes, str]]

    @property
    def is_framed(self) -> bool:
        return "base.html" in self.templates


def fetch_each(screens: Iterable[Screen], language: str) -> dict[str, Sheet]:
    """What these screens answer in a language, by name, one after the other in one village."""
    mails = {"EMAIL_BACKEND": mail_folder.BACKEND}
    mails["EMAIL_FILE_PATH"] = str(settings.TEST_FOLDER / f"courriels-{language}")
    with _borrowed_database(), override_settings(**mails):
        village = build_village()
        with override(language):
            return {screen.name: fetch(screen, village) for screen in screens}


@contextmanager
def _borrowed_database():
    """Whatever happens in there has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


def fetch(screen: Screen, village: Village) -> Sheet:
    cache.clear()
    UrgentNotice.objects.update(ends_at=timezone.now() + timedelta(days=1 if screen.urgent else -1))
    client = client_of(village.people[screen.who] if screen.who else None)
    client.handler.enforce_csrf_checks = screen.forged
    client.defaults["SERVER_NAME"] = HOST
    address = screen.at(village)
    with override(None):
        if screen.first is not None:
            screen.first(client, village)
        for _ in range(screen.times):
            response = _ask(client, screen, address)
        html = read(response).decode()
        shown = [*PICTURE.findall(html), *FRAME.findall(html)]
        pictures = {path: _picture(client, path) for path in shown}
    return Sheet(
        name=screen.name,
        address=response.wsgi_request.path if screen.follow else address,
        expected=screen.status,
        status=response.status_code,
        headers=dict(response.items()),
        html=html,
        templates=frozenset(t.name for t in getattr(response, "templates", []) if t.name),
        pictures=pictures,
    )


def _ask(client: Client, screen: Screen, address: str):
    if screen.status == 500:
        return server_error(RequestFactory().get(address))
    if screen.send is not None:
        # A browser sends the form's token, so that nothing written is still something sent.
        return client.post(address, {"csrfmiddlewaretoken": "", **screen.send})
    return client.get(address, follow=screen.follow)


def _picture(client: Client, path: str) -> tuple[bytes, str]:
    response = client.get(path)
    kind = mimetypes.guess_type(path)[0] or response.headers.get("Content-Type", "")
    return read(response), kind
