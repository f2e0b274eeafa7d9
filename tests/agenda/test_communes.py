"""The commune of an address that was typed: what a list of one commune holds."""

import pytest
from django.urls import reverse

from agenda.communes import commune_of
from agenda.completeness import completeness_of
from agenda.models import Event, Proposal
from agenda.selectors.event import EventPage
from coordination.directory.models import Place, Territory
from core.models import Audience
from tests.agenda.making import make_event, timing
from tests.agenda.posting import ONE_DATE, accept, propose_url, typed
from tests.conftest import client_of
from tests.people import Role

pytestmark = pytest.mark.django_db
ADDRESS = "Rue Malibran 40, 1050 Ixelles"


@pytest.fixture
def communes(network) -> dict[str, Territory]:
    """Some communes as the directory has them, one postcode among their other names."""
    region = Territory.add_root(slug="region", name_fr="Région", level="region")
    made = {
        slug: region.add_child(slug=slug, name_fr=french, name_nl=dutch, level="commune")
        for slug, french, dutch in [
            ("bruxelles", "Bruxelles", "Brussel"),
            ("forest", "Forest", "Vorst"),
            ("ixelles", "Ixelles", "Elsene"),
            ("molenbeek", "Molenbeek-Saint-Jean", "Sint-Jans-Molenbeek"),
            ("schaerbeek", "Schaerbeek", "Schaarbeek"),
            ("uccle", "Uccle", "Ukkel"),
        ]
    }
    Territory.objects.filter(slug="schaerbeek").update(aliases="Cité des ânes\n1030")
    quarter = made["ixelles"].add_child(slug="matonge", name_fr="Matonge", level="neighbourhood")
    for number, territory in enumerate([quarter, made["ixelles"], made["bruxelles"]]):
        Place.objects.create(
            slug=f"l{number}", name_fr=f"Lieu {number}", postcode="1050", territory=territory
        )
    return made


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        (ADDRESS, "ixelles"),
        ("Malibranstraat 40, 1050 Elsene", "ixelles"),
        ("rue Malibran 40, IXELLES", "ixelles"),
        ("Rue Malibran 40, B-1050 Bruxelles", "ixelles"),  # as letters are addressed
        ("Rue Josaphat 1, 1030 Bruxelles", "schaerbeek"),
        ("Chaussée de Bruxelles 12, Forest", "forest"),
        ("Chaussée de Waterloo 1151, 1180 Uccle", "uccle"),
        ("Sint-Jans-Molenbeek", "molenbeek"),
        ("Place d’Exemple 1", None),
        ("Rue Forestière 3", None),
        ("Rue d’Exemple 1, 9999", None),
        ("", None),
    ],
)
def test_an_address_says_its_commune_by_postcode_or_by_name(communes, address, slug):
    found = commune_of(address)
    assert (found.slug if found else None) == slug


def test_a_place_that_not_everybody_knows_of_says_nothing(communes):
    hidden = Audience.objects.for_tokens(["member"])
    Place.objects.create(
        slug="h", name_fr="Caché", postcode="1190", territory=communes["uccle"], audience=hidden
    )
    assert commune_of("Rue d’Exemple 1, 1190") is None


def test_an_event_is_found_in_the_commune_of_its_address(client, people, communes):
    client.post(propose_url(), typed(where=ADDRESS))
    proposal = Proposal.objects.get()
    client.post(proposal.follow_url, {"confirm": "1"})
    proposal.refresh_from_db()
    accept(people[Role.MODERATOR], proposal)

    def listed(commune: str) -> str:
        words = {"commune": commune, "du": ONE_DATE["first"]}
        return client.get(reverse("agenda:list"), words).content.decode()

    assert "Repas de quartier" in listed("ixelles")
    assert "Repas de quartier" not in listed("uccle")
    # The town is not said twice.
    assert EventPage(Event.objects.get(), None).street == ADDRESS


def test_a_commune_that_was_chosen_stays(client, communes):
    client.post(propose_url(), typed(where=ADDRESS, territory=str(communes["uccle"].pk)))
    assert Event.objects.get().territory == communes["uccle"]


def test_a_place_of_the_directory_keeps_its_own_commune(client, communes):
    client.post(propose_url(), typed(where="Lieu 0"))
    event = Event.objects.get()
    assert event.territory is None
    assert event.place.territory.slug == "matonge"


@pytest.mark.parametrize(
    ("before", "where", "after"),
    [
        (ADDRESS, "Rue Xavier De Bue 1, Uccle", "uccle"),
        (ADDRESS, "Rue du Trône 3", "ixelles"),
        (ADDRESS, "Lieu 2", None),
        ("Place d’Exemple 1", "Rue Xavier De Bue 1, Uccle", "ixelles"),  # chosen by somebody
    ],
)
def test_a_commune_follows_the_address_that_gave_it(
    network, people, communes, before, where, after
):
    event = make_event(network, timing(), address=before, territory=communes["ixelles"])
    browser = client_of(people[Role.COORDINATOR])
    url = reverse("agenda:event_edit", args=[event.slug])
    base = browser.get(url).context["editor"].base
    data = typed(where=where, base=str(base), territory=str(communes["ixelles"].pk))
    assert browser.post(url, data | {"audience": ["public"]}).status_code == 302
    event = Event.objects.get(pk=event.pk)
    assert (event.territory.slug if event.territory else None) == after


def test_who_edits_is_told_that_the_commune_is_not_known(network, communes):
    said = "dites dans quelle commune"
    event = Event(site=network.site, title_fr="Repas", address="Place d’Exemple 1")
    unknown = completeness_of(event)
    assert said in unknown.missing
    event.territory = communes["ixelles"]
    known = completeness_of(event)
    assert said not in known.missing
    assert known.score > unknown.score
    at_place = Event(site=network.site, title_fr="Repas", place=Place.objects.get(slug="l0"))
    online = Event(site=network.site, title_fr="Repas", online_url="https://a.example/")
    assert all(said not in completeness_of(one).missing for one in (at_place, online))
