"""Choosers of the directory in Wagtail's admin."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coordination.directory.models import Organisation, OrganisationContact
from core.admin_choosers import ReachChooserViewSet


def _contacts(user) -> QuerySet[OrganisationContact]:
    return (
        OrganisationContact.objects.visible_to(user)
        .filter(organisation__in=Organisation.objects.visible_to(user))
        .select_related("organisation")
        .order_by("organisation__name", "position", "pk")
    )


class OrganisationChooserViewSet(ReachChooserViewSet):
    model = Organisation
    icon = "group"
    choose_one_text = _("Choisir un organisme")
    choose_another_text = _("Choisir un autre organisme")
    edit_item_text = _("Ouvrir la fiche")
    within_reach = staticmethod(Organisation.objects.visible_to)
    looks_in = ("search_text",)


class OrganisationContactChooserViewSet(ReachChooserViewSet):
    model = OrganisationContact
    icon = "user"
    choose_one_text = _("Choisir un contact")
    choose_another_text = _("Choisir un autre contact")
    within_reach = staticmethod(_contacts)
    looks_in = ("organisation__search_text",)

    @staticmethod
    def named(contact: OrganisationContact) -> str:
        return f"{contact.function} ({contact.organisation})"


ORGANISATIONS = OrganisationChooserViewSet("organisation_chooser")
ORGANISATION_CONTACTS = OrganisationContactChooserViewSet("organisation_contact_chooser")
