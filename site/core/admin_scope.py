"""Who may do what in Wagtail's admin, and what they may come across there.

Three walls, each tried against every admin address by the leak tests:

1. Permissions: Wagtail reads them from Django groups, so a person's groups are recomputed from the
   tokens held today, on each request to the admin (`sync_groups`).
2. Objects: pages, documents and images out of a person's reach are taken out of Wagtail's own
   permission policies (`install`), so its lists, choosers, reports and API do not know them.
3. Addresses: whoever does not oversee a network reaches only the screens named here
   (`may_open`); a screen that a new Wagtail brings is closed until somebody opens it.
"""

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.documents import permissions as document_permissions
from wagtail.images import get_image_model
from wagtail.images import permissions as image_permissions
from wagtail.models import Page, TaskState
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import page_permission_policy
from wagtail.users.models import UserProfile

from core.visibility import can_see, page_filter, page_is_in_reach, reach_of

# Nobody opens these: Wagtail's other password forms, its own privacy, accounts and groups (ours
# come from memberships), and pages that only show how an error looks.
CLOSED = {
    *("wagtailadmin_login", "wagtailadmin_error_test"),
    *("wagtailadmin_password_reset", "wagtailadmin_password_reset_done"),
    *("wagtailadmin_password_reset_confirm", "wagtailadmin_password_reset_complete"),
    *("wagtailadmin_pages:set_privacy", "wagtailadmin_collections:set_privacy"),
    *("wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete"),
}
CLOSED_NAMESPACES = {"wagtailusers_users", "wagtailusers_groups"}

# What an editor needs: a pilot, a communication editor, a moderator. Lists of Wagtail's that mix
# everybody's work (reports, workflow tasks, the API of images) are not among them.
EDITOR_SCREENS = {
    *("wagtailadmin_home", "wagtailadmin_explore", "wagtailadmin_explore_root"),
    *("wagtailadmin_explore_results", "wagtailadmin_account", "wagtailadmin_logout"),
    *("wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_dismissibles"),
    *("wagtailadmin_block_preview", "wagtailadmin_editing_sessions:ping"),
    *("wagtailadmin_editing_sessions:release", "wagtailadmin_choose_page"),
    *("wagtailadmin_choose_page_child", "wagtailadmin_choose_page_search"),
    *("wagtailadmin_choose_page_external_link", "wagtailadmin_choose_page_email_link"),
    *("wagtailadmin_choose_page_phone_link", "wagtailadmin_choose_page_anchor_link"),
    *("wagtailadmin_pages:add", "wagtailadmin_pages:preview_on_add", "wagtailadmin_pages:edit"),
    *("wagtailadmin_pages:preview_on_edit", "wagtailadmin_pages:view_draft"),
    *("wagtailadmin_pages:add_subpage", "wagtailadmin_pages:delete"),
    *("wagtailadmin_pages:unpublish", "wagtailadmin_pages:search"),
    *("wagtailadmin_pages:search_results", "wagtailadmin_pages:move"),
    *("wagtailadmin_pages:move_confirm", "wagtailadmin_pages:set_page_position"),
    *("wagtailadmin_pages:copy", "wagtailadmin_pages:workflow_action"),
    *("wagtailadmin_pages:collect_workflow_action_data", "wagtailadmin_pages:workflow_preview"),
    *("wagtailadmin_pages:confirm_workflow_cancellation", "wagtailadmin_pages:revisions_index"),
    *("wagtailadmin_pages:revisions_view", "wagtailadmin_pages:revisions_revert"),
    *("wagtailadmin_pages:revisions_unschedule", "wagtailadmin_pages:revisions_compare"),
    *("wagtailadmin_pages:history", "wagtailadmin_pages:history_results"),
    *("wagtailadmin_pages:workflow_history", "wagtailadmin_pages:workflow_history_detail"),
    "core_page_audience",
    *("wagtaildocs:index", "wagtaildocs:index_results", "wagtaildocs:add", "wagtaildocs:edit"),
    *("wagtaildocs:delete", "wagtaildocs:add_multiple", "wagtaildocs:edit_multiple"),
    *("wagtaildocs:delete_multiple", "wagtaildocs:create_multiple_from_uploaded_document"),
    *("wagtaildocs:delete_upload_multiple", "wagtaildocs_chooser:choose"),
    *("wagtaildocs_chooser:choose_results", "wagtaildocs_chooser:chosen"),
    *("wagtaildocs_chooser:create", "wagtaildocs_chooser:chosen_multiple"),
    *("wagtailimages:index", "wagtailimages:index_results", "wagtailimages:add"),
    *("wagtailimages:edit", "wagtailimages:delete", "wagtailimages:add_multiple"),
    *("wagtailimages:edit_multiple", "wagtailimages:delete_multiple", "wagtailimages:preview"),
    *("wagtailimages:create_multiple_from_uploaded_image", "wagtailadmin_api:pages:listing"),
    *("wagtailimages:delete_upload_multiple", "wagtailimages_chooser:choose"),
    *("wagtailimages_chooser:choose_results", "wagtailimages_chooser:chosen"),
    *("wagtailimages_chooser:create", "wagtailimages_chooser:chosen_multiple"),
    *("wagtailimages_chooser:select_format",),
    *("organisation_chooser:choose", "organisation_chooser:choose_results"),
    *("organisation_chooser:chosen", "organisation_chooser:chosen_multiple"),
    *("organisation_contact_chooser:choose", "organisation_contact_chooser:choose_results"),
    *("organisation_contact_chooser:chosen", "organisation_contact_chooser:chosen_multiple"),
    *("group_contact_chooser:choose", "group_contact_chooser:choose_results"),
    *("group_contact_chooser:chosen", "group_contact_chooser:chosen_multiple"),
    *("wagtail_localize:javascript_catalog", "wagtail_localize:submit_page_translation"),
    *("wagtail_localize:update_translations", "wagtail_localize:edit_string_translation"),
    *("wagtail_localize:preview_translation", "wagtail_localize:upload_pofile"),
    *("wagtail_localize:download_pofile", "wagtail_localize:edit_override"),
    *("agenda_moderation", "agenda_moderation_event", "agenda_moderation_preview"),
    "agenda_moderation_poster",
    "wagtail_localize:stop_translation",
    *("wagtail_localize:convert_to_alias", "wagtailadmin_pages:convert_alias"),
}

# Names under which an admin address carries the id of a page.
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
# And under which those of images and documents carry theirs.
FILE_ARGUMENTS = ("image_id", "document_id", "doc_id", "pk")
FILE_NAMESPACES = {
    *("wagtailimages", "wagtailimages_chooser", "wagtaildocs", "wagtaildocs_chooser"),
}


def opens_admin(user) -> bool:
    """Whether one of this person's roles, held today, opens the admin."""
    tokens = reach_of(user).tokens
    return "member" in tokens and any(t.split(":")[0] in ADMIN_ROLES for t in tokens)


ADMIN_ROLES = {"administrator", "coordinator", "editor", "moderator", "pilot"}


def sync_groups(user) -> None:
    """Make a person's Django groups exactly those of the roles held today."""
    wanted = set(
        Group.objects.filter(role__token__in=reach_of(user).tokens).values_list("pk", flat=True)
    )
    current = set(user.groups.values_list("pk", flat=True))
    if wanted != current:
        user.groups.set(wanted)


def speak_language(user) -> None:
    """Wagtail's admin speaks the person's language, until they choose another one there."""
    profile = getattr(user, "wagtail_userprofile", None)
    if profile is None:
        user.wagtail_userprofile = profile = UserProfile(user=user)
    profile.preferred_language = profile.preferred_language or user.language


def is_closed(view_name: str, namespace: str) -> bool:
    """Whether an admin screen of Wagtail's exists for nobody here."""
    return view_name in CLOSED or namespace in CLOSED_NAMESPACES


def may_open(user, view_name: str, namespace: str) -> bool:
    """Whether an admin screen exists for this person."""
    if is_closed(view_name, namespace):
        return False
    return bool(reach_of(user).networks) or view_name in EDITOR_SCREENS


def may_open_page(user, page_id: int, *, choosing: bool) -> bool:
    """Whether an admin screen may be about this page, for this person.

    To choose a link, every published page within reach will do; otherwise the person works there,
    or the page waits for this person's approval.
    """
    if explorable(user).filter(pk=page_id).exists():
        return True
    if choosing and linkable(user).filter(pk=page_id).exists():
        return True
    return page_id in pages_to_approve(user)


def may_open_file(user, view_name: str, file_id: int) -> bool:
    """Whether an admin screen may be about this image or document, for this person."""
    model = get_image_model() if view_name.startswith("wagtailimages") else get_document_model()
    return model.objects.visible_to(user).filter(pk=file_id).exists()


def explorable(user) -> QuerySet[Page]:
    return page_permission_policy.explorable_instances(user)


def linkable(user) -> QuerySet[Page]:
    """Pages that this person may point a link at, beside their own: published, within reach."""
    return Page.objects.filter(page_filter(user), live=True, depth__gt=1)


def pages_to_approve(user) -> set[int]:
    """Primary keys of the pages whose current moderation step is this person's."""
    return {
        int(state.workflow_state.object_id)
        for state in TaskState.objects.reviewable_by(user).select_related("workflow_state")
        if state.workflow_state.base_content_type.model_class() is Page
    }


class PagePolicy(PagePermissionPolicy):
    """Wagtail's permissions on pages, within what the person may see."""

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return super().user_has_any_permission_for_instance(
            user, actions, instance
        ) and page_is_in_reach(instance, user)

    def instances_user_has_any_permission_for(self, user, actions):
        pages = super().instances_user_has_any_permission_for(user, actions)
        return pages.filter(pk__in=Page.objects.filter(page_filter(user)).values("pk"))

    def explorable_instances(self, user):
        if not opens_admin(user):
            return self.model._default_manager.none()
        pages = super().explorable_instances(user)
        in_reach = Page.objects.filter(page_filter(user)).values("pk")
        return pages.filter(pk__in=in_reach) | pages.filter(depth=1)


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's permissions on documents and images, within what the person may see."""

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return super().user_has_any_permission_for_instance(user, actions, instance) and can_see(
            user, instance
        )

    def instances_user_has_any_permission_for(self, user, actions):
        files = super().instances_user_has_any_permission_for(user, actions)
        return files.filter(pk__in=self.model._default_manager.visible_to(user).values("pk"))


def install() -> None:
    """Put our policies in the place of Wagtail's own.

    Wagtail has no setting for it and imports these three objects by name all over its admin, so
    they change class (docs/adr/0002).
    """
    page_permission_policy.__class__ = PagePolicy
    document_permissions.permission_policy.__class__ = FilePolicy
    image_permissions.permission_policy.__class__ = FilePolicy
