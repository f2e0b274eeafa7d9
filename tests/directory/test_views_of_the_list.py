"""Two views of one list, what lies next door, and the list as data and on paper."""

import csv
import io
import json

import pytest
from django.utils.translation import override

from coordination.directory.models import Organisation, Territory
from core.models import Audience
from core.text import plain_cell
from tests.conftest import read
from tests.people import Role, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns(organisation) -> dict[str, Territory]:
    region = Territory.add_root(instance=Territory(slug="region", name_fr="Région", level="region"))
    made = {}
    for slug in ("ixelles", "etterbeek", "jette"):
        region.refresh_from_db()
        made[slug] = region.add_child(
            instance=Territory(slug=slug, name_fr=slug.title(), level="commune")
        )
    made["ixelles"].refresh_from_db()
    quarter = made["ixelles"].add_child(
        instance=Territory(slug="flagey", name_fr="Flagey", level="neighbourhood")
    )
    made["ixelles"].neighbours.add(made["etterbeek"])
    for slug, number in (("ixelles", 2), ("etterbeek", 3), ("jette", 1)):
        for index in range(number):
            make_organisation(f"{slug}-{index}", f"Ici {slug} {index}", territory=made[slug])
    make_organisation("coin", "Ici Flagey", territory=quarter)
    return made


def test_visitors_start_simple_and_members_complete(clients, organisation):
    assert "simple__form" in clients[Role.VISITOR].get("/repertoire/").content.decode()
    assert "simple__form" not in clients[Role.MEMBER].get("/repertoire/").content.decode()
    assert "simple__form" in clients[Role.MEMBER].get("/repertoire/?vue=simple").content.decode()
    complete = clients[Role.VISITOR].get("/repertoire/?vue=complete").content.decode()
    assert "filters__facets" in complete
    assert "filters__facets" in clients[Role.MEMBER].get("/repertoire/?vue=<x>").content.decode()


def test_filter_by_commune_says_what_lies_next_door(clients, towns):
    for view in ("simple", "complete"):
        url = f"/repertoire/?vue={view}&commune=ixelles"
        page = clients[Role.VISITOR].get(url).content.decode()
        assert "et 3 dans les communes voisines" in page
        assert "et 1 qui n’a pas indiqué sa commune" in page  # organisation A
        assert "Ici Flagey" in page
        assert "Ici etterbeek" not in page


def test_neighbourhood_has_its_communes_neighbours(clients, towns):
    page = clients[Role.VISITOR].get("/repertoire/?commune=flagey").content.decode()
    assert "et 3 dans les communes voisines" in page


def test_neighbours_can_be_taken_in_and_left_out_again(clients, towns):
    response = clients[Role.VISITOR].get("/repertoire/?vue=complete&commune=ixelles&voisines=1")
    page = response.content.decode()
    assert response.context["total"] == 6
    assert "Ici etterbeek 0" in page
    assert "Ici jette" not in page
    assert "et les communes voisines" in page


def test_those_without_a_commune_are_a_choice(clients, towns):
    response = clients[Role.VISITOR].get("/repertoire/?commune=a-completer")
    assert response.context["total"] == 1


def test_counts_next_door_keep_the_secret(clients, towns):
    Organisation.objects.filter(territory=towns["etterbeek"]).update(
        audience=Audience.objects.for_tokens({"member"})
    )
    visitor = clients[Role.VISITOR].get("/repertoire/?commune=ixelles").content.decode()
    member = clients[Role.MEMBER].get("/repertoire/?commune=ixelles").content.decode()
    assert "communes voisines" not in visitor
    assert "et 3 dans les communes voisines" in member


def rows_of(client, url) -> list[dict]:
    text = read(client.get(url)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_csv_holds_what_the_reader_may_see_and_asked_for(clients, towns):
    Organisation.objects.filter(slug="jette-0").update(
        audience=Audience.objects.for_tokens({"member"}),
        summary_fr="Une ligne\net « deux » ; trois",
    )
    visitor = rows_of(clients[Role.VISITOR], "/repertoire.csv?commune=jette")
    member = rows_of(clients[Role.MEMBER], "/repertoire.csv?commune=jette")
    assert visitor == []
    assert [row["Nom"] for row in member] == ["Ici jette 0"]
    assert member[0]["En une phrase"] == "Une ligne\net « deux » ; trois"
    assert rows_of(clients[Role.VISITOR], "/nl/gids.csv?commune=ixelles")[0]["Naam"]


def test_csv_runs_no_formula(clients, organisation):
    Organisation.objects.filter(pk=organisation.pk).update(
        summary_fr='=HYPERLINK("http://x")', note_fr="", phone="+32 2 123 45 67", address="@SUM(1)"
    )
    row = rows_of(clients[Role.VISITOR], "/repertoire.csv")[0]
    assert row["En une phrase"] == '\'=HYPERLINK("http://x")'
    assert row["Adresse"] == "'@SUM(1)"
    assert row["Téléphone"] == "+32 2 123 45 67"
    assert plain_cell("-1+1") == "'-1+1"


def test_json_has_the_same_names_in_both_languages(clients, organisation):
    Organisation.objects.filter(pk=organisation.pk).update(services_fr="Un\nDeux", languages=["fr"])
    french = json.loads(read(clients[Role.VISITOR].get("/repertoire.json")))
    dutch = json.loads(read(clients[Role.VISITOR].get("/nl/gids.json")))
    assert (french["language"], dutch["language"]) == ("fr", "nl")
    assert french["organisations"][0].keys() == dutch["organisations"][0].keys()
    assert french["organisations"][0]["services"] == ["Un", "Deux"]
    with override("nl"):
        assert dutch["organisations"][0]["url"].endswith(organisation.url)


def test_exports_of_members_are_kept_nowhere(clients, organisation):
    for url in ("/repertoire.csv", "/repertoire.json"):
        response = clients[Role.MEMBER].get(url)
        read(response)
        assert "no-store" in response["Cache-Control"]


def test_paper_list_holds_everything_asked_for(clients, towns):
    page = clients[Role.VISITOR].get("/repertoire/imprimer/?commune=ixelles").content.decode()
    assert page.count("paper__entry") == 3
