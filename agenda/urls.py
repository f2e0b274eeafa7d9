from django.urls import path, register_converter
from django.utils.translation import gettext_lazy as _

from agenda.converters import DayConverter
from agenda.views import event, proposal, report

register_converter(DayConverter, "day")

app_name = "agenda"
urlpatterns = [
    path("", event.event_list, name="list"),
    path(_("proposer/"), proposal.propose, name="propose"),
    path(_("proposer/remplir/"), proposal.fill, name="fill"),
    path(_("proposer/dates/"), proposal.dates, name="dates"),
    path(_("proposer/brouillon/"), proposal.draft, name="draft"),
    path(_("recu/<str:token>/"), proposal.receipt, name="receipt"),
    path(_("proposition/<str:secret>/"), proposal.proposal, name="proposal"),
    path(_("proposition/<str:secret>/modifier/"), proposal.proposal_edit, name="proposal_edit"),
    path(_("criteres/"), proposal.criteria, name="criteria"),
    path(_("signalements/<str:token>/"), report.report_receipt, name="report_receipt"),
    path(_("evenement/<slug:slug>/"), event.event, name="event"),
    path(_("evenement/<slug:slug>/<day:day>/"), event.event, name="event_date"),
    path(_("evenement/<slug:slug>/modifier/"), proposal.event_edit, name="event_edit"),
    path(_("evenement/<slug:slug>/signaler/"), report.event_report, name="event_report"),
    path(
        _("evenement/<slug:slug>/signalements/<int:pk>/"),
        report.report_answer,
        name="report_answer",
    ),
]
