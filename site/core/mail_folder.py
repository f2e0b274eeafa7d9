"""Mails that go to a folder instead of to people: where one tries the portal, never on a server.

The backend writes one file per mail; `core.mail_views` shows them. What is read back may come from
anybody who writes into the folder: a broken mail is shown as far as it can be read.
"""

import base64
import datetime as dt
import email
import email.policy
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from core.text import tidy

BACKEND = "core.mail_folder.FolderBackend"
MAX_KEPT = 300  # mails; the oldest go
MAX_BYTES = 5 * 1024 * 1024  # of one mail that is read
MAX_WORDS = 100_000  # characters of one part that is shown
KEY = re.compile(r"[0-9]{20}-[0-9a-f]{8}")  # nanoseconds of its arrival: names sort by age
PICTURES = {"image/gif", "image/jpeg", "image/png", "image/webp"}


def in_use() -> bool:
    return settings.EMAIL_BACKEND == BACKEND


def folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


class FolderBackend(BaseEmailBackend):
    """Writes each mail into a file of its own, whole or not at all."""

    def send_messages(self, messages) -> int:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in messages:
            path = folder() / f"{time.time_ns():020d}-{secrets.token_hex(4)}.eml"
            unfinished = path.with_suffix(".part")
            unfinished.write_bytes(message.message().as_bytes(linesep="\r\n"))
            unfinished.rename(path)
        for key in newest()[MAX_KEPT:]:
            path_of(key).unlink(missing_ok=True)
        return len(messages)


def path_of(key: str) -> Path:
    return folder() / f"{key}.eml"


def newest() -> list[str]:
    """The names of the mails, the newest first."""
    found = (path.stem for path in folder().glob("*.eml"))
    return sorted((key for key in found if KEY.fullmatch(key)), reverse=True)


@dataclass(frozen=True)
class StoredMail:
    """A mail of the folder, as it can be read. `html` carries its pictures with it."""

    key: str
    at: dt.datetime
    sender: str
    to: str
    reply_to: str
    unsubscribe: str
    subject: str
    text: str
    html: str


def read(key: str) -> StoredMail | None:
    """A mail by its name; None when there is none."""
    if not KEY.fullmatch(key):
        return None
    try:
        with path_of(key).open("rb") as file:
            message = email.message_from_bytes(file.read(MAX_BYTES), policy=email.policy.default)
    except FileNotFoundError:
        return None
    return StoredMail(
        key=key,
        at=dt.datetime.fromtimestamp(int(key[:20]) / 1e9, dt.UTC),
        sender=_header(message, "From"),
        to=_header(message, "To"),
        reply_to=_header(message, "Reply-To"),
        unsubscribe=_header(message, "List-Unsubscribe"),
        subject=_header(message, "Subject"),
        text=_part(message, "plain"),
        html=_with_pictures(_part(message, "html"), message),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return tidy(str(message[name] or ""))
    except Exception:  # the standard library's parser fails on some headers in ways of its own
        return ""


def _part(message: EmailMessage, kind: str) -> str:
    """The words of the first part of this kind, in whatever character set they are."""
    try:
        part = message.get_body(preferencelist=[kind])
        data = part.get_payload(decode=True) if part is not None else b""
        charset = part.get_content_charset("utf-8") if part is not None else "utf-8"
    except Exception:  # as above
        return ""
    try:
        words = (data or b"").decode(charset, errors="replace")
    except (LookupError, ValueError):
        words = data.decode("utf-8", errors="replace")
    return words.replace("\x00", "")[:MAX_WORDS]


def _with_pictures(html: str, message: EmailMessage) -> str:
    """Pictures that the mail carries stand in its HTML itself: it may ask for nothing else."""
    for name, address in _pictures(message):
        html = html.replace(f"cid:{name}", address)
    return html


def _pictures(message: EmailMessage) -> Iterator[tuple[str, str]]:
    for part in message.walk():
        name = _header(part, "Content-ID").strip("<>")
        if name and part.get_content_type() in PICTURES:
            data = part.get_payload(decode=True) or b""
            coded = base64.b64encode(data).decode()
            yield name, f"data:{part.get_content_type()};base64,{coded}"
