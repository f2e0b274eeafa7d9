"""One screen for invitations and requests."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from coordination.welcome.models import Invitation
from coordination.welcome.services.invitations import invite
from tests.conftest import client_of
from tests.people import Role, make_organisation
from tests.welcome.conftest import make_request

pytestmark = pytest.mark.django_db
MANAGE = "/rejoindre/gestion/"


@pytest.fixture
def crowd(network, people, organisation) -> None:
    """Something in each state, in two organisations."""
    other = make_organisation("organisme-b", "Organisme B")
    for place in (organisation, other):
        for state in ("waiting", "accepted", "withdrawn"):
            invitation, _new = invite(
                actor=people[Role.COORDINATOR],
                site=network.site,
                address=f"{state}.{place.slug}@essai.example",
                organisation=place,
            )
            closed = None if state == "waiting" else timezone.now()
            Invitation.objects.filter(pk=invitation.pk).update(state=state, closed_at=closed)
    for state in ("unconfirmed", "waiting", "accepted", "refused", "withdrawn"):
        make_request(
            network.site,
            state=state,
            email=f"{state}@essai.example",
            organisation=other,
            answer="Non." if state == "refused" else "",
            closed_at=None if state in {"unconfirmed", "waiting"} else timezone.now(),
        )


def shown(client, **query) -> list[str]:
    page = client.get(MANAGE, query).context["management"].page
    return sorted(str(getattr(line["row"], "address", "") or line["row"].email) for line in page)


def counts(client, **query) -> list[int]:
    return [tab["count"] for tab in client.get(MANAGE, query).context["management"].tabs]


def test_the_coordination_sees_everything_by_state(people, crowd):
    client = client_of(people[Role.COORDINATOR])
    assert counts(client) == [1, 2, 3, 4, 1]
    assert shown(client) == ["waiting@essai.example"]
    assert len(shown(client, etat="invitations")) == 2
    assert shown(client, etat="refusees") == [
        "refused@essai.example",
        "withdrawn.organisme-a@essai.example",
        "withdrawn.organisme-b@essai.example",
        "withdrawn@essai.example",
    ]
    assert shown(client, etat="n-importe-quoi") == shown(client)


def test_one_organisation_at_a_time(people, crowd):
    client = client_of(people[Role.COORDINATOR])
    assert counts(client, organisme="organisme-a") == [0, 1, 1, 1, 0]
    assert shown(client, etat="invitations", organisme="organisme-a") == [
        "waiting.organisme-a@essai.example"
    ]
    assert counts(client, organisme="inconnu") == counts(client)


def test_a_representative_sees_the_invitations_of_the_own_organisation(people, crowd):
    client = client_of(people[Role.REPRESENTATIVE])
    assert counts(client) == [1, 1, 1]
    everything = [shown(client, etat=state) for state in ("invitations", "acceptees", "a-traiter")]
    assert all("organisme-a" in address for page in everything for address in page)
    assert "Organisme B" not in client.get(MANAGE).content.decode()


def test_others_find_nothing_and_visitors_sign_in(people, crowd):
    for role in (Role.MEMBER, Role.PILOT, Role.MODERATOR, Role.EDITOR, Role.FORMER, Role.WAITING):
        assert client_of(people[role]).get(MANAGE).status_code == 404
    assert client_of(None).get(MANAGE).url == "/compte/connexion/?next=/rejoindre/gestion/"


def test_a_long_list_is_paged_at_the_same_cost(
    network, people, organisation, django_assert_max_num_queries
):
    for number in range(65):
        Invitation.objects.create(
            site=network.site,
            address=f"a{number}@essai.example",
            organisation=organisation,
            invited_by=people[Role.COORDINATOR],
        )
    client = client_of(people[Role.COORDINATOR])
    client.get(MANAGE)
    with django_assert_max_num_queries(25):
        page = client.get(MANAGE, {"etat": "invitations", "page": "3"})
    assert len(page.context["management"].page.object_list) == 5


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REPRESENTATIVE])
def test_the_ways_in_stand_where_people_look(people, organisation, role):
    client = client_of(people[role])
    team = client.get(f"/repertoire/{organisation.slug}/equipe/").content.decode()
    assert "/rejoindre/gestion/inviter/?organisme=organisme-a" in team
    form = client.get("/rejoindre/gestion/inviter/?organisme=organisme-a").context["form"]
    assert form["organisation"].value() == organisation.pk
    assert MANAGE in client.get("/mon-espace/").content.decode()


def test_the_first_page_of_the_admin_says_what_waits(people, crowd):
    cache.clear()
    page = client_of(people[Role.COORDINATOR]).get("/gestion/").content.decode()
    assert "Invitations et demandes" in page
    assert "demandes à traiter" in page


def test_a_plain_worker_has_no_way_in(people, organisation):
    member = User.objects.get(pk=people[Role.MEMBER].pk)
    assert MANAGE not in client_of(member).get("/mon-espace/").content.decode()
