"""The body of a page: every block there is, those of the directory and of the groups included."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from coordination.directory.blocks import (
    KeptChooserBlock,
    OrganisationContactChooserBlock,
    OrganisationsBlock,
)
from coordination.directory.permissions import can_see_contact, can_see_organisation
from core import blocks as core
from core.blocks import reader_of

WORDS, FACTS, NETWORK = _("Des mots"), _("Des faits et des fichiers"), _("Le réseau")


class GroupContactChooserBlock(KeptChooserBlock):
    target_model = "groupes.GroupContact"
    related = ("group", "organisation__audience")

    @cached_property
    def widget(self):
        from groupes.choosers import GROUP_CONTACTS

        return GROUP_CONTACTS.widget_class()


class ContactsBlock(blocks.StructBlock):
    """Whom to call about what, by function. Readers see the contacts they may see."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120)
    contacts = blocks.StreamBlock(
        [
            ("organisation", OrganisationContactChooserBlock(label=_("Contact d’un organisme"))),
            ("group", GroupContactChooserBlock(label=_("Contact d’un groupe"))),
        ],
        label=_("Contacts"),
    )

    class Meta:
        icon = "user"
        label = _("Contacts par fonction")
        template = "blocks/contacts.html"

    def get_context(self, value, parent_context=None) -> dict:
        # Reads across models: this module is imported by them.
        from groupes.selectors.groups import visible_group_pages

        context = super().get_context(value, parent_context)
        reader = reader_of(parent_context)
        chosen = [child for child in value["contacts"] if child.value]
        groups = [child.value.group_id for child in chosen if child.block_type == "group"]
        pages = visible_group_pages(reader).filter(group__in=groups) if groups else []
        page_of = {page.group_id: page for page in pages}
        context["contacts"] = rows = []
        for child in chosen:
            contact, page = child.value, None
            if child.block_type == "group":
                page = page_of.get(contact.group_id)
            if page or (child.block_type == "organisation" and can_see_contact(reader, contact)):
                organisation = contact.organisation
                if organisation and not can_see_organisation(reader, organisation):
                    organisation = None
                rows.append({"contact": contact, "organisation": organisation, "group_page": page})
        return context


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(
        label=_("Texte"),
        features=core.RICH_TEXT,
        icon="pilcrow",
        template="blocks/text.html",
        group=WORDS,
    )
    steps = core.StepsBlock(group=WORDS)
    questions = core.QuestionsBlock(group=WORDS)
    notice = core.NoticeBlock(group=WORDS)
    quote = core.QuoteBlock(group=WORDS)
    image = core.PictureBlock(group=FACTS)
    table = core.TableBlock(group=FACTS)
    documents = core.DocumentsBlock(group=FACTS)
    video = core.VideoBlock(group=FACTS)
    contacts = ContactsBlock(group=NETWORK)
    organisations = OrganisationsBlock(group=NETWORK)
    call = core.CallBlock(group=NETWORK)
