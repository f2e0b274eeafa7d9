"""Coming in: a code by mail first, a password or a passkey beside it; one's address.

The steps are allauth's; here is what our screens add to them.
"""

import datetime as dt
import time

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.forms.sign_in import LoginForm, RequestLoginCodeForm
from accounts.guessing import note_wrong_try


class LoginView(allauth_views.LoginView):
    """One screen for the address, with a code first. Its second button sends the address here and
    gets the screen of the password."""

    def get_template_names(self) -> list[str]:
        by_code = self.request.method != "POST"
        return ["account/request_login_code.html" if by_code else "account/login.html"]

    def get_form(self, form_class=None):
        if self.request.method != "POST":
            return RequestLoginCodeForm()
        return super().get_form(form_class)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if "password" in request.POST:
            return super().post(request, *args, **kwargs)
        ticked = {name: name in request.POST for name in ("remember", "shared")}
        form = LoginForm(initial={"login": request.POST.get("email", ""), **ticked})
        return self.render_to_response(self.get_context_data(form=form))


class RequestLoginCodeView(allauth_views.RequestLoginCodeView):
    def form_valid(self, form) -> HttpResponse:
        form.keep_choice(self.request)
        return super().form_valid(form)


class PasskeyLoginView(LoginWebAuthnView):
    def form_valid(self, form) -> HttpResponse:
        form.keep_choice(self.request)
        return super().form_valid(form)


class CodeScreenMixin:
    """A screen that waits for a code: until when it is valid, how many tries are left."""

    def get_context_data(self, **kwargs) -> dict:
        process = self._process
        until = dt.datetime.fromtimestamp(process.state["at"] + process.timeout, dt.UTC)
        return super().get_context_data(**kwargs) | {
            "until": timezone.localtime(until),
            "tries_left": process.max_attempts - process.state["failed_attempts"],
        }


class ConfirmLoginCodeView(CodeScreenMixin, allauth_views.ConfirmLoginCodeView):
    def form_invalid(self, form) -> HttpResponse:
        """Wrong codes are counted per address too: a new code does not give new tries for ever."""
        if self._action == "verify":
            email = self._process.state["email"]
            ratelimit.consume(self.request, action="login_code_failed", key=email)
            note_wrong_try(self.request, email)
        return super().form_invalid(form)

    def _resend_form_valid(self, form) -> HttpResponse:
        """Another code is as much as a first one, and is valid as long."""
        process, email = self._process, self._process.state["email"]
        adapter = get_adapter(self.request)
        if not ratelimit.consume(self.request, action="request_login_code", key=email):
            messages.error(self.request, adapter.error_messages["rate_limited"])
            return redirect(self.request.get_full_path())
        if process.user is None:  # allauth does less for an address without an account
            adapter.send_mail("account/email/unknown_account", email, {})
        process.state["at"] = time.time()
        return super()._resend_form_valid(form)


class ConfirmAddressView(CodeScreenMixin, allauth_views.ConfirmEmailVerificationCodeView):
    """The code that proves an address: the account's own at the first sign-in by password, a new
    one before it takes the old one's place."""

    def form_invalid(self, form) -> HttpResponse:
        if self.stage:  # signing in: otherwise the address is not an account's
            note_wrong_try(self.request, self._process.email)
        return super().form_invalid(form)


@method_decorator(never_cache, name="dispatch")
class AddressView(allauth_views.EmailView):
    """One's address: the new one is proved by a code before anything changes."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """allauth's form has other buttons; this one asks for the change alone."""
        return super(allauth_views.EmailView, self).post(request, *args, **kwargs)


@method_decorator(never_cache, name="dispatch")
@method_decorator(login_required, name="dispatch")
@method_decorator(reauthentication_required(app="allauth.account"), name="dispatch")
class SetPasswordView(allauth_views.PasswordSetView):
    """A first password, for whoever came in by a code until now. Who it is is asked before the
    form: what is sent would else wait in the session."""


login = LoginView.as_view()
request_login_code = RequestLoginCodeView.as_view()
confirm_login_code = ConfirmLoginCodeView.as_view()
passkey_login = PasskeyLoginView.as_view()
confirm_address = never_cache(ConfirmAddressView.as_view())
address = AddressView.as_view()
set_password = SetPasswordView.as_view()
