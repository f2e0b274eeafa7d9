"""The mails of coming in, parsed back: two parts, one language, why they came, no header more."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import NetworkMembership
from coordination.directory.models import Organisation
from coordination.welcome.enums import InvitationMail, RequestMail
from coordination.welcome.models import Invitation, Request
from coordination.welcome.services.charter import publish_charter
from coordination.welcome.services.mails import mail_invitation, mail_request
from tests.core.test_mail import LINK, parsed, shown_links, texts
from tests.people import Role
from tests.welcome.conftest import make_request

pytestmark = pytest.mark.django_db
HOSTILE = "Ada\r\nBcc: victime@essai.example\u202e<b>"
ADDRESS = "ada@essai.example"


@pytest.fixture
def invitation(network, people, organisation) -> Invitation:
    people[Role.REPRESENTATIVE].function_fr = HOSTILE
    people[Role.REPRESENTATIVE].save()
    Organisation.objects.filter(pk=organisation.pk).update(name=f"Organisme {HOSTILE}")
    return Invitation.objects.create(
        site=network.site,
        address=ADDRESS,
        organisation=organisation,
        invited_by=people[Role.REPRESENTATIVE],
        word=f"Un mot {HOSTILE}",
    )


def the_letter() -> tuple:
    (letter,) = mail.outbox
    message = parsed(letter)
    plain, html = texts(message)
    assert shown_links(html) == set(LINK.findall(plain))
    assert message["Bcc"] is None
    assert message["To"] == ADDRESS
    assert "<b>" not in html
    return message, plain, html


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("kind", [InvitationMail.INVITATION, InvitationMail.REMINDER])
def test_an_invitation_names_the_function_and_the_organisation(invitation, kind, language):
    Invitation.objects.update(mail=kind, language=language)
    mail_invitation(invitation.pk)
    message, plain, html = the_letter()
    assert f'<html lang="{language}"' in html
    assert message["Subject"]
    for text in (plain, html):
        assert "Organisme" in text
        assert "Un mot Ada" in text
    assert Invitation.objects.get().mail == ""
    mail_invitation(invitation.pk)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (RequestMail.CONFIRM, "unconfirmed"),
        (RequestMail.RECEIPT, "waiting"),
        (RequestMail.ACCEPTED, "accepted"),
        (RequestMail.REFUSED, "refused"),
    ],
)
def test_the_mails_of_a_request_carry_its_reference(network, people, kind, state, language):
    charter = publish_charter(
        actor=people[Role.COORDINATOR], site=network.site, text_fr="Nous coopérons."
    )
    asked = make_request(
        network.site,
        kind="organisation",
        state=state,
        mail=kind,
        language=language,
        charter=charter,
        first_name=HOSTILE,
        organisation_name=f"Le Jardin {HOSTILE}",
        summary="Un potager.",
        answer="Notre réponse.",
        made_account=True,
        closed_at=timezone.now() if state in {"accepted", "refused"} else None,
    )
    mail_request(asked.pk)
    message, plain, html = the_letter()
    assert f'<html lang="{language}"' in html
    assert asked.reference in message["Subject"]
    assert asked.reference in plain  # why it came
    assert ("Un potager." in plain) == (kind == RequestMail.RECEIPT)
    assert ("Un potager." in html) == (kind == RequestMail.RECEIPT)
    assert ("Le Jardin" in plain) == (kind == RequestMail.RECEIPT)
    assert ("Notre réponse." in plain) == (state in {"accepted", "refused"})
    assert (asked.secret in plain) == (state != "refused")
    assert Request.objects.get().mail == ""
    mail_request(asked.pk)
    assert len(mail.outbox) == 1


def test_nothing_leaves_in_the_name_of_whoever_may_no_longer_invite(people, invitation):
    NetworkMembership.objects.filter(user=people[Role.REPRESENTATIVE]).update(
        end=timezone.localdate()
    )
    mail_invitation(invitation.pk)
    assert not mail.outbox


def test_what_somebody_is_sending_is_not_sent_twice(network):
    asked = make_request(network.site, state="unconfirmed", mail=RequestMail.CONFIRM)
    Request.objects.update(mail_claimed_at=timezone.now())
    mail_request(asked.pk)
    assert not mail.outbox
    Request.objects.update(mail_claimed_at=timezone.now() - dt.timedelta(minutes=11))
    mail_request(asked.pk)
    assert len(mail.outbox) == 1
