"""Two versions of an event, field by field, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agenda.models import Event
from agenda.wording import say_timing
from core.services.audience import words as words_of

# In the order of the form. What is not here is no matter of words (keys, counters).
PLAIN = (
    *("title_fr", "title_nl", "summary_fr", "summary_nl", "description_fr", "description_nl"),
    *("other_organisers", "when_fr", "when_nl", "address", "room", "online_url"),
    *("access_note_fr", "access_note_nl", "age_min", "age_max", "price_amount"),
    *("price_note_fr", "price_note_nl", "registration_how_fr", "registration_how_nl"),
    *("contact_function_fr", "contact_function_nl", "contact_phone", "contact_email", "website"),
    *("image_alt_fr", "image_alt_nl"),
)
CHOICES = ("kind", "price", "registration")
TICKS = ("women_only", "article_27", "dates_to_confirm")
LINKS = ("group", "programme", "follows", "place", "territory", "image")


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
    def label(name: str) -> str:
        return str(event._meta.get_field(name).verbose_name)

    for name in PLAIN[:2]:
        yield label(name), getattr(event, name)
    yield _("quand"), "\n".join(say_timing(timing) for timing in event.timings.all())
    organisers = [row.organisation.name for row in event.organisings.all()]
    yield _("organismes"), ", ".join(organisers)
    for name in PLAIN[2:]:
        value = getattr(event, name)
        yield label(name), "" if value is None else str(value)
    for name in CHOICES:
        yield label(name), str(getattr(event, f"get_{name}_display")())
    for name in TICKS:
        yield label(name), _("oui") if getattr(event, name) else ""
    for name in LINKS:
        yield label(name), str(getattr(event, name) or "")
    yield label("access"), ", ".join(event.access_list)
    yield label("targets"), ", ".join(event.targets_list)
    yield label("languages"), ", ".join(event.languages_list)
    yield label("themes"), ", ".join(str(theme) for theme in event.themes.all())
    documents = [row.document.title for row in event.event_documents.all()]
    yield _("documents"), ", ".join(documents)
    yield label("audience"), words_of(event.wanted_tokens or event.audience.tokens)
