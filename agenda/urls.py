from django.urls import path, register_converter
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agenda.converters import DayConverter
from agenda.views import calendar, dates, event, feature, feeds, links, proposal, report
from agenda.views import list as lists

register_converter(DayConverter, "day")
PERIODS = {
    "day": _("jour/<str:value>"),
    "week": _("semaine/<str:value>"),
    "month": _("mois/<str:value>"),
}

app_name = "agenda"
urlpatterns = [
    path("", lists.date_list, name="list"),
    path(_("jour/<str:day>/"), calendar.day, name="day"),
    path(_("semaine/<str:week>/"), calendar.week, name="week"),
    path(_("mois/<str:month>/"), calendar.month, name="month"),
    path(_("archives/"), lists.archive, name="archive"),
    path(_("imprimer/"), lists.print_list, name="print"),
    path(_("proposer/"), proposal.propose, name="propose"),
    path(_("proposer/remplir/"), proposal.fill, name="fill"),
    path(_("proposer/dates/"), proposal.dates, name="dates"),
    path(_("proposer/brouillon/"), proposal.draft, name="draft"),
    path(_("recu/<str:token>/"), proposal.receipt, name="receipt"),
    path(_("proposition/<str:secret>/"), proposal.proposal, name="proposal"),
    path(_("proposition/<str:secret>/modifier/"), proposal.proposal_edit, name="proposal_edit"),
    path(_("criteres/"), proposal.criteria, name="criteria"),
    path(_("signalements/<str:token>/"), report.report_receipt, name="report_receipt"),
    path(_("sabonner/"), links.subscribe, name="subscribe"),
    path(_("integrer/"), links.embed, name="embed"),
    path(_("mes-adresses/"), links.own_links, name="own_links"),
    path(_("flux/<str:token>.ics"), links.own_feed, name="own_feed"),
    *(
        path(
            format_lazy("{}.{}", address, suffix),
            view,
            {"period": period},
            name=f"{period}_{suffix}",
        )
        for period, address in PERIODS.items()
        for suffix, view in feeds.FORMATS.items()
    ),
    path(_("evenement/<slug:slug>.ics"), feeds.event_ics, name="event_ics"),
    path(_("evenement/<slug:slug>/"), event.event, name="event"),
    path(_("evenement/<slug:slug>/<day:day>/"), event.event, name="event_date"),
    path(_("evenement/<slug:slug>/<day:day>/changer/"), dates.change, name="change_date"),
    path(_("evenement/<slug:slug>/modifier/"), proposal.event_edit, name="event_edit"),
    path(_("evenement/<slug:slug>/a-la-une/"), feature.feature, name="feature"),
    path(_("evenement/<slug:slug>/signaler/"), report.event_report, name="event_report"),
    path(
        _("evenement/<slug:slug>/signalements/<int:pk>/"),
        report.report_answer,
        name="report_answer",
    ),
]
