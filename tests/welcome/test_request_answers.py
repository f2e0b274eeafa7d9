"""A request is answered, once, by those who oversee the network; charters."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import Site

from accounts.models import NetworkMembership, Notification, User
from accounts.notifications import tell
from coordination.directory.models import Adhesion, Organisation, OrganisationMembership
from coordination.welcome.models import Charter, Request
from coordination.welcome.services import requests
from coordination.welcome.services.charter import publish_charter
from coordination.welcome.services.invitations import invite
from tests.conftest import client_of
from tests.core.test_mail import texts
from tests.people import Role
from tests.welcome.conftest import (
    letter_to,
    make_request,
    organisation_form,
    stamp,
)

pytestmark = pytest.mark.django_db
ADDRESS = "ada@essai.example"
PERSON, ORGANISATION = "/rejoindre/personne/", "/rejoindre/organisme/"


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=kind).values_list("user__email", flat=True))


def test_a_refusal_needs_a_word_and_sends_it(people, network, on_commit):
    asked, client = make_request(network.site), client_of(people[Role.COORDINATOR])
    assert client.post(asked.url, {"decision": "refuse"}).status_code == 422
    with pytest.raises(ValidationError):
        requests.refuse_request(actor=people[Role.COORDINATOR], asked=asked, answer="  ")
    with on_commit(execute=True):
        client.post(asked.url, {"decision": "refuse", "answer": "Pas ouvert à la vente."})
    message = letter_to(ADDRESS)
    assert "Pas ouvert à la vente." in texts(message)[0]
    assert "Pas ouvert à la vente." in client_of(None).get(asked.follow_url).content.decode()
    assert not User.objects.filter(email=ADDRESS).exists()


def test_only_those_who_oversee_the_network_answer(people, network):
    asked = make_request(network.site)
    for role, user in people.items():
        if role in {Role.COORDINATOR, Role.ADMINISTRATOR, Role.VISITOR}:
            continue
        assert client_of(user).get(asked.url).status_code == 404
        assert client_of(user).post(asked.url, {"decision": "accept"}).status_code == 404
        with pytest.raises(PermissionDenied):
            requests.accept_person(actor=user, asked=asked, organisation=None, role="worker")
    assert Request.objects.waiting().exists()


def test_whoever_oversees_another_network_decides_nothing_in_this_one(people, network):
    elsewhere = Site.objects.create(hostname="ailleurs", root_page=network.site.root_page)
    stranger = User.objects.create_user("coordination@ailleurs.example", "x")
    NetworkMembership.objects.create(
        user=stranger, site=elsewhere, office="coordinator", start=timezone.localdate()
    )
    asked = make_request(network.site)
    assert client_of(stranger).get(asked.url).status_code == 404
    for decide in (
        lambda: requests.refuse_request(actor=stranger, asked=asked, answer="Non."),
        lambda: publish_charter(actor=stranger, site=network.site, text_fr="Trois."),
        lambda: invite(actor=stranger, site=network.site, address="b@essai.example"),
    ):
        with pytest.raises(PermissionDenied):
            decide()


def test_what_nobody_confirmed_is_not_answered(people, network):
    asked = make_request(network.site, state="unconfirmed", confirmed_at=None)
    client = client_of(people[Role.COORDINATOR])
    for answer in ({"decision": "accept", "role": "worker"}, {"decision": "refuse", "answer": "N"}):
        assert client.post(asked.url, answer).status_code == 422
    assert not User.objects.filter(email=ADDRESS).exists()
    assert Request.objects.get().state == "unconfirmed"


def test_two_answers_are_one(people, network, organisation):
    asked = make_request(network.site)
    words = {"asked": asked, "organisation": organisation, "role": "worker"}
    requests.accept_person(actor=people[Role.COORDINATOR], **words)
    with pytest.raises(ValidationError):
        requests.accept_person(actor=people[Role.ADMINISTRATOR], **words)
    with pytest.raises(ValidationError):
        requests.refuse_request(actor=people[Role.ADMINISTRATOR], asked=asked, answer="Non.")
    assert NetworkMembership.objects.filter(user__email=ADDRESS).count() == 1
    with pytest.raises(ValidationError):
        requests.withdraw_request(asked=asked)
    assert Request.objects.get().state == "accepted"
    entries = [requests.enter(asked=asked) for _time in range(2)]  # before anybody signed in
    assert entries == [User.objects.get(email=ADDRESS), None]


def test_an_archived_organisation_takes_nobody_in(people, network, organisation):
    asked = make_request(network.site)
    Organisation.objects.update(archived_at=timezone.now())
    with pytest.raises(ValidationError):
        requests.accept_person(
            actor=people[Role.COORDINATOR], asked=asked, organisation=organisation, role="worker"
        )
    assert not User.objects.filter(email=ADDRESS).exists()


def test_an_account_that_exists_is_not_opened_by_the_link(people, network, client):
    waiting = people[Role.WAITING]
    asked = make_request(network.site, email=waiting.email)
    requests.accept_person(
        actor=people[Role.COORDINATOR], asked=asked, organisation=None, role="worker"
    )
    assert NetworkMembership.objects.live().filter(user=waiting).exists()
    assert client.post(asked.follow_url, {"enter": "1"}).url.startswith("/compte/connexion/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("later", [{"days": 31}, {"days": 0}])
def test_the_link_of_a_request_opens_no_account_that_is_old_or_was_used(
    people, network, client, later
):
    asked = make_request(network.site)
    requests.accept_person(
        actor=people[Role.COORDINATOR], asked=asked, organisation=None, role="worker"
    )
    if not later["days"]:
        User.objects.filter(email=ADDRESS).update(last_login=timezone.now())
    with time_machine.travel(timezone.now() + dt.timedelta(**later)):
        client.post(asked.follow_url, {"enter": "1"})
    assert "_auth_user_id" not in client.session


def test_an_organisation_joins_with_its_record_its_charter_and_its_representative(
    people, network, charter, client, on_commit
):
    data = organisation_form(accepts_charter="on", charter_number="1")
    with on_commit(execute=True):
        client.post(ORGANISATION, data)
        asked = Request.objects.get()
        client.post(asked.follow_url, {"confirm": "1"})
    assert asked.charter == charter
    coordinator = client_of(people[Role.COORDINATOR])
    answer = {"decision": "accept", "record": "new", "status": "effective"}
    with on_commit(execute=True):
        assert coordinator.post(asked.url, answer).status_code == 302
    record = Organisation.objects.get(name="Le Jardin d’Exemple")
    assert (record.kind, record.phone, record.summary_fr) == (
        "neighbourhood",
        "02 123 45 67",
        "Un potager.",
    )
    assert record.email == ""  # the person's own address is nobody else's
    adhesion = Adhesion.objects.get(organisation=record)
    assert (adhesion.status, adhesion.charter_version) == ("effective", "1")
    assert adhesion.charter_accepted_on == adhesion.start == timezone.localdate()
    place = OrganisationMembership.objects.live().get(organisation=record)
    assert (place.user.email, place.role) == (ADDRESS, "representative")
    assert "Le Jardin d’Exemple" in texts(letter_to(ADDRESS))[0]


def test_a_record_that_looks_like_it_is_shown_first_and_may_be_the_one(
    people, network, organisation
):
    asked = make_request(
        network.site, kind="organisation", organisation_name="Organisme A", status="adherent"
    )
    client = client_of(people[Role.COORDINATOR])
    page = client.get(asked.url)
    assert page.context["form"].alike == [organisation]
    answer = {"decision": "accept", "status": "adherent"}
    assert client.post(asked.url, answer).status_code == 422
    assert client.post(asked.url, answer | {"record": "new"}).status_code == 422  # the same name
    assert client.post(asked.url, answer | {"record": str(organisation.pk)}).status_code == 302
    assert Organisation.objects.count() == 1
    assert Adhesion.objects.get().organisation == organisation


def test_a_new_standing_ends_the_old_one(people, network, organisation):
    for number, status in enumerate(("guest", "guest", "effective")):
        asked = make_request(
            network.site,
            kind="organisation",
            organisation_name="Organisme A",
            once=f"demande {number}",
        )
        requests.accept_organisation(
            actor=people[Role.COORDINATOR], asked=asked, organisation=organisation, status=status
        )
    assert [one.status for one in Adhesion.objects.live()] == ["effective"]
    assert Adhesion.objects.count() == 2


def test_a_charter_that_changed_meanwhile_is_read_again(people, network, charter, client):
    data = organisation_form(accepts_charter="on", charter_number="1")
    assert client.post(ORGANISATION, data | {"accepts_charter": ""}).status_code == 422
    publish_charter(
        actor=people[Role.COORDINATOR], site=network.site, text_fr="Nous coopérons mieux."
    )
    response = client.post(ORGANISATION, data)
    assert response.status_code == 422
    page = response.content.decode()
    assert "La charte a changé entretemps." in page
    assert "Nous coopérons mieux." in page
    again = data | {"charter_number": "2", "stamp": stamp(seconds=10)}
    assert client.post(ORGANISATION, again).status_code == 302
    assert Request.objects.get().charter.number == 2


def test_a_charter_is_published_by_those_who_oversee_and_never_changes(people, network, client):
    url = "/rejoindre/gestion/charte/"
    assert client.get("/rejoindre/charte/").status_code == 404
    coordinator = client_of(people[Role.COORDINATOR])
    for text in ("Un.", "Un.", "Deux."):
        assert coordinator.post(url, {"text_fr": text, "text_nl": ""}).status_code == 302
    assert [one.text_fr for one in Charter.objects.order_by("number")] == ["Un.", "Deux."]
    assert "Deux." in client.get("/rejoindre/charte/").content.decode()
    assert client_of(people[Role.REPRESENTATIVE]).get(url).status_code == 404
    with pytest.raises(PermissionDenied):
        publish_charter(actor=people[Role.REPRESENTATIVE], site=network.site, text_fr="Trois.")


def test_nothing_of_what_is_settled_is_told(people, network, organisation):
    asked = make_request(network.site, state="unconfirmed", organisation=organisation)
    requests.confirm_request(asked=asked)
    rows = list(Notification.objects.filter(kind="welcome.request_for_mine"))
    representative = User.objects.get(pk=people[Role.REPRESENTATIVE].pk)
    ((_row, words),) = tell(representative, rows)
    assert "Exemple" not in words.title + words.detail  # the function, not the name
    assert "Accueil" in words.detail
    assert tell(User.objects.get(pk=people[Role.MEMBER].pk), rows) == []
    requests.withdraw_request(asked=asked)
    assert tell(representative, rows) == []
    assert not Notification.objects.filter(read_at=None).exists()
