"""An event in the words that one sends to others."""

from urllib.parse import quote

from django.utils.translation import gettext as _

from agenda.selectors.event import EventPage
from agenda.selectors.rows import DateRow
from agenda.wording import say_day


def share_text(page: EventPage, address: str) -> str:
    """What, when, where, how one comes and the address of its page, a line each: nothing that the
    page does not say. The first line is the title."""
    event = page.event
    where = ", ".join(part for part in (page.place.name if page.place else "", page.street) if part)
    lines = [
        event.title,
        *map(_say_date, page.here),
        *(said[:1].upper() + said[1:] for said in page.whens),
        where or (_("En ligne") if event.online_url else ""),
        ", ".join(fact["title"] for fact in page.facts if fact["icon"] in ("euro", "ticket")),
        page.action["label"] if page.action and page.action["icon"] == "phone" else "",
        address,
    ]
    return "\n".join(line for line in lines if line)


def _say_date(row: DateRow) -> str:
    if not row.day_is_known:
        return ""
    hours = " – ".join(hour for hour in (row.start, row.end if not row.until else "") if hour)
    until = _("jusqu’au %(day)s") % {"day": row.until} if row.until else ""
    said = ", ".join(part for part in (say_day(row.day), hours, until) if part)
    said = f"{row.state_label.capitalize()} : {said}" if row.is_off else said
    return said[:1].upper() + said[1:]


def ways_to_share(text: str) -> list[dict]:
    """Where a text can be sent from, by links that ask nothing of anybody until they are followed:
    `{"url", "icon", "label"}`."""
    title, body = quote(text.splitlines()[0]), quote(text)
    return [
        {"url": f"https://wa.me/?text={body}", "icon": "messages-square", "label": "WhatsApp"},
        {"url": f"sms:?&body={body}", "icon": "smartphone", "label": _("SMS")},
        {"url": f"mailto:?subject={title}&body={body}", "icon": "mail", "label": _("Courriel")},
    ]
