"""The agenda in Wagtail's admin, for the coordination: who publishes without being read first."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from agenda.models import TrustedOrganisation


class TrustedOrganisationViewSet(ModelViewSet):
    model = TrustedOrganisation
    icon = "check"
    menu_label = _("Agenda : confiance")
    menu_order = 153
    add_to_admin_menu = True
    list_display = ["organisation", "since"]
    form_fields = ["organisation"]
