from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.urls import reverse
from django.utils.translation import get_language

from core.mail import compose
from core.models import NetworkSettings


class AccountAdapter(DefaultAccountAdapter):
    """allauth for a network that knows its people: nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The home page, in the language of the page somebody leaves from."""
        return reverse("wagtail_serve", args=[""])

    def render_mail(self, template_prefix: str, email, context: dict, headers=None) -> EmailMessage:
        """In our look, in the language of the page somebody is on. A mail that a new allauth
        brings goes out in its own words rather than not at all."""
        forgotten = self.request.build_absolute_uri(reverse("account_reset_password"))
        try:
            return compose(
                template_prefix,
                to=[email] if isinstance(email, str) else email,
                context={**context, "forgotten_url": forgotten},
                language=get_language() or "fr",
                network=NetworkSettings.for_request(self.request),
            )
        except TemplateDoesNotExist:
            return super().render_mail(template_prefix, email, context, headers)

    def is_safe_url(self, url: str) -> bool:
        try:
            return super().is_safe_url(url)
        except ValueError:  # « https://[::1 » is no address at all
            return False
