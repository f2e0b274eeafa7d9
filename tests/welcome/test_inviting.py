"""Who invites whom, how often, and in which words."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from accounts.models import NetworkMembership, User
from coordination.directory.models import OrganisationMembership
from coordination.welcome.links import invitation_path
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
from tests.people import Role, make_organisation
from tests.welcome.conftest import ACCEPTS, letter_to, link_in

pytestmark = pytest.mark.django_db
ADDRESS = "ada@essai.example"


MAY_INVITE_FOR_A = {Role.REPRESENTATIVE, Role.COORDINATOR, Role.ADMINISTRATOR}


def test_who_may_invite_for_which_organisation(network, people, organisation):
    other = make_organisation("organisme-b", "Organisme B")
    overseers = {Role.COORDINATOR, Role.ADMINISTRATOR}
    for role, user in people.items():
        if user is None:
            continue
        for place, allowed in (
            (organisation, MAY_INVITE_FOR_A),
            (other, overseers),
            (None, overseers),
        ):
            words = {"site": network.site, "organisation": place}
            address = f"{role}.{place.pk if place else 0}@essai.example"
            if role in allowed:
                assert invite(actor=user, address=address, **words)[1]
            else:
                with pytest.raises(PermissionDenied):
                    invite(actor=user, address=address, **words)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada@Essai.Example", ADDRESS),
        ("ａda@essai.example", ADDRESS),  # full width
        ("a\u200bda@essai.example\u202e", ADDRESS),
        ("\u202eada@essai.example", ADDRESS),
        ("ada@essai.example\r\nBcc: b@essai.example", None),
        ("ada@essаi.example", None),  # a Cyrillic letter
        ("ada@essaı.example", None),  # a Turkish one
        ("ada", None),
        ("", None),
        (longest := f"{'a' * 64}@{'b' * 59}.{'c' * 60}.{'d' * 60}.example", longest),
        (f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example", None),
    ],
)
def test_an_address_has_one_spelling_or_is_refused(network, people, typed, kept):
    words = {"actor": people[Role.COORDINATOR], "site": network.site}
    if kept is None:
        with pytest.raises(ValidationError):
            invite(address=typed, **words)
    else:
        assert invite(address=typed, **words)[0].address == kept


def test_a_right_to_left_name_is_kept_as_it_is(client, invitation):
    names = {"first_name": "\u202eעדה\u202c", "last_name": "نور"}
    client.post(invitation_path(invitation), ACCEPTS | names)
    user = User.objects.get(email=ADDRESS)
    assert (user.first_name, user.last_name) == ("עדה", "نور")


def test_a_second_invitation_is_the_first_one(network, people, organisation, on_commit):
    client = client_of(people[Role.REPRESENTATIVE])
    data = {"address": ADDRESS, "organisation": organisation.pk, "role": "worker"}
    with on_commit(execute=True):
        for _time in range(3):
            client.post(reverse("welcome:invite"), data | {"language": "fr"})
    assert Invitation.objects.count() == len(mail.outbox) == 1


def test_whoever_is_there_already_is_not_invited(network, people, organisation):
    with pytest.raises(ValidationError):
        invite(
            actor=people[Role.REPRESENTATIVE],
            site=network.site,
            address=people[Role.REPRESENTATIVE].email,
            organisation=organisation,
        )
    with pytest.raises(ValidationError):
        invite(
            actor=people[Role.COORDINATOR],
            site=network.site,
            address=people[Role.MEMBER].email,
        )


def test_sending_again_waits_an_hour_and_counts_anew(people, invitation, on_commit):
    client, url = client_of(people[Role.REPRESENTATIVE]), invitation.url
    with on_commit(execute=True):
        client.post(url, {"again": "1"})
    assert not [letter for letter in mail.outbox if letter.to == [ADDRESS]]
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        Invitation.objects.update(reminded_at=timezone.now())
        with on_commit(execute=True):
            for _time in range(3):
                client_of(people[Role.REPRESENTATIVE]).post(url, {"again": "1"})
        assert len([letter for letter in mail.outbox if letter.to == [ADDRESS]]) == 1
        invitation.refresh_from_db()
        assert invitation.reminded_at is None
        assert invitation.asked_at.date() == timezone.now().date()


def test_one_person_invites_so_many_times_an_hour_in_whatever_way(people, invitation, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"invite": "2/h/user"}
    client = client_of(people[Role.REPRESENTATIVE])
    one, many = reverse("welcome:invite"), reverse("welcome:invite_many")
    words = {"organisation": invitation.organisation_id, "role": "worker", "language": "fr"}
    for expected in (302, 302, 422):
        data = words | {"address": f"b{Invitation.objects.count()}@essai.example"}
        assert client.post(one, data).status_code == expected
    data = words | {"lines": "c@essai.example", "invite": "1", "line": "1"}
    assert client.post(many, data).status_code == 422
    then = timezone.now() - dt.timedelta(hours=2)
    Invitation.objects.update(asked_at=then)
    client.post(invitation.url, {"again": "1"})
    assert set(Invitation.objects.values_list("asked_at", flat=True)) == {then}
    assert Invitation.objects.count() == 3


@pytest.mark.parametrize("ended", ["accepted", "withdrawn"])
def test_what_is_over_is_neither_sent_again_nor_taken_back(people, invitation, ended):
    if ended == "accepted":
        accept_invitation(invitation=invitation, newcomer=Newcomer(ADDRESS, "Ada"))
    else:
        withdraw_invitation(actor=people[Role.COORDINATOR], invitation=invitation)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
        for change in (invite_again, withdraw_invitation):
            with pytest.raises(ValidationError):
                change(actor=people[Role.COORDINATOR], invitation=invitation)
    assert (Invitation.objects.get().state, Invitation.objects.get().mail) == (ended, "")


def test_only_its_own_people_change_an_invitation(people, invitation):
    other = make_organisation("organisme-b", "Organisme B")
    stranger = User.objects.create_user("autre.representant@essai.example", "x")
    NetworkMembership.objects.create(
        user=stranger, site=invitation.site, start=timezone.localdate()
    )
    OrganisationMembership.objects.create(
        user=stranger, organisation=other, role="representative", start=timezone.localdate()
    )
    for user in (stranger, people[Role.MEMBER], people[Role.MODERATOR], people[Role.FORMER]):
        assert client_of(user).get(invitation.url).status_code == 404
        assert client_of(user).post(invitation.url, {"withdraw": "1"}).status_code == 404
    with pytest.raises(PermissionDenied):
        withdraw_invitation(actor=stranger, invitation=invitation)
    assert Invitation.objects.waiting().exists()
    answer = client_of(None).get(invitation.url)
    assert answer.url.startswith("/compte/connexion/?next=")


def test_accepting_twice_in_the_service_makes_one(invitation):
    other = "autre@essai.example"  # the address is the invitation's, whatever somebody says
    accept_invitation(invitation=invitation, newcomer=Newcomer(other, "Ada"))
    with pytest.raises(ValidationError):
        accept_invitation(invitation=invitation, newcomer=Newcomer(other, "Eve"))
    assert NetworkMembership.objects.filter(user__email=ADDRESS).count() == 1
    assert not User.objects.filter(email=other).exists()


def test_the_mail_speaks_the_language_of_the_invitation(network, people, on_commit):
    with override("fr"), on_commit(execute=True):
        invite(
            actor=people[Role.COORDINATOR],
            site=network.site,
            address=ADDRESS,
            language="nl",
        )
    message = letter_to(ADDRESS)
    _plain, html = texts(message)
    assert '<html lang="nl"' in html
    assert "/nl/" in link_in(message, "/nl/")


def test_the_journal_keeps_no_address(people, invitation):
    withdraw_invitation(actor=people[Role.COORDINATOR], invitation=invitation)
    entries = list(ModelLogEntry.objects.filter(action__startswith="welcome."))
    assert len(entries) == 2
    for entry in entries:
        assert ADDRESS not in f"{entry.label} {entry.data}"
