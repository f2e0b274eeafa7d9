from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from accounts.views.account import account
from accounts.views.data_export import copy, data
from accounts.views.deletion import delete, delete_for, deleted
from accounts.views.handover import hand_over
from accounts.views.notifications import (
    notification_choices,
    notification_link,
    notification_stop,
)
from accounts.views.profile import profile

urlpatterns = [
    path("", account, name="accounts_profile"),
    path(_("transmettre/"), hand_over, name="accounts_hand_over"),
    path(_("transmettre/<int:pk>/"), hand_over, name="accounts_hand_over_for"),
    path(_("avis/"), notification_choices, name="accounts_notification_choices"),
    path(
        _("avis/lien/<str:token>/"),
        notification_link,
        name="accounts_notification_link",
    ),
    path(
        _("avis/stop/<str:token>/"),
        notification_stop,
        name="accounts_notification_stop",
    ),
    path(_("profil/"), profile, name="accounts_own_profile"),
    path(_("mes-donnees/"), data, name="accounts_data"),
    path(_("mes-donnees/copie/<int:pk>/"), copy, name="accounts_data_copy"),
    path(_("supprimer/"), delete, name="accounts_delete"),
    path(_("supprimer/<int:pk>/"), delete_for, name="accounts_delete_for"),
    path(_("supprime/"), deleted, name="accounts_deleted"),
    path("", include("accounts.sign_in_urls")),
]
