"""Asking to join: the same answer for everybody, an address that is confirmed, one answer."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
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
from core.desk import waiting_for
from core.models import Audience
from tests.conftest import client_of
from tests.core.test_mail import texts
from tests.people import Role
from tests.welcome.conftest import (
    letter_to,
    link_in,
    make_request,
    organisation_form,
    person_form,
    stamp,
)

pytestmark = pytest.mark.django_db
ADDRESS = "ada@essai.example"
PERSON, ORGANISATION = "/rejoindre/personne/", "/rejoindre/organisme/"


@pytest.fixture
def charter(network, people) -> Charter:
    return publish_charter(
        actor=people[Role.COORDINATOR], site=network.site, text_fr="Nous coopérons."
    )


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=kind).values_list("user__email", flat=True))


def test_from_the_form_to_the_first_page_as_a_member(people, organisation, client, on_commit):
    with on_commit(execute=True):
        response = client.post(PERSON, person_form(organisation=organisation.pk))
    asked = Request.objects.get()
    receipt = client.get(response.url)
    page = receipt.content.decode()
    for words in (asked.reference, "Pour travailler ensemble.", ADDRESS, "datetime="):
        assert words in page
    assert asked.secret not in page
    assert '<meta name="robots" content="noindex">' in page
    assert "no-store" in receipt["Cache-Control"]
    assert told("welcome.request") == set()
    assert not any(asked.url == item.url for item in waiting_for(people[Role.COORDINATOR]))

    confirm = letter_to(ADDRESS)
    assert "Pour travailler ensemble." not in texts(confirm)[0]  # nobody writes through our mail
    follow = link_in(confirm, "/demandes/")
    assert client.get(follow).status_code == client.head(follow).status_code == 200
    assert Request.objects.get().state == "unconfirmed"
    with on_commit(execute=True):
        client.post(follow, {"confirm": "1"})
        client.post(follow, {"confirm": "1"})
    assert told("welcome.request") == {"coordinator@essai.example", "administrator@essai.example"}
    assert told("welcome.request_for_mine") == {"representative@essai.example"}
    copy = letter_to(ADDRESS)
    for text in texts(copy):
        assert asked.reference in text
        assert "Pour travailler ensemble." in text
    assert len([one for one in mail.outbox if one.to == [ADDRESS]]) == 2

    coordinator = client_of(people[Role.COORDINATOR])
    again = User.objects.get(pk=people[Role.COORDINATOR].pk)
    assert any(asked.url == item.url for item in waiting_for(again))
    answer = {"decision": "accept", "role": "worker", "organisation": organisation.pk}
    with on_commit(execute=True):
        assert coordinator.post(asked.url, answer | {"answer": "Bienvenue !"}).status_code == 302
    welcome = letter_to(ADDRESS)
    assert "Bienvenue !" in texts(welcome)[0]
    assert link_in(welcome, "/demandes/") == follow
    assert client.get(follow).status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.post(follow, {"enter": "1"}).url == "/mon-espace/"
    assert client.get("/mon-espace/").status_code == 200
    user = User.objects.get(email=ADDRESS)
    assert OrganisationMembership.objects.live().get(user=user).organisation == organisation
    # The link has opened its one door.
    other = client_of(None)
    assert other.post(follow, {"enter": "1"}).url.startswith("/compte/connexion/")
    assert "_auth_user_id" not in other.session


def test_the_answer_is_the_same_for_an_address_that_has_an_account(people, client, on_commit):
    pages, before = [], User.objects.count()
    for address in (ADDRESS, people[Role.MEMBER].email):
        now = dt.datetime(2026, 3, 2, 15, 0, tzinfo=dt.UTC)
        with time_machine.travel(now, tick=False), on_commit(execute=True):
            response = client.post(PERSON, person_form(email=address))
        asked = Request.objects.get(email=address)
        with time_machine.travel(now, tick=False):
            page = client.get(response.url).content.decode()
        for mine in (address, asked.reference, asked.receipt):
            page = page.replace(mine, "…")
        pages.append(page)
    assert pages[0] == pages[1]
    known = letter_to(people[Role.MEMBER].email)
    assert "vous avez déjà un compte" in known["Subject"]
    assert link_in(known, "/compte/connexion/")
    assert "/demandes/" not in texts(known)[0]
    assert User.objects.count() == before
    assert told("welcome.request") == set()


def test_sent_fifty_times_is_one_request(client, on_commit):
    data = person_form()
    with on_commit(execute=True):
        addresses = {client.post(PERSON, data).url for _time in range(50)}
    assert len(addresses) == Request.objects.count() == len(mail.outbox) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"courriel2": "a@b.example"},
        {"stamp": ""},
        {"accepts_rules": ""},
        {"email": "ada@essаi.example"},
        {"email": "ada@essai.example\nBcc: b@essai.example"},
        {"organisation_name": ""},
        {"organisation": "999999"},
        {"organisation": "\x00"},
        {"why": ""},
        {"why": "a" * 1001},
        {"function": "\u202e"},
        {"language": "de"},
    ],
)
def test_what_is_refused_is_given_back(network, client, changes):
    response = client.post(PERSON, person_form(**changes))
    assert response.status_code == 422
    assert "Exemple" in response.content.decode()
    assert not Request.objects.exists()


def test_an_organisation_that_not_everybody_sees_is_not_in_the_list(people, organisation, client):
    organisation.audience = Audience.objects.for_tokens({"member"})
    organisation.save()
    assert "Organisme A" not in client.get(PERSON).content.decode()
    assert client.post(PERSON, person_form(organisation=organisation.pk)).status_code == 422


def test_one_address_gets_few_mails_and_one_visitor_sends_few(network, client):
    statuses = [client.post(PERSON, person_form(why=f"Mot {n}")).status_code for n in range(4)]
    assert statuses == [302, 302, 302, 422]
    rest = [
        client.post(PERSON, person_form(email=f"a{n}@essai.example")).status_code for n in range(7)
    ]
    assert rest == [302] * 6 + [422]


def test_an_address_that_nobody_confirms_is_forgotten(network, client):
    client.post(PERSON, person_form())
    asked = Request.objects.get()
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1)):
        assert client.get(asked.receipt_url).status_code == 404
        assert client.post(asked.follow_url, {"confirm": "1"}).status_code == 404
        assert list(Request.objects.expired()) == [asked]
    asked.refresh_from_db()
    assert asked.state == "unconfirmed"


def test_what_was_answered_is_kept_for_a_year(network):
    kept = make_request(network.site, state="withdrawn", closed_at=timezone.now())
    assert not Request.objects.expired().exists()
    with time_machine.travel(timezone.now() + dt.timedelta(days=366)):
        assert list(Request.objects.expired()) == [kept]


def test_the_receipt_says_nothing_of_the_answer(people, network, client):
    asked = make_request(network.site)
    before = client.get(asked.receipt_url).content
    requests.accept_person(
        actor=people[Role.COORDINATOR], asked=asked, organisation=None, role="worker"
    )
    assert client.get(asked.receipt_url).content == before


def test_a_guessed_secret_is_nothing(network, client):
    asked = make_request(network.site)
    for path in ("/rejoindre/demandes/x/", f"/rejoindre/demandes/{asked.receipt}/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"withdraw": "1"}).status_code == 404
    assert client.get(f"/rejoindre/recu/{asked.secret}/").status_code == 404


def test_whoever_asked_takes_it_back_and_nobody_answers_any_more(people, network, client):
    asked = make_request(network.site)
    client.post(asked.follow_url, {"withdraw": "1"})
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    coordinator = client_of(people[Role.COORDINATOR])
    answer = coordinator.post(asked.url, {"decision": "accept", "role": "worker"})
    assert answer.status_code == 422
    assert not User.objects.filter(email=ADDRESS).exists()
    client.post(asked.follow_url, {"confirm": "1"})
    assert Request.objects.get().state == "withdrawn"


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
