"""The groups in Wagtail's admin, for the coordination."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from core.admin_memberships import MembershipCreateView, MembershipEditView
from groupes.models import (
    GroupContact,
    GroupFolder,
    GroupMembership,
    GroupOrganisation,
    JoinRequest,
    Mandate,
    SharedItem,
    WorkingGroup,
)


class KeptPolicy(ModelPermissionPolicy):
    """Rows that are the group's history: ended, never deleted."""

    refused = {"delete"}

    def user_has_permission(self, user, action) -> bool:
        return action not in self.refused and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance) -> bool:
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user, actions, instance) -> bool:
        return self.user_has_any_permission(user, actions)


class ReadOnlyPolicy(KeptPolicy):
    """Rows that people make on the site, and answer there: to be read here."""

    refused = {"add", "change", "delete"}


class WorkingGroupViewSet(ModelViewSet):
    model = WorkingGroup
    icon = "group"
    list_display = ["name_fr", "kind", "joining", "theme"]
    list_filter = ["kind", "joining"]
    search_fields = ["search_text"]
    form_fields = [
        *("site", "kind", "name_fr", "name_nl", "slug", "theme", "thread", "icon"),
        *("joining", "charter_fr", "charter_nl"),
    ]


class GroupMembershipViewSet(ModelViewSet):
    model = GroupMembership
    add_view_class = MembershipCreateView
    edit_view_class = MembershipEditView
    icon = "user"
    menu_label = _("Qui participe")
    list_display = ["user", "group", "role", "start", "end", "charter_accepted_on"]
    list_filter = ["group", "role"]
    permission_policy = KeptPolicy(GroupMembership)
    form_fields = ["user", "group", "role", "start", "end"]


class GroupOrganisationViewSet(ModelViewSet):
    model = GroupOrganisation
    icon = "group"
    menu_label = _("Organismes participants")
    list_display = ["organisation", "group", "start", "end"]
    list_filter = ["group"]
    permission_policy = KeptPolicy(GroupOrganisation)
    form_fields = ["organisation", "group", "start", "end"]


class GroupContactViewSet(ModelViewSet):
    model = GroupContact
    icon = "mail"
    list_display = ["function_fr", "group", "holder", "organisation"]
    list_filter = ["group"]
    form_fields = [
        *("group", "function_fr", "function_nl", "holder"),
        *("organisation", "email", "phone"),
    ]


class MandateViewSet(ModelViewSet):
    model = Mandate
    icon = "date"
    list_display = ["group", "start", "end"]
    form_fields = ["group", "start", "end", "appointed_by_fr", "appointed_by_nl", "renewable"]


class GroupFolderViewSet(ModelViewSet):
    model = GroupFolder
    icon = "folder-open-1"
    list_display = ["name_fr", "group", "position"]
    list_filter = ["group"]
    form_fields = ["group", "name_fr", "name_nl", "position"]


class JoinRequestViewSet(ModelViewSet):
    model = JoinRequest
    icon = "user"
    menu_label = _("Demandes de participation")
    list_display = ["user", "group", "organisation", "state", "created_at"]
    list_filter = ["group", "state"]
    form_fields = ["state"]
    permission_policy = ReadOnlyPolicy(JoinRequest)
    inspect_view_enabled = True
    inspect_view_fields = [
        *("user", "group", "organisation", "message", "state", "created_at"),
        *("answer", "answered_by", "answered_at", "charter_version"),
    ]


class SharedItemViewSet(ModelViewSet):
    model = SharedItem
    icon = "doc-full-inverse"
    menu_label = _("Infos partagées")
    list_display = ["title", "group", "author", "state", "created_at"]
    list_filter = ["group", "state"]
    form_fields = ["title"]
    permission_policy = ReadOnlyPolicy(SharedItem)
    inspect_view_enabled = True
    inspect_view_fields = [
        *("title", "group", "author", "text", "link", "document", "folder", "state"),
        *("created_at", "edited_at", "decided_by", "decided_at", "answer", "pinned_at"),
    ]


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
        GroupFolderViewSet,
        JoinRequestViewSet,
        SharedItemViewSet,
    )
