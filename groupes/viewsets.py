"""The groups in Wagtail's admin, for the coordination."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from groupes.models import (
    GroupContact,
    GroupMembership,
    GroupOrganisation,
    Mandate,
    WorkingGroup,
)


class WorkingGroupViewSet(ModelViewSet):
    model = WorkingGroup
    icon = "group"
    list_display = ["name_fr", "kind", "theme"]
    form_fields = ["site", "kind", "name_fr", "name_nl", "slug", "theme", "thread", "icon"]


class GroupMembershipViewSet(ModelViewSet):
    model = GroupMembership
    icon = "user"
    menu_label = _("Qui participe")
    list_display = ["user", "group", "role", "start", "end"]
    form_fields = ["user", "group", "role", "start", "end"]


class GroupOrganisationViewSet(ModelViewSet):
    model = GroupOrganisation
    icon = "group"
    menu_label = _("Organismes participants")
    list_display = ["organisation", "group", "start", "end"]
    form_fields = ["organisation", "group", "start", "end"]


class GroupContactViewSet(ModelViewSet):
    model = GroupContact
    icon = "mail"
    list_display = ["function_fr", "group", "organisation"]
    form_fields = ["group", "function_fr", "function_nl", "organisation", "email", "phone"]


class MandateViewSet(ModelViewSet):
    model = Mandate
    icon = "date"
    list_display = ["group", "start", "end"]
    form_fields = ["group", "start", "end", "appointed_by_fr", "appointed_by_nl", "renewable"]


class GroupViewSetGroup(ModelViewSetGroup):
    menu_label = _("Groupes")
    menu_icon = "group"
    menu_order = 151
    items = (
        WorkingGroupViewSet,
        GroupMembershipViewSet,
        GroupOrganisationViewSet,
        GroupContactViewSet,
        MandateViewSet,
    )
