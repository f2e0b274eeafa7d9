"""An invitation: who makes it, what its link does, and what it never does."""

import datetime as dt

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import signing
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import NetworkMembership, Notification, User
from coordination.directory.models import OrganisationMembership
from coordination.welcome import rules
from coordination.welcome.links import SALT, invitation_path
from coordination.welcome.models import Invitation
from coordination.welcome.services.admission import Newcomer
from coordination.welcome.services.invitations import (
    accept_invitation,
    invite,
    invite_again,
    withdraw_invitation,
)
from tests.conftest import client_of
from tests.core.test_mail import texts
from tests.people import Role
from tests.welcome.conftest import ACCEPTS, letter_to, link_in

pytestmark = pytest.mark.django_db
ADDRESS = "ada@essai.example"


def nothing_happened() -> bool:
    return (
        not User.objects.filter(email=ADDRESS).exists()
        and not Invitation.objects.filter(state="accepted").exists()
    )


def test_a_representative_invites_and_the_person_comes_in(
    network, people, organisation, client, on_commit
):
    inviter = client_of(people[Role.REPRESENTATIVE])
    data = {"address": f" {ADDRESS.upper()} ", "organisation": organisation.pk, "role": "worker"}
    with on_commit(execute=True):
        response = inviter.post(
            reverse("welcome:invite"), {**data, "language": "fr", "word": "À bientôt !"}
        )
    assert response.status_code == 302
    message = letter_to(ADDRESS)
    plain, html = texts(message)
    assert "À bientôt !" in plain
    assert "Organisme A" in html
    assert "Ce courriel est venu parce que" in plain
    link = link_in(message, "/invitation/")
    page = client.get(link).content.decode()
    assert "Organisme A" in page
    assert "/vie-privee/" in page
    response = client.post(link, ACCEPTS)
    assert (response.status_code, response.url) == (302, "/mon-espace/")
    assert client.get("/mon-espace/").status_code == 200
    user = User.objects.get(email=ADDRESS)
    assert (user.first_name, user.function_fr, user.has_usable_password()) == (
        "Ada",
        "Accueil",
        False,
    )
    assert EmailAddress.objects.get(user=user).verified
    assert NetworkMembership.objects.live().get(user=user).site == network.site
    place = OrganisationMembership.objects.live().get(user=user)
    assert (place.organisation, place.role) == (organisation, "worker")
    accepted = Invitation.objects.get()
    assert (accepted.state, accepted.rules) == ("accepted", rules.VERSION)
    told = Notification.objects.get(kind="welcome.accepted")
    assert told.user == people[Role.REPRESENTATIVE]


def test_looking_at_a_link_changes_nothing(client, invitation):
    for _time in range(3):
        assert client.get(invitation_path(invitation)).status_code == 200
        assert client.head(invitation_path(invitation)).status_code == 200
    assert nothing_happened()
    assert "_auth_user_id" not in client.session


def test_a_link_is_used_once(client, invitation):
    link = invitation_path(invitation)
    assert client.post(link, ACCEPTS).status_code == 302
    other = client_of(None)
    for answer in (other.get(link), other.post(link, ACCEPTS | {"first_name": "Eve"})):
        assert answer.status_code == 410
        assert "déjà été acceptée" in answer.content.decode()
    assert "_auth_user_id" not in other.session
    assert User.objects.get(email=ADDRESS).first_name == "Ada"


@pytest.mark.parametrize(
    "link",
    [
        lambda: "x",
        lambda: "MQ:1abc:xyz",
        lambda: signing.dumps(1, salt="another salt"),
        lambda: signing.dumps("1 or 1=1", salt=SALT + "x"),
        lambda: "\x00",
    ],
    ids=["a letter", "no signature", "another salt", "another word", "nothing"],
)
def test_a_forged_link_is_nothing(client, invitation, link):
    link = link()
    path = reverse("welcome:invitation", args=[link])
    assert client.get(path).status_code == 404
    assert client.post(path, ACCEPTS).status_code == 404
    assert nothing_happened()


def test_a_link_expires_after_thirty_days(client, invitation):
    link = invitation_path(invitation)
    with time_machine.travel(timezone.now() + dt.timedelta(days=29, hours=23)):
        assert client.get(link).status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(days=30, minutes=1)):
        assert client.get(link).status_code == 410
        assert client.post(link, ACCEPTS).status_code == 410
    assert nothing_happened()


def test_a_withdrawn_invitation_opens_nothing(client, people, invitation):
    link = invitation_path(invitation)
    withdraw_invitation(actor=people[Role.COORDINATOR], invitation=invitation)
    assert client.get(link).status_code == 410
    assert client.post(link, ACCEPTS).status_code == 410
    Invitation.objects.all().delete()
    assert client.post(link, ACCEPTS).status_code == 410
    assert nothing_happened()


def test_the_invitation_of_a_former_member_is_worth_nothing(client, people, invitation):
    link = invitation_path(invitation)
    NetworkMembership.objects.filter(user=people[Role.REPRESENTATIVE]).update(
        end=timezone.localdate()
    )
    assert client.get(link).status_code == 410
    assert client.post(link, ACCEPTS).status_code == 410
    assert nothing_happened()
    Invitation.objects.update(asked_at=timezone.now() - dt.timedelta(hours=2))
    invite_again(actor=people[Role.COORDINATOR], invitation=invitation)
    assert client.post(link, ACCEPTS).status_code == 302


def test_an_archived_organisation_lets_nobody_in(client, organisation, invitation):
    organisation.archived_at = timezone.now()
    organisation.save()
    assert client.post(invitation_path(invitation), ACCEPTS).status_code == 410
    assert nothing_happened()


def test_an_account_that_exists_gains_the_place_and_is_not_signed_in(
    network, people, organisation, client
):
    member = people[Role.MEMBER]
    invitation, _new = invite(
        actor=people[Role.COORDINATOR],
        site=network.site,
        address=member.email,
        organisation=organisation,
        role="representative",
    )
    link = invitation_path(invitation)
    page = client.get(link)
    assert "Vous avez déjà un compte" in page.content.decode()
    assert "first_name" not in page.context["form"].fields
    answer = client.post(link, {"accepts_rules": "on"})
    assert answer.url.startswith("/compte/connexion/")
    assert "_auth_user_id" not in client.session
    place = OrganisationMembership.objects.live().get(user=member)
    assert place.role == "representative"


def test_the_rules_are_accepted_or_nothing_happens(client, invitation):
    data = {name: value for name, value in ACCEPTS.items() if name != "accepts_rules"}
    answer = client.post(invitation_path(invitation), data)
    assert answer.status_code == 422
    assert "Ada" in answer.content.decode()
    assert nothing_happened()


def test_whoever_is_signed_in_as_somebody_else_signs_out_first(people, invitation):
    client = client_of(people[Role.MEMBER])
    page = client.get(invitation_path(invitation)).content.decode()
    assert "Cette invitation est pour une autre adresse" in page
    client.post(invitation_path(invitation), ACCEPTS)
    assert nothing_happened()


def test_an_account_that_was_closed_stays_closed(network, people, organisation, client):
    people[Role.MEMBER].is_active = False
    people[Role.MEMBER].save()
    invitation, _new = invite(
        actor=people[Role.COORDINATOR],
        site=network.site,
        address=people[Role.MEMBER].email,
        organisation=organisation,
    )
    assert client.get(invitation_path(invitation)).status_code == 410
    assert client.post(invitation_path(invitation), {"accepts_rules": "on"}).status_code == 410
    with pytest.raises(ValidationError):  # closed between the two
        accept_invitation(invitation=invitation, newcomer=Newcomer(people[Role.MEMBER].email))
    assert not OrganisationMembership.objects.filter(user=people[Role.MEMBER]).exists()


def test_who_waited_or_left_is_a_member_from_today(network, people, client):
    for role in (Role.WAITING, Role.FORMER):
        invitation, _new = invite(
            actor=people[Role.COORDINATOR], site=network.site, address=people[role].email
        )
        client.post(invitation_path(invitation), {"accepts_rules": "on"})
        live = NetworkMembership.objects.live().get(user=people[role])
        assert (live.start, live.office) == (timezone.localdate(), "none")
    assert NetworkMembership.objects.filter(user=people[Role.WAITING]).count() == 1
    assert NetworkMembership.objects.filter(user=people[Role.FORMER]).count() == 2
