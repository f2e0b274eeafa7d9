"""Blocks of a page's body that know the directory."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from coordination.directory.permissions import can_see_organisation
from core.blocks import BoundedChooser, reader_of

MAX_ORGANISATIONS = 12


class KeptChooserBlock(BoundedChooser, blocks.ChooserBlock):
    """Somebody chosen is the same in every language: a translation has nothing to say about it."""

    def get_translatable_segments(self, value) -> list:
        return []


class OrganisationChooserBlock(KeptChooserBlock):
    target_model = "directory.Organisation"
    related = ("audience", "territory")

    @cached_property
    def widget(self):
        from coordination.directory.choosers import ORGANISATIONS

        return ORGANISATIONS.widget_class()

    def chosen(self):
        return super().chosen().prefetch_related("themes")


class OrganisationContactChooserBlock(KeptChooserBlock):
    target_model = "directory.OrganisationContact"
    related = ("audience", "organisation__audience")

    @cached_property
    def widget(self):
        from coordination.directory.choosers import ORGANISATION_CONTACTS

        return ORGANISATION_CONTACTS.widget_class()


class OrganisationsBlock(blocks.StructBlock):
    """A few organisations. Readers see those they may see, and none that left the lists."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120)
    organisations = blocks.ListBlock(
        OrganisationChooserBlock(label=_("Organisme")),
        label=_("Organismes"),
        max_num=MAX_ORGANISATIONS,
    )

    class Meta:
        icon = "group"
        label = _("Organismes")
        template = "blocks/organisations.html"

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context)
        reader = reader_of(parent_context)
        context["organisations"] = [
            o for o in value["organisations"] if o and can_see_organisation(reader, o)
        ]
        return context
