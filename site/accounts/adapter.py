"""allauth for a network that knows its people: nobody signs up, mails leave by jobs."""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core import context as allauth_context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.guessing import note_wrong_try
from accounts.mails import CARRIED, CODES, EVENTS, SILENT, deliver
from accounts.second_factor import can_remove_factor
from core.jobs import later
from core.models import NetworkSettings

TOO_MANY = gettext_lazy(
    "Trop d’essais pour cette adresse. Attendez quelques minutes, ou entrez autrement : par un "
    "code, un mot de passe ou une clé d’accès."
)
WRONG_CODE = gettext_lazy("Ce code n’est pas le bon.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": gettext_lazy("C’était trop d’essais à la suite. Attendez une minute."),
        "duplicate_email": gettext_lazy("C’est déjà l’adresse de votre compte."),
        "email_taken": gettext_lazy("Un compte existe déjà avec cette adresse."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The home page, in the language of the page somebody leaves from."""
        return reverse("wagtail_serve", args=[""])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def get_email_verification_redirect_url(self, email_address) -> str:
        return reverse("accounts_profile")

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """By a job, in our look. A mail that a new allauth brings goes out in its own words rather
        than not at all."""
        if template_prefix not in CODES.keys() | EVENTS.keys() | SILENT:
            super().send_mail(template_prefix, email, context)
            return
        words = {name: context[name] for name in CARRIED if name in context}
        if "timestamp" in context:
            words["timestamp"] = context["timestamp"].isoformat()
        if context.get("user"):
            words["person"] = context["user"].pk
        # Once the transaction is committed allauth may have let go of the request.
        request = self.request or allauth_context.request
        site = NetworkSettings.for_request(request).site_id
        later(deliver, template_prefix, email, words, site)

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        super().send_notification_mail(
            template_prefix, user, {**(context or {}), "user": user}, email
        )

    def authentication_failed(self, request: HttpRequest, **credentials) -> None:
        note_wrong_try(request, credentials.get("email", ""))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        """Tries are counted per address, not per host that the request happens to name."""
        return credentials.get("email", "").lower()

    def is_safe_url(self, url: str) -> bool:
        try:
            return super().is_safe_url(url)
        except ValueError:  # « https://[::1 » is no address at all
            return False

    def get_reauthentication_methods(self, user) -> list[dict]:
        """allauth's, the second factor first, and a code by mail, which everybody can receive."""
        if not user.is_authenticated:
            return []
        words = {
            "reauthenticate": _("Avec mon mot de passe"),
            "mfa_reauthenticate": _("Avec un code de mon application"),
            "mfa_reauthenticate:webauthn": _("Avec une clé d’accès"),
        }
        known = super().get_reauthentication_methods(user)
        methods = [{**method, "description": words[method["id"]]} for method in known]
        by_code = {
            "id": "code",
            "description": _("Avec un code reçu par courriel"),
            "url": reverse("account_reauthenticate_by_code"),
        }
        return [*methods, by_code]

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """allauth asks nothing of whoever has neither password nor factor: here a code by mail
        does, unless they came in a moment ago."""
        required = super().is_reauthentication_required(app=app, **kwargs)
        request = allauth_context.request
        if required and not get_reauthentication_flows(request.user) and not came_lately(request):
            raise ReauthenticationRequired
        return required


def came_lately(request: HttpRequest) -> bool:
    """Whether this person proved who they are within the last minutes, in whatever way."""
    records = get_authentication_records(request, request.user)
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    return bool(records) and records[-1]["at"] > since


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "unverified_email": gettext_lazy(
            "Confirmez d’abord votre adresse : connectez-vous une fois avec un code."
        ),
        "cannot_delete_authenticator": gettext_lazy(
            "Vos rôles demandent un second facteur. Ajoutez-en un autre avant de retirer celui-ci."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Les codes de secours viennent avec un second facteur. Ajoutez-en un d’abord."
        ),
    }

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_site_name(self) -> str:
        """What an application of codes, or a browser, calls this portal."""
        return NetworkSettings.for_request(allauth_context.request).name or "Maillage"

    def can_delete_authenticator(self, authenticator) -> bool:
        return can_remove_factor(authenticator.user, authenticator)

    def generate_authenticator_name(self, user, type) -> str:
        """« Clé d’accès 2 »: the person gives a better one."""
        number = user.authenticator_set.filter(type=type).count() + 1
        return _("Clé d’accès %(number)d") % {"number": number}
