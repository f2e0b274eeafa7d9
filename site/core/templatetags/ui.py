"""What templates need to draw a screen: pictograms, dates in words, telephone links."""

import datetime as dt
import re

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import help as guides
from core.language import current_language
from core.pieces import draw

register = template.Library()

NBSP = "\u00a0"


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw the pictogram ``name`` of the sprite; readers do not hear it.

    ``css`` adds classes; the class ``icon`` gives the size. Without a name, nothing is drawn.
    """
    if not name:
        return SafeString("")
    return format_html(
        '<svg class="icon{}" width="24" height="24" aria-hidden="true">'
        '<use href="{}#{}"></use></svg>',
        f" {css}" if css else "",
        static("img/sprite.svg"),
        name,
    )


@register.simple_tag
def home_url() -> str:
    """Address of the home page in the current language (``/``, or ``/nl/``)."""
    language = current_language()
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"


@register.simple_tag
def privacy_url() -> str:
    """Address of the page on private life in the current language: a contract of docs/design.md."""
    language = current_language()
    return f"{home_url()}{'privacy' if language == 'nl' else 'vie-privee'}/"


def _as_date(value: dt.date | dt.datetime | None) -> dt.date | None:
    """The local day of a date or of an aware moment; None for anything else."""
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value if isinstance(value, dt.date) else None


def _day_number(day: int) -> str | SafeString:
    """The day of the month; French says « premier » for the first one only."""
    if day == 1 and current_language() == "fr":
        return format_html("{}<sup>er</sup>", day)
    return str(day)


@register.filter
def full_date(value: dt.date | dt.datetime | None) -> str | SafeString:
    """« mercredi 4 mars 2026 », « zondag 1 maart 2026 »: the day in words, never cut in two.

    The space between the number and the month does not break. Empty for an absent date.
    """
    day = _as_date(value)
    if day is None:
        return ""
    weekday, month = str(WEEKDAYS[day.weekday()]).lower(), str(MONTHS[day.month]).lower()
    return format_html("{} {}{}{} {}", weekday, _day_number(day.day), NBSP, month, day.year)


@register.filter
def full_moment(value: dt.datetime | None) -> str | SafeString:
    """« mercredi 4 mars 2026 à 9 h 05 »: the local day and hour in words. Empty without one."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    words = {"day": full_date(local), "hour": local.hour, "minute": f"{local.minute:02}"}
    return format_html(_("{day} à {hour} h {minute}"), **words)


@register.filter
def day_date(value: dt.date | dt.datetime | None) -> str | SafeString:
    """« 4 mars 2026 »: as ``full_date``, without the weekday."""
    day = _as_date(value)
    if day is None:
        return ""
    month = str(MONTHS[day.month]).lower()
    return format_html("{}{}{} {}", _day_number(day.day), NBSP, month, day.year)


@register.filter
def month_year(value: dt.date | dt.datetime | None) -> str:
    """« mars 2026 »; empty for an absent date."""
    day = _as_date(value)
    return "" if day is None else f"{str(MONTHS[day.month]).lower()} {day.year}"


@register.filter
def phone_digits(value: str | None) -> str:
    """The part of a telephone number that a ``tel:`` link takes: digits, with a leading +.

    « 02 648 50 01 » gives « 026485001 », « +32 (0)2 648 50 01 » gives « +3226485001 ».
    """
    text = (value or "").strip()
    if text.startswith("00"):
        text = "+" + text[2:]
    if text.startswith("+"):
        return "+" + re.sub(r"\D", "", text.replace("(0)", ""))
    return re.sub(r"\D", "", text)


@register.simple_tag
def said(subject, name: str) -> dict:
    """A text that exists in two languages, with the one it is in: see `Bilingual.said`."""
    return subject.said(name)


@register.simple_tag
def piece(name: str, key=None, **given) -> SafeString:
    """A component rendered once per change: what it draws depends on what it is given, and on
    nobody who looks (core.pieces). It sees no request.

    `key` names what is given when it is neither a model nor a plain value, a list for instance.
    """
    return draw(name, given, key)


@register.inclusion_tag("components/help_link.html")
def help_link(guide: str, anchor: str) -> dict:
    """« Aide : partager une info »: leads to that heading of a guide (core.help.GUIDES).

    The words are the heading's own. Nothing is drawn for a heading that does not exist.
    """
    language = current_language()
    found = guides.BY_KEY.get(guide)
    words = guides.read(found, language).headings.get(anchor, "") if found else ""
    # An acronym keeps its capitals.
    if words[1:2].islower() or words[1:2] in {"", " ", "’"}:
        words = words[:1].lower() + words[1:]
    return {"words": words, "url": f"{found.url(language)}#{anchor}" if words else ""}
