"""What editors can put in the body of a page, as far as no domain is needed: `groupes.blocks` puts
all of it together."""

import copy
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)
from wagtail.documents.blocks import DocumentChooserBlock as WagtailDocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock as WagtailImageChooserBlock
from wagtail.models import Page
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue

from core.language import current_language
from core.visibility import can_see, page_filter

RICH_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_RICH_TEXT = ["bold", "italic", "ul", "link"]


def reader_of(parent_context: dict | None):
    """The person whom a block is drawn for; None when nobody asked."""
    return getattr((parent_context or {}).get("request"), "user", None)


class BoundedChooser:
    """A chooser that reads all that a stream chose in one query, with what showing it needs.

    What somebody deleted comes back as None: blocks leave it out.
    """

    related: tuple[str, ...] = ("audience",)

    def chosen(self):
        return self.model_class.objects.select_related(*self.related)

    def bulk_to_python(self, values) -> list:
        found = self.chosen().in_bulk({value for value in values if value is not None})
        seen = set()
        result = []
        for value in values:
            subject = found.get(value)
            # Wagtail wants an object of its own at each place.
            result.append(copy.copy(subject) if value in seen else subject)
            seen.add(value)
        return result


class DocumentChooserBlock(BoundedChooser, WagtailDocumentChooserBlock):
    pass


class ImageChooserBlock(BoundedChooser, WagtailImageChooserBlock):
    pass


class OutsideAddressBlock(blocks.URLBlock):
    """The address of another site; a translation may lead to that site's own page in Dutch."""

    def __init__(self, **kwargs) -> None:
        validator = URLValidator(["https"], message=_("L’adresse commence par https://."))
        super().__init__(validators=[validator], **kwargs)

    def get_translatable_segments(self, value: str | None) -> list:
        return [OverridableSegmentValue("", value)] if value else []

    def restore_translated_segments(self, value: str, segments: list) -> str:
        return segments[0].data


class QuestionsBlock(blocks.StructBlock):
    """Questions that people ask, each with its answer."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120)
    questions = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("question", blocks.CharBlock(label=_("Question"), max_length=160)),
                ("answer", blocks.RichTextBlock(label=_("Réponse"), features=SHORT_RICH_TEXT)),
            ]
        ),
        label=_("Questions"),
    )

    class Meta:
        icon = "help"
        label = _("Questions et réponses")
        template = "blocks/questions.html"


class NoticeBlock(blocks.StructBlock):
    """Something not to miss."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120)
    text = blocks.RichTextBlock(label=_("Texte"), features=SHORT_RICH_TEXT)
    tone = blocks.ChoiceBlock(
        label=_("Ton"),
        choices=[("info", _("information")), ("attention", _("attention"))],
        default="info",
    )

    class Meta:
        icon = "info-circle"
        label = _("Encadré")
        template = "blocks/notice.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words; who says them is a function, not a name."""

    text = blocks.TextBlock(label=_("Paroles"), max_length=600)
    who = blocks.CharBlock(
        label=_("Qui le dit"),
        max_length=120,
        help_text=_("Une fonction, « une assistante sociale » par exemple. Pas de nom."),
    )
    organisation = blocks.CharBlock(label=_("De quel organisme"), max_length=120, required=False)

    class Meta:
        icon = "openquote"
        label = _("Citation")
        template = "blocks/quote.html"


class PictureBlock(blocks.StructBlock):
    """A picture, said in words for those who do not see it."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Ce que montre l’image"),
        max_length=200,
        help_text=_("Lu à voix haute aux personnes qui ne voient pas l’image."),
    )
    caption = blocks.CharBlock(label=_("Légende"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/image.html"


class CellsBlock(TypedTableBlock):
    """A table's caption, its headings and its cells of text.

    Each distinct text is translated once, under a path drawn from the text itself: what is
    translated stays so when rows and columns come, go or move.
    """

    text = blocks.TextBlock(label=_("Texte"), required=False)

    def clean(self, value: TypedTable) -> TypedTable:
        table = super().clean(value)
        problems = []
        if not self.is_deferred_validation:
            if not table.caption.strip():
                problems.append(_("Dites en une ligne ce que montre le tableau."))
            if not table.columns or not table.row_data:
                problems.append(_("Un tableau compte au moins une colonne et une ligne."))
            if not all(column["heading"].strip() for column in table.columns):
                problems.append(_("Donnez un titre à chaque colonne."))
        if problems:
            raise TypedTableBlockValidationError(
                non_block_errors=[ValidationError(problem) for problem in problems]
            )
        return table

    def get_translatable_segments(self, table: TypedTable) -> list[StringSegmentValue]:
        texts = [table.caption, *(column["heading"] for column in table.columns)]
        texts += [text for row in table.row_data for text in row["values"]]
        return [StringSegmentValue(_path(text), text) for text in dict.fromkeys(texts) if text]

    def restore_translated_segments(self, table: TypedTable, segments: list) -> TypedTable:
        said = {segment.path: segment.render_text() for segment in segments}

        def translated(text: str) -> str:
            return said.get(_path(text), text)

        return TypedTable(
            columns=[{**c, "heading": translated(c["heading"])} for c in table.columns],
            row_data=[{"values": [translated(t) for t in r["values"]]} for r in table.row_data],
            caption=translated(table.caption),
        )


def _path(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


class TableBlock(blocks.StructBlock):
    """Facts in rows and columns."""

    table = CellsBlock(label=_("Tableau"))
    row_headings = blocks.BooleanBlock(
        label=_("La première colonne donne un titre à chaque ligne"), required=False, default=True
    )

    class Meta:
        icon = "table"
        label = _("Tableau")
        template = "blocks/table.html"

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context)
        headings = [column["heading"] for column in value["table"].columns]
        context["headings"] = headings
        context["rows"] = [
            [
                {"label": label, "text": text, "is_heading": not index and value["row_headings"]}
                for index, (label, text) in enumerate(zip(headings, row["values"], strict=True))
            ]
            for row in value["table"].row_data
        ]
        return context


class DocumentsBlock(blocks.StructBlock):
    """Files to download. Readers see those they may open."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120)
    documents = blocks.ListBlock(DocumentChooserBlock(label=_("Document")), label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        template = "blocks/documents.html"

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context)
        reader = reader_of(parent_context)
        context["documents"] = [d for d in value["documents"] if d and can_see(reader, d)]
        return context


class StepsBlock(blocks.ListBlock):
    """What to do, one step after the other."""

    def __init__(self, **kwargs) -> None:
        step = blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("Étape"), max_length=120)),
                ("text", blocks.TextBlock(label=_("En détail"), required=False)),
            ]
        )
        super().__init__(step, **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("Étapes")
        template = "blocks/steps.html"


class VideoBlock(blocks.StructBlock):
    """A link to a film. Never the film itself: its site would follow our readers."""

    title = blocks.CharBlock(label=_("Titre"), max_length=160)
    address = OutsideAddressBlock(label=_("Adresse"))
    duration = blocks.CharBlock(
        label=_("Durée"),
        max_length=60,
        required=False,
        help_text=_("En mots : « 4 minutes »."),
    )

    class Meta:
        icon = "media"
        label = _("Vidéo")
        template = "blocks/video.html"


class CallBlock(blocks.StructBlock):
    """One sentence and one button."""

    TARGETS = ("page", "document", "address")

    sentence = blocks.CharBlock(label=_("Phrase"), max_length=200)
    label = blocks.CharBlock(
        label=_("Mots du bouton"),
        max_length=60,
        help_text=_("Un verbe : « Voir le répertoire »."),
    )
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    document = DocumentChooserBlock(label=_("Document"), required=False)
    address = OutsideAddressBlock(label=_("Adresse d’un autre site"), required=False)

    class Meta:
        icon = "link"
        label = _("Bouton")
        template = "blocks/call.html"

    def clean(self, value):
        cleaned = super().clean(value)
        given = sum(bool(cleaned[name]) for name in self.TARGETS)
        if given > 1 or (not given and not self.is_deferred_validation):
            problem = _("Le bouton mène à une page, à un document ou à une adresse : un des trois.")
            raise StructBlockValidationError(non_block_errors=[ValidationError(problem)])
        return cleaned

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context)
        context["url"] = self._url(value, parent_context)
        context["leads_outside"] = bool(value["address"])
        return context

    def _url(self, value, parent_context) -> str:
        """Where the button leads this reader; empty when that is gone or out of reach."""
        reader = reader_of(parent_context)
        if value["page"]:
            page = page_in_language(value["page"], reader)
            return page.get_url((parent_context or {}).get("request")) or "" if page else ""
        if value["document"]:
            return value["document"].url if can_see(reader, value["document"]) else ""
        return value["address"] or ""


def page_in_language(page: Page, reader) -> Page | None:
    """The page as this person may read it, in the current language or else as it was chosen."""
    language = current_language()
    twins = Page.objects.filter(
        page_filter(reader), live=True, translation_key=page.translation_key
    ).select_related("locale")
    by_language = {twin.locale.language_code: twin for twin in twins}
    return by_language.get(language) or next(
        (twin for twin in by_language.values() if twin.pk == page.pk), None
    )
