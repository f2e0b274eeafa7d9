"""Where somebody's account is open, in words that people use."""

import datetime as dt
import time
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.session_length import ENDS_AT

# What a browser says of itself, most particular first: Edge and Opera also call themselves Chrome.
BROWSERS = [
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet")),
    *(("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome")),
    ("Safari", "Safari"),
]
SYSTEMS = [
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")),
]


@dataclass(frozen=True)
class Device:
    """One place where an account is open; `since` is when its owner signed in there."""

    pk: int
    name: str
    since: dt.datetime
    is_here: bool
    is_phone: bool
    is_shared: bool


def devices_of(request: HttpRequest) -> list[Device]:
    """The open sessions of this person, this one first, then the latest. Reads, ends none."""
    rows = UserSession.objects.filter(user=request.user).order_by("-created_at")
    open_ones = {
        session.session_key: session.get_decoded()
        for session in Session.objects.filter(
            session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
        )
    }
    here = request.session.session_key
    found = [
        Device(
            pk=row.pk,
            name=name_of(row.user_agent),
            since=row.created_at,
            is_here=row.session_key == here,
            is_phone=any(word in row.user_agent for word in ("Android", "iPhone")),
            is_shared=ENDS_AT in open_ones[row.session_key],
        )
        for row in rows
        if row.session_key in open_ones
        and open_ones[row.session_key].get(ENDS_AT, float("inf")) > time.time()
    ]
    return sorted(found, key=lambda device: not device.is_here)


def name_of(user_agent: str) -> str:
    """« Firefox sur Windows »."""
    browser = next((name for word, name in BROWSERS if word in user_agent), "")
    system = next((name for word, name in SYSTEMS if word in user_agent), "")
    if browser and system:
        return _("%(browser)s sur %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Un appareil inconnu")


def as_number(text: str | None) -> int:
    """The number in what a form sent; 0, which is nobody's, for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
