"""« Sécurité » : what opens one's account, and the devices it is open on."""

import base64
import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.recovery_codes.internal.flows import view_recovery_codes
from allauth.mfa.webauthn import views as webauthn_views
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.adapter import FactorAdapter
from accounts.devices import as_number, devices_of
from accounts.forms.sign_in import ConfirmLoginCodeForm
from accounts.second_factor import can_remove_factor, is_due, second_factor_day
from core.ratelimit import is_too_often


@never_cache
@login_required
@require_http_methods(["GET", "HEAD"])
def security(request: HttpRequest) -> HttpResponse:
    """All that opens my account, on one page."""
    held = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    codes = [one for one in held if one.type == Authenticator.Type.RECOVERY_CODES]
    context = {
        "application": next((one for one in held if one.type == Authenticator.Type.TOTP), None),
        "passkeys": [one for one in held if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else None,
        "day": second_factor_day(request.user),
        "is_due": is_due(request.user),
    }
    return render(request, "mfa/index.html", context)


class AddPasskeyView(webauthn_views.AddWebAuthnView):
    def get_context_data(self, **kwargs) -> dict:
        """The device is asked for a passkey that says by itself whose it is."""
        options = begin_registration(self.request.user, passwordless=True)
        return super(webauthn_views.AddWebAuthnView, self).get_context_data(**kwargs) | {
            "js_data": {"creation_options": options}
        }


class RemovePasskeyView(webauthn_views.RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form) -> HttpResponse:
        if not can_remove_factor(self.request.user, self.object):
            messages.error(
                self.request, FactorAdapter.error_messages["cannot_delete_authenticator"]
            )
            return redirect("mfa_index")
        return super().form_valid(form)


class RecoveryCodesView(recovery_views.ViewRecoveryCodesView):
    """The codes are shown once, by a button: opening the page shows none."""

    def get_context_data(self, **kwargs) -> dict:
        held = Authenticator.objects.filter(
            user=self.request.user, type=Authenticator.Type.RECOVERY_CODES
        ).first()
        if held is None:
            raise Http404
        return {"view": self, "did_view": held.wrap().did_view, **kwargs}

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        held, can_view = view_recovery_codes(request)
        codes = held.get_unused_codes() if held and can_view else []
        text = "\n".join([_("Codes de secours"), request.get_host(), "", *codes, ""])
        file = base64.b64encode(text.encode()).decode()
        return self.render_to_response(self.get_context_data(codes=codes, file=file))


class ReauthenticateByCodeView(BaseReauthenticateView):
    """« C’est bien vous ? » by a code sent to the account's address; a button sends it."""

    form_class = ConfirmLoginCodeForm
    template_name = "account/reauthenticate_by_code.html"
    KEY = "accounts.reauthentication"  # in the session: the code, when it was sent, tries

    @property
    def sent(self) -> dict | None:
        state = self.request.session.get(self.KEY)
        fresh = state and time.time() - state["at"] < app_settings.LOGIN_BY_CODE_TIMEOUT
        return state if fresh and state["tries"] < app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS else None

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if "send" in request.POST:
            self.send()
        if "send" in request.POST or not self.sent:
            return HttpResponseRedirect(request.get_full_path())
        return super().post(request, *args, **kwargs)

    def send(self) -> None:
        user, adapter = self.request.user, get_adapter(self.request)
        if is_too_often(self.request, "request_login_code", key=user.email):
            messages.error(self.request, adapter.error_messages["rate_limited"])
            return
        code = adapter.generate_login_code()
        self.request.session[self.KEY] = {"code": code, "at": time.time(), "tries": 0}
        adapter.send_mail("account/email/login_code", user.email, {"code": code, "user": user})

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"code": (self.sent or {}).get("code", "")}

    def form_valid(self, form) -> HttpResponse:
        del self.request.session[self.KEY]
        user = self.request.user
        record_authentication(self.request, user, method="code", reauthenticated=True)
        return super().form_valid(form)

    def form_invalid(self, form) -> HttpResponse:
        state = self.sent
        self.request.session[self.KEY] = {**state, "tries": state["tries"] + 1}
        return super().form_invalid(form)

    def get_context_data(self, **kwargs) -> dict:
        tries = self.sent["tries"] if self.sent else app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS
        return super().get_context_data(**kwargs) | {
            "is_sent": self.sent is not None,
            "tries_left": app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS - tries,
        }


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """Where my account is open, each with a button that closes it, and one for all the others."""
    mine = UserSession.objects.filter(user=request.user)
    if request.method == "POST":
        chosen = mine.exclude(session_key=request.session.session_key)
        if "others" not in request.POST:
            chosen = mine.filter(pk=as_number(request.POST.get("device")))
        number = chosen.count()
        end_sessions(request, list(chosen))
        if number and request.user.is_authenticated:
            messages.success(
                request,
                ngettext(
                    "Votre compte est fermé sur %(n)d appareil.",
                    "Votre compte est fermé sur %(n)d appareils.",
                    number,
                )
                % {"n": number},
            )
        return redirect("usersessions_list")
    return render(request, "usersessions/list.html", {"devices": devices_of(request)})


add_passkey = never_cache(AddPasskeyView.as_view())
remove_passkey = never_cache(RemovePasskeyView.as_view())
rename_passkey = never_cache(
    webauthn_views.EditWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))
)
recovery_codes = never_cache(login_required(RecoveryCodesView.as_view()))
reauthenticate_by_code = never_cache(login_required(ReauthenticateByCodeView.as_view()))
