"""A mail server that is down."""

from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    def send_messages(self, messages) -> int:
        raise ConnectionRefusedError("the mail server is down")
