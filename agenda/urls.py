from django.urls import path, register_converter
from django.utils.translation import gettext_lazy as _

from agenda.converters import DayConverter
from agenda.views import calendar, event
from agenda.views import list as lists

register_converter(DayConverter, "day")

app_name = "agenda"
urlpatterns = [
    path("", lists.date_list, name="list"),
    path(_("jour/<str:day>/"), calendar.day, name="day"),
    path(_("semaine/<str:week>/"), calendar.week, name="week"),
    path(_("mois/<str:month>/"), calendar.month, name="month"),
    path(_("archives/"), lists.archive, name="archive"),
    path(_("imprimer/"), lists.print_list, name="print"),
    path(_("evenement/<slug:slug>/"), event.event, name="event"),
    path(_("evenement/<slug:slug>/<day:day>/"), event.event, name="event_date"),
]
