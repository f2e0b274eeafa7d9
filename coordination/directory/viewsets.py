"""The directory in Wagtail's admin, for the coordination."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from coordination.directory.forms import TerritoryForm
from coordination.directory.models import (
    Organisation,
    OrganisationMembership,
    Place,
    Territory,
    Theme,
)
from core.forms.audience import AudienceModelForm


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    icon = "group"
    add_to_admin_menu = False
    list_display = ["name", "kind", "territory", "updated_at"]
    list_filter = ["kind"]
    search_fields = ["name", "acronym"]
    inspect_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(["name", "acronym", "slug"], heading=_("Qui")),
            MultiFieldPanel(["kind", "kind_label", "parent", "status"], heading=_("Quoi")),
            MultiFieldPanel(
                ["summary_fr", "summary_nl", "services_text"], heading=_("Ce qu’on y fait")
            ),
            FieldPanel("themes"),
            MultiFieldPanel(["territory", "also_active", "area", "address"], heading=_("Où")),
            MultiFieldPanel(
                ["phone", "website", "hours", "note"], heading=_("Contact et horaires")
            ),
            FieldPanel("audience"),
        ],
        base_form_class=AudienceModelForm,
    )


class PlaceViewSet(ModelViewSet):
    model = Place
    icon = "home"
    list_display = ["name_fr", "address", "territory"]
    search_fields = ["name_fr", "name_nl", "address"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(["name_fr", "name_nl", "slug"], heading=_("Nom")),
            FieldRowPanel(["kind_fr", "kind_nl"]),
            MultiFieldPanel(["address", "postcode", "territory", "organisation"], heading=_("Où")),
            MultiFieldPanel(["note", "valid_until", "relocated_to"], heading=_("À savoir")),
            FieldPanel("audience"),
        ],
        base_form_class=AudienceModelForm,
    )


class ThemeViewSet(ModelViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name_fr", "name_nl", "featured"]
    form_fields = [
        *("name_fr", "name_nl", "slug", "need_fr", "need_nl"),
        *("icon", "featured", "position"),
    ]


class TerritoryViewSet(ModelViewSet):
    model = Territory
    icon = "site"
    list_display = ["name_fr", "name_nl", "level"]
    ordering = ["path"]
    edit_handler = ObjectList(
        [*("name_fr", "name_nl", "slug", "level", "aliases"), FieldPanel("parent")],
        base_form_class=TerritoryForm,
    )


class OrganisationMembershipViewSet(ModelViewSet):
    model = OrganisationMembership
    icon = "user"
    menu_label = _("Qui travaille où")
    list_display = ["user", "organisation", "role", "start", "end"]
    form_fields = ["user", "organisation", "role", "start", "end"]


class DirectoryViewSetGroup(ModelViewSetGroup):
    menu_label = _("Répertoire")
    menu_icon = "group"
    menu_order = 150
    items = (
        OrganisationViewSet,
        PlaceViewSet,
        OrganisationMembershipViewSet,
        ThemeViewSet,
        TerritoryViewSet,
    )
