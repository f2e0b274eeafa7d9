"""What editors can put in the body of a page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

RICH_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_RICH_TEXT = ["bold", "italic", "ul", "link"]


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


class DocumentsBlock(blocks.StructBlock):
    """Files to download. Readers see those they may open."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120)
    documents = blocks.ListBlock(DocumentChooserBlock(label=_("Document")), label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        template = "blocks/documents.html"


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


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(
        label=_("Texte"), features=RICH_TEXT, icon="pilcrow", template="blocks/text.html"
    )
    notice = NoticeBlock()
    image = PictureBlock()
    documents = DocumentsBlock()
    steps = StepsBlock()
