from django.urls import path
from django.utils.translation import gettext_lazy as _

from coordination.directory.views import history, record, report, team
from coordination.directory.views.organisation import (
    organisation_detail,
    organisation_list,
    organisation_print,
)
from coordination.directory.views.place import place_list

app_name = "directory"
# The directory's own addresses first: `services.lifecycle.RESERVED` keeps records off them.
urlpatterns = [
    path("", organisation_list, name="organisation_list"),
    path(_("lieux/"), place_list, name="place_list"),
    path(_("imprimer/"), organisation_print, name="organisation_print"),
    path(_("ajouter/"), record.organisation_add, name="organisation_add"),
    path(_("ajouter/ressemblances/"), record.organisation_alike, name="organisation_alike"),
    path(_("changements/"), history.change_list, name="change_list"),
    path(_("changements/<int:pk>/"), history.change_revert, name="change_revert"),
    path(_("signalements/<str:token>/"), report.report_receipt, name="report_receipt"),
    path("<slug:slug>/", organisation_detail, name="organisation_detail"),
    path(_("<slug:slug>/modifier/"), record.organisation_edit, name="organisation_edit"),
    path(_("<slug:slug>/brouillon/"), record.organisation_draft, name="organisation_draft"),
    path(_("<slug:slug>/exact/"), record.organisation_verify, name="organisation_verify"),
    path(
        _("<slug:slug>/exact/<str:token>/"),
        record.organisation_confirm,
        name="organisation_confirm",
    ),
    path(_("<slug:slug>/historique/"), history.organisation_history, name="organisation_history"),
    path(_("<slug:slug>/equipe/"), team.organisation_team, name="organisation_team"),
    path(_("<slug:slug>/quitter/"), team.organisation_leave, name="organisation_leave"),
    path(_("<slug:slug>/archiver/"), history.organisation_archive, name="organisation_archive"),
    path(_("<slug:slug>/reunir/"), history.merge_choose, name="merge_choose"),
    path(_("<slug:slug>/reunir/<slug:other>/"), history.merge_records, name="merge_records"),
    path(_("<slug:slug>/signaler/"), report.organisation_report, name="organisation_report"),
    path(
        _("<slug:slug>/signalements/<int:pk>/"),
        report.report_answer,
        name="report_answer",
    ),
]
