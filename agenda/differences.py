"""Two versions of an event, field by field, in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agenda.models import Event
from agenda.wording import say_amount, say_timing
from core.services.audience import words as words_of

# In the order of the form. What is not here is no matter of words (keys, counters).
FIELDS = (
    *("title_fr", "title_nl", "timings", "dates_to_confirm", "when_fr", "when_nl"),
    *("organisings", "other_organisers", "group", "programme", "follows", "kind", "themes"),
    *("summary_fr", "summary_nl", "description_fr", "description_nl"),
    *("place", "address", "territory", "room", "online_url"),
    *("access", "access_note_fr", "access_note_nl"),
    *("targets", "age_min", "age_max", "women_only", "languages"),
    *("price", "price_amount", "price_note_fr", "price_note_nl", "article_27"),
    *("registration", "registration_how_fr", "registration_how_nl"),
    *("contact_function_fr", "contact_function_nl", "contact_phone", "contact_email", "website"),
    *("image", "image_alt_fr", "image_alt_nl", "documents", "audience"),
)


@dataclass(frozen=True)
class Difference:
    """One field; `before` is empty for what is new, `after` for what is gone."""

    label: str
    before: str
    after: str


def differences(before: Event | None, after: Event) -> list[Difference]:
    """What `after` says otherwise than `before`; all that it says, without one."""
    old = dict(_said(before)) if before is not None else {}
    return [
        Difference(label, old.get(label, ""), words)
        for label, words in _said(after)
        if words != old.get(label, "")
    ]


def _said(event: Event) -> Iterator[tuple[str, str]]:
    for name in FIELDS:
        label = _label(name)
        if name in WORDS:
            yield label, WORDS[name](event)
            continue
        field = event._meta.get_field(name)
        value = getattr(event, name)
        if field.choices:
            yield label, str(getattr(event, f"get_{name}_display")())
        elif isinstance(value, bool):
            yield label, _("oui") if value else ""
        else:
            yield label, "" if value is None else str(value)


def _label(name: str) -> str:
    own = {"timings": _("quand"), "organisings": _("organismes"), "documents": _("documents")}
    return own.get(name) or str(Event._meta.get_field(name).verbose_name)


# What is said otherwise than as it is stored.
WORDS: dict[str, Callable[[Event], str]] = {
    "timings": lambda event: "\n".join(say_timing(timing) for timing in event.timings.all()),
    "organisings": lambda event: ", ".join(
        row.organisation.name for row in event.organisings.all()
    ),
    "themes": lambda event: ", ".join(str(theme) for theme in event.themes.all()),
    "access": lambda event: ", ".join(event.access_list),
    "targets": lambda event: ", ".join(event.targets_list),
    "languages": lambda event: ", ".join(event.languages_list),
    "price_amount": lambda event: (
        "" if event.price_amount is None else say_amount(event.price_amount)
    ),
    "documents": lambda event: ", ".join(row.document.title for row in event.event_documents.all()),
    "audience": lambda event: words_of(event.wanted_tokens or event.audience.tokens),
}
