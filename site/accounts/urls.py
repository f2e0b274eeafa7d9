"""allauth's views, its names kept, under words people understand. No sign-up exists."""

from allauth.account import views as allauth_views
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from accounts import notification_views
from accounts.views.absent import absent
from accounts.views.account import account
from accounts.views.data_export import copy, data
from accounts.views.deletion import delete, delete_for, deleted
from accounts.views.handover import hand_over
from accounts.views.profile import profile

urlpatterns = [
    path("", account, name="accounts_profile"),
    path(_("transmettre/"), hand_over, name="accounts_hand_over"),
    path(_("transmettre/<int:pk>/"), hand_over, name="accounts_hand_over_for"),
    path(_("avis/"), notification_views.notification_choices, name="accounts_notification_choices"),
    path(
        _("avis/lien/<str:token>/"),
        notification_views.notification_link,
        name="accounts_notification_link",
    ),
    path(
        _("avis/stop/<str:token>/"),
        notification_views.notification_stop,
        name="accounts_notification_stop",
    ),
    path(_("profil/"), profile, name="accounts_own_profile"),
    path(_("mes-donnees/"), data, name="accounts_data"),
    path(_("mes-donnees/copie/<int:pk>/"), copy, name="accounts_data_copy"),
    path(_("supprimer/"), delete, name="accounts_delete"),
    path(_("supprimer/<int:pk>/"), delete_for, name="accounts_delete_for"),
    path(_("supprime/"), deleted, name="accounts_deleted"),
    path(_("connexion/"), allauth_views.login, name="account_login"),
    path(_("deconnexion/"), allauth_views.logout, name="account_logout"),
    path(_("desactive/"), allauth_views.account_inactive, name="account_inactive"),
    path(_("confirmation/"), allauth_views.reauthenticate, name="account_reauthenticate"),
    path(_("mot-de-passe/"), allauth_views.password_change, name="account_change_password"),
    path(_("mot-de-passe/oublie/"), allauth_views.password_reset, name="account_reset_password"),
    path(
        _("mot-de-passe/oublie/envoye/"),
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        _(r"^mot-de-passe/choisir/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"),
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        _("mot-de-passe/choisi/"),
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # allauth's own code asks for these names. They answer 404.
    path(_("inscription/"), absent, name="account_signup"),
    path(_("mot-de-passe/premier/"), absent, name="account_set_password"),
    path(_("adresse/"), absent, name="account_email"),
    path(_("adresse/envoyee/"), absent, name="account_email_verification_sent"),
    re_path(_(r"^adresse/(?P<key>[-:\w]+)/$"), absent, name="account_confirm_email"),
]
