from django.urls import path
from django.utils.translation import gettext_lazy as _

from coordination.directory.views.organisation import (
    organisation_detail,
    organisation_list,
)
from coordination.directory.views.place import place_list

app_name = "directory"
urlpatterns = [
    path("", organisation_list, name="organisation_list"),
    path(_("lieux/"), place_list, name="place_list"),
    path("<slug:slug>/", organisation_detail, name="organisation_detail"),
]
