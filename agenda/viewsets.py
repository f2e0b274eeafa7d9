"""The agenda in Wagtail's admin, for the coordination: trusted organisations, school holidays,
programmes."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from agenda.forms.programme import ProgrammeForm
from agenda.models import Programme, SchoolHoliday, TrustedOrganisation
from agenda.selectors.holidays import known_holidays


class SchoolHolidayIndexView(IndexView):
    """Says on top until when the holidays of each calendar are known."""

    add_item_label = _("Ajouter une période")

    def get_context_data(self, *args, **kwargs) -> dict:
        return super().get_context_data(*args, **kwargs) | {"known": known_holidays()}


class SchoolHolidayViewSet(ModelViewSet):
    model = SchoolHoliday
    icon = "date"
    menu_label = _("Vacances scolaires")
    index_view_class = SchoolHolidayIndexView
    index_template_name = "agenda/admin/holidays.html"
    list_display = ["name_fr", "calendar", "first", "last"]
    list_filter = ["calendar"]
    form_fields = ["calendar", "name_fr", "name_nl", "first", "last"]


class ProgrammeViewSet(ModelViewSet):
    model = Programme
    icon = "tag"
    menu_label = _("Programmes")
    list_display = ["name_fr", "first", "last"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    *("name_fr", "name_nl"),
                    FieldPanel("slug", help_text=_("Dans les liens : « automne-solidarites ».")),
                    "site",
                ],
                heading=_("Nom"),
            ),
            MultiFieldPanel(["summary_fr", "summary_nl"], heading=_("En quelques phrases")),
            FieldRowPanel(["first", "last"], heading=_("Quand")),
            FieldPanel("audience"),
        ],
        base_form_class=ProgrammeForm,
    )


class TrustedOrganisationViewSet(ModelViewSet):
    model = TrustedOrganisation
    icon = "check"
    menu_label = _("Organismes de confiance")
    list_display = ["organisation", "since"]
    form_fields = ["organisation"]


class AgendaViewSetGroup(ModelViewSetGroup):
    menu_label = _("Agenda")
    menu_icon = "calendar-alt"
    menu_order = 152
    items = (TrustedOrganisationViewSet, SchoolHolidayViewSet, ProgrammeViewSet)
