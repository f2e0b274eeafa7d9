"""Sign-in and security: allauth's views and names, under words people understand. No sign-up."""

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from django.http import Http404
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from accounts.views import security, sign_in


def absent(request, **kwargs):
    """An address that allauth's own code asks for and this portal does not have."""
    raise Http404


urlpatterns = [
    path(_("connexion/"), sign_in.login, name="account_login"),
    path(_("connexion/code/"), sign_in.request_login_code, name="account_request_login_code"),
    path(
        _("connexion/code/recu/"),
        sign_in.confirm_login_code,
        name="account_confirm_login_code",
    ),
    path(_("connexion/cle/"), sign_in.passkey_login, name="mfa_login_webauthn"),
    path(_("connexion/second-facteur/"), factor_views.authenticate, name="mfa_authenticate"),
    path(_("deconnexion/"), account_views.logout, name="account_logout"),
    path(_("desactive/"), account_views.account_inactive, name="account_inactive"),
    path(_("confirmation/"), account_views.reauthenticate, name="account_reauthenticate"),
    path(
        _("confirmation/code/"),
        security.reauthenticate_by_code,
        name="account_reauthenticate_by_code",
    ),
    path(_("confirmation/application/"), factor_views.reauthenticate, name="mfa_reauthenticate"),
    path(
        _("confirmation/cle/"),
        webauthn_views.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(_("mot-de-passe/"), account_views.password_change, name="account_change_password"),
    path(_("mot-de-passe/premier/"), sign_in.set_password, name="account_set_password"),
    path(_("mot-de-passe/oublie/"), account_views.password_reset, name="account_reset_password"),
    path(
        _("mot-de-passe/oublie/envoye/"),
        account_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        _(r"^mot-de-passe/choisir/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"),
        account_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        _("mot-de-passe/choisi/"),
        account_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(_("adresse/"), sign_in.address, name="account_email"),
    path(
        _("adresse/code/"),
        sign_in.confirm_address,
        name="account_email_verification_sent",
    ),
    path(_("appareils/"), security.devices, name="usersessions_list"),
    path(_("securite/"), security.security, name="mfa_index"),
    path(_("securite/application/"), totp_views.activate_totp, name="mfa_activate_totp"),
    path(
        _("securite/application/retirer/"),
        totp_views.deactivate_totp,
        name="mfa_deactivate_totp",
    ),
    path(_("securite/cles/ajouter/"), security.add_passkey, name="mfa_add_webauthn"),
    path(
        _("securite/cles/<int:pk>/retirer/"),
        security.remove_passkey,
        name="mfa_remove_webauthn",
    ),
    path(_("securite/cles/<int:pk>/nommer/"), security.rename_passkey, name="mfa_edit_webauthn"),
    path(
        _("securite/codes-de-secours/"),
        security.recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        _("securite/codes-de-secours/nouveaux/"),
        recovery_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(_("inscription/"), absent, name="account_signup"),
]
