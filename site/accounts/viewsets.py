"""People in Wagtail's admin, for the coordination. Passwords are nobody's business but theirs."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail.admin.panels import ObjectList
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.log_actions import log

from accounts.forms.admin import NetworkMembershipForm, PersonForm
from accounts.models import NetworkMembership, User
from core.admin_lists import AccentlessIndexView
from core.admin_memberships import MembershipCreateView, MembershipEditView


class PersonIndexView(AccentlessIndexView):
    """Accounts that were deleted are nobody any more."""

    def get_base_queryset(self) -> QuerySet[User]:
        return super().get_base_queryset().filter(deleted_at=None)


class PersonCreateView(CreateView):
    def save_instance(self) -> User:
        person = self.form.save()
        log(instance=person, action="accounts.open", content_changed=True)
        return person


class PersonEditView(EditView):
    def get_queryset(self) -> QuerySet[User]:
        return User.objects.filter(deleted_at=None)

    def save_instance(self) -> User:
        person = self.form.save()
        changed = self.form.changed_data
        self.has_content_changes = bool(changed)
        if "is_active" in changed:
            action = "accounts.reopen" if person.is_active else "accounts.close"
        else:
            action = "accounts.change"
        log(
            instance=person,
            action=action,
            data={"fields": changed},
            content_changed=self.has_content_changes,
        )
        return person


class ToTheDeletion(RedirectView):
    """An account is deleted on the site, where it becomes an empty shell: never its row, with
    which all history would go."""

    permanent = False

    def get_redirect_url(self, *args, **kwargs) -> str:
        return reverse("accounts_delete_for", args=[kwargs["pk"]])


class PersonViewSet(ModelViewSet):
    model = User
    icon = "user"
    menu_label = _("Comptes")
    list_display = ["email", "function_fr", "is_active", "last_login"]
    search_fields = ["search_text"]
    index_view_class = PersonIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            *("email", "function_fr", "function_nl"),
            *("first_name", "last_name", "language", "is_active"),
        ],
        base_form_class=PersonForm,
    )

    @property
    def delete_view(self):
        return ToTheDeletion.as_view()


class NetworkMembershipViewSet(ModelViewSet):
    model = NetworkMembership
    icon = "group"
    menu_label = _("Adhésions et charges")
    list_display = ["user", "office", "start", "end"]
    list_filter = ["office"]
    add_view_class = MembershipCreateView
    edit_view_class = MembershipEditView
    edit_handler = ObjectList(
        ["user", "site", "office", "start", "end"], base_form_class=NetworkMembershipForm
    )


class PeopleViewSetGroup(ModelViewSetGroup):
    menu_label = _("Personnes")
    menu_icon = "user"
    menu_order = 152
    items = (PersonViewSet, NetworkMembershipViewSet)
