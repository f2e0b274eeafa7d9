"""An invitation: who makes it, what its link does, and what it never does."""

import datetime as dt

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail, signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import ModelLogEntry

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
from tests.people import Role, make_organisation
from tests.welcome.conftest import ACCEPTS, letter_to, link_in

pytestmark = pytest.mark.django_db
ADDRESS = "ada@essai.example"


@pytest.fixture
def invitation(network, people, organisation) -> Invitation:
    """By the representative of organisation A."""
    found, _is_new = invite(
        actor=people[Role.REPRESENTATIVE],
        site=network.site,
        address=ADDRESS,
        organisation=organisation,
        function_fr="Accueil",
        word="À bientôt !",
    )
    return found


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
