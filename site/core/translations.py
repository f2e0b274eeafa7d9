"""Which language a page's text is really in."""

from django.db.models import Exists, F, OuterRef
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.memory import remember

WATCHED = (Translation, StringTranslation)


def source_languages() -> dict[tuple, str]:
    """The pages whose text is still in another language: those that only mirror a page, and those
    with sentences left to translate, as wagtail-localize counts them.
    `{(translation key, locale id): language of the text}`, read once per change."""
    return remember(("source languages",), _source_languages)


def _source_languages() -> dict[tuple, str]:
    translated = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=OuterRef("target"),
        has_error=False,
    )
    unfinished = (
        StringSegment.objects.filter(source__translations__enabled=True)
        .annotate(target=F("source__translations__target_locale_id"))
        .filter(~Exists(translated))
        .values_list("source__object_id", "target", "source__locale__language_code")
        .distinct()
    )
    mirrors = (
        Page.objects.filter(alias_of__isnull=False)
        .exclude(alias_of__locale=F("locale"))
        .values_list("translation_key", "locale_id", "alias_of__locale__language_code")
    )
    return {(key, locale): language for key, locale, language in [*unfinished, *mirrors]}
