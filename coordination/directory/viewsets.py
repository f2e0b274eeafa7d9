"""The directory in Wagtail's admin, for the coordination."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from coordination.directory.forms.territory import TerritoryForm
from coordination.directory.models import (
    Adhesion,
    Organisation,
    OrganisationMembership,
    Place,
    Territory,
    Theme,
)
from core.admin_lists import AccentlessIndexView
from core.admin_memberships import MembershipCreateView, MembershipEditView
from core.forms.audience import AudienceModelForm


class ToTheSite(RedirectView):
    """A record is made, edited and archived on the site, where everybody else does it: one way,
    one history."""

    permanent = False

    def get_redirect_url(self, *args, **kwargs) -> str:
        if "pk" not in kwargs:
            return reverse("directory:organisation_add")
        organisation = get_object_or_404(
            Organisation.objects.known_to(self.request.user), pk=kwargs["pk"]
        )
        if organisation.archived_at:
            return organisation.url
        return reverse("directory:organisation_edit", args=[organisation.slug])


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    icon = "group"
    add_to_admin_menu = False
    list_display = ["name", "kind", "territory", "verified_at", "archived_at"]
    list_filter = ["kind", "archived_at"]
    search_fields = ["search_text"]
    index_view_class = AccentlessIndexView
    inspect_view_enabled = False
    copy_view_enabled = False
    form_fields = ["name"]

    @property
    def add_view(self):
        return ToTheSite.as_view()

    @property
    def edit_view(self):
        return ToTheSite.as_view()

    @property
    def delete_view(self):
        return ToTheSite.as_view()


class AdhesionIndexView(IndexView):
    """Offered as XLSX alone: Wagtail's CSV would run a name that begins with an equals sign."""

    FORMATS = (IndexView.FORMAT_XLSX,)


class AdhesionViewSet(ModelViewSet):
    model = Adhesion
    index_view_class = AdhesionIndexView
    icon = "clipboard-list"
    list_display = ["organisation", "status", "start", "end", "charter_accepted_on"]
    list_filter = ["status"]
    list_export = ["organisation", "status", "start", "end", "charter_accepted_on"]
    export_filename = "adhesions"
    form_fields = [
        *("organisation", "site", "status", "start", "end"),
        *("charter_accepted_on", "charter_version"),
    ]


class PlaceViewSet(ModelViewSet):
    model = Place
    icon = "home"
    list_display = ["name_fr", "address", "territory"]
    search_fields = ["search_text"]
    index_view_class = AccentlessIndexView
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
        *("name_fr", "name_nl", "slug", "need_fr", "need_nl", "other_words_fr", "other_words_nl"),
        *("icon", "featured", "position"),
    ]


class TerritoryViewSet(ModelViewSet):
    model = Territory
    icon = "site"
    list_display = ["name_fr", "name_nl", "level"]
    ordering = ["path"]
    edit_handler = ObjectList(
        [*("name_fr", "name_nl", "slug", "level", "aliases", "neighbours"), FieldPanel("parent")],
        base_form_class=TerritoryForm,
    )


class OrganisationMembershipViewSet(ModelViewSet):
    model = OrganisationMembership
    add_view_class = MembershipCreateView
    edit_view_class = MembershipEditView
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
        AdhesionViewSet,
        ThemeViewSet,
        TerritoryViewSet,
    )
