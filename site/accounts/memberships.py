"""Memberships in words, gathered from the apps that hold them."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from accounts.models import NetworkMembership
from core.models import NetworkSettings
from core.visibility import MEMBER, reach_of

Describer = Callable[[object], list[dict]]
_describers: list[Describer] = []


def register_describer(describer: Describer) -> None:
    """Add a source: `describer(user)` lists `{"label", "detail", "url", "icon", "thread", "start",
    "end", "action", "leave"}` for each live membership; `action` is what one does there most, a
    dictionary `{"label", "url", "icon"}`, or None; `leave` is the way out, `{"label", "url"}`, or
    None."""
    _describers.append(describer)


def describe_memberships(user) -> list[dict]:
    """All live memberships of a person, the network first; none without the network's."""
    if MEMBER not in reach_of(user).tokens:
        return []
    words = [
        {
            "label": NetworkSettings.for_site(membership.site).name or membership.site.site_name,
            "detail": _("Charge : %(office)s") % {"office": membership.get_office_display()},
            "url": "",
            "icon": "users",
            "thread": "",
            "start": membership.start,
            "end": membership.end,
            "action": None,
            "leave": None,
        }
        for membership in NetworkMembership.objects.live().filter(user=user).select_related("site")
    ]
    return words + [word for describer in _describers for word in describer(user)]
