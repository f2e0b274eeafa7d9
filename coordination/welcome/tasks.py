"""Mails of coming in, outside the request that asks for them."""

from coordination.welcome.services.mails import mail_invitation, mail_request
from core.jobs import job


@job
def send_invitation_mail(pk: int) -> None:
    """The mail that an invitation still asks for; nothing the second time."""
    mail_invitation(pk)


@job
def send_request_mail(pk: int) -> None:
    """The mail that a request still asks for; nothing the second time."""
    mail_request(pk)
