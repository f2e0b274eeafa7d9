from django.urls import path, register_converter
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agenda.converters import DayConverter
from agenda.views import calendar, event, feeds, links
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
]
