"""Choosers of the groups in Wagtail's admin."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.admin_choosers import ReachChooserViewSet
from groupes.models import GroupContact
from groupes.selectors.groups import visible_group_pages


def _contacts(user) -> QuerySet[GroupContact]:
    """A group's contacts are known to whoever may see its page."""
    groups = visible_group_pages(user).order_by().values("group")
    return GroupContact.objects.filter(group__in=groups).select_related("group")


class GroupContactChooserViewSet(ReachChooserViewSet):
    model = GroupContact
    icon = "user"
    choose_one_text = _("Choisir un contact")
    choose_another_text = _("Choisir un autre contact")
    within_reach = staticmethod(_contacts)
    looks_in = ("group__search_text",)

    @staticmethod
    def named(contact: GroupContact) -> str:
        return f"{contact.function} ({contact.group})"


GROUP_CONTACTS = GroupContactChooserViewSet("group_contact_chooser")
