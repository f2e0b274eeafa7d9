"""Publishes a page in Dutch the way an editor does: sentence by sentence, in wagtail-localize."""

from wagtail.models import Locale, Page
from wagtail_localize.models import String as SourceString
from wagtail_localize.models import (
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


def publish_in_dutch(page: Page, values: dict) -> Page:
    """Translate a published French page, given its Dutch field values, and publish the result.

    Both languages must hold the same sentences in the same order; `ValueError` otherwise.
    """
    dutch = Locale.objects.get(language_code="nl")
    page = page.specific_class.objects.get(pk=page.pk)
    twin = page.specific_class.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(twin, name, value)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=dutch)
    for french, other in zip(_sentences(page), _sentences(twin), strict=True):
        context, _created = TranslationContext.objects.get_or_create(
            object_id=source.object_id, path=french.path
        )
        string = SourceString.from_value(page.locale, french.string)
        StringTranslation.objects.update_or_create(
            translation_of=string,
            locale=dutch,
            context=context,
            defaults={"data": other.string.data},
        )
    translation.save_target(publish=True)
    return page.get_translation(dutch)


def _sentences(page: Page) -> list[StringSegmentValue]:
    return [
        s for s in extract_segments(page) if isinstance(s, StringSegmentValue) and not s.is_empty()
    ]
