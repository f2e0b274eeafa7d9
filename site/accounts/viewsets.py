"""People in Wagtail's admin, for the coordination. Passwords are nobody's business but theirs."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from accounts.admin_forms import NetworkMembershipForm, PersonForm
from accounts.models import NetworkMembership, User
from core.admin_lists import AccentlessIndexView


class PersonViewSet(ModelViewSet):
    model = User
    icon = "user"
    menu_label = _("Comptes")
    list_display = ["email", "function_fr", "is_active", "last_login"]
    search_fields = ["search_text"]
    index_view_class = AccentlessIndexView
    edit_handler = ObjectList(
        [
            *("email", "function_fr", "function_nl"),
            *("first_name", "last_name", "is_active"),
        ],
        base_form_class=PersonForm,
    )


class NetworkMembershipViewSet(ModelViewSet):
    model = NetworkMembership
    icon = "group"
    menu_label = _("Adhésions et charges")
    list_display = ["user", "office", "start", "end"]
    list_filter = ["office"]
    edit_handler = ObjectList(
        ["user", "site", "office", "start", "end"], base_form_class=NetworkMembershipForm
    )


class PeopleViewSetGroup(ModelViewSetGroup):
    menu_label = _("Personnes")
    menu_icon = "user"
    menu_order = 152
    items = (PersonViewSet, NetworkMembershipViewSet)
