"""The directory's list: filters that combine, forgive and count, at any size."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordination.directory.enums import Kind
from coordination.directory.models import Organisation, Territory, Theme
from core.text import fold, query_words
from groupes.models import GroupOrganisation
from tests.conftest import client_of
from tests.people import Role, make_group, make_organisation


@pytest.fixture
def directory(network):
    """Three organisations in a small tree of territories."""
    region = Territory.add_root(slug="region", name_fr="Région", level="region")
    ixelles = region.add_child(slug="ixelles", name_fr="Ixelles", name_nl="Elsene", level="commune")
    region = Territory.objects.get(pk=region.pk)
    region.add_child(slug="uccle", name_fr="Uccle", level="commune")
    flagey = Territory.objects.get(pk=ixelles.pk).add_child(
        slug="flagey", name_fr="Flagey", level="neighbourhood"
    )
    food = Theme.objects.create(slug="manger", name_fr="Aide alimentaire", name_nl="Voedselhulp")
    a = make_organisation(
        "soupe", "L’Œuvre du Goûter", kind=Kind.FOOD, territory=flagey, summary_fr="Des repas."
    )
    a.themes.add(food)
    make_organisation("toit", "Un toit à Ixelles", kind=Kind.HOUSING, territory=ixelles)
    c = make_organisation("ailleurs", "Ailleurs", kind=Kind.HOUSING)
    c.also_active.add(Territory.objects.get(slug="uccle"))
    page = make_group(network, "tables", "Tables")
    GroupOrganisation.objects.create(group=page.group, organisation=a, start="2024-01-01")
    return network


def names(response) -> set[str]:
    return {organisation.slug for organisation in response.context["organisations"]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"soupe", "toit", "ailleurs"}),
        ("q=gouter", {"soupe"}),
        ("q=OEUVRE", {"soupe"}),
        ("q=repas+goûter", {"soupe"}),
        ("q=rien-de-tel", set()),
        ("commune=ixelles", {"soupe", "toit"}),
        ("commune=flagey", {"soupe"}),
        ("commune=uccle", {"ailleurs"}),
        ("commune=region", {"soupe", "toit", "ailleurs"}),
        ("commune=flagey&commune=uccle", {"soupe", "ailleurs"}),
        ("famille=housing", {"toit", "ailleurs"}),
        ("famille=housing&commune=ixelles", {"toit"}),
        ("theme=manger", {"soupe"}),
        ("groupe=tables", {"soupe"}),
        ("groupe=tables&famille=housing", set()),
        ("theme=inconnu", {"soupe", "toit", "ailleurs"}),
    ],
)
def test_filters(client, directory, query, expected):
    response = client.get(f"/repertoire/?{query}")
    assert response.status_code == 200
    assert names(response) == expected
    assert response.context["total"] == len(expected)


def test_an_unknown_filter_is_said(client, directory):
    assert client.get("/repertoire/?theme=inconnu").context["message"]


def test_each_choice_tells_what_it_would_give(client, directory):
    """Following any choice that is offered gives as many results as it announced."""
    asked = {"q": "o", "vue": "complete"}
    options = [
        (facet["name"], option)
        for facet in client.get("/repertoire/", asked).context["facets"]
        for option in facet["options"]
    ]
    assert options
    for name, option in options:
        response = client.get("/repertoire/", asked | {name: option["value"]})
        assert response.context["total"] == option["count"], option


def test_those_that_can_be_called_come_first_for_people_who_look_for_help(client, directory):
    Organisation.objects.filter(slug="toit").update(phone="02 123 45 67")
    Organisation.objects.filter(slug="ailleurs").update(address="rue Haute 1")
    order = [o.slug for o in client.get("/repertoire/?q=o").context["organisations"]]
    assert order[0] == "toit"
    by_name = client.get("/repertoire/?q=o&vue=complete").context["organisations"]
    assert [o.name for o in by_name] == sorted(o.name for o in by_name)


def test_words_of_every_day_lead_to_a_need(client, directory):
    Theme.objects.filter(slug="manger").update(need_fr="Manger", other_words_fr="souper, colis")
    for word in ("souper", "Sôuper", "mang", "colis"):
        response = client.get("/repertoire/", {"q": word})
        assert [need["label"] for need in response.context["search"].pinned] == ["Manger"], word
        need = response.context["search"].pinned[0]
        assert client.get(f"/repertoire/{need['url']}").context["total"] == need["count"] > 0
    assert not client.get("/repertoire/?q=zzzz").context["search"].pinned


def test_people_who_look_for_help_go_step_by_step(client, directory):
    """What they need; then where they are, with the addresses; each choice tells what it gives."""
    first = client.get("/repertoire/").content.decode()
    assert "De quoi avez-vous besoin" in first
    assert "simple-card" not in first
    second = client.get("/repertoire/?q=o")
    assert "Où êtes-vous" in second.content.decode()
    towns = second.context["search"].towns
    assert [town["selected"] for town in towns] == [True] + [False] * (len(towns) - 1)
    assert len(towns) > 1
    for town in towns:
        assert client.get(f"/repertoire/{town['url']}").context["total"] == town["count"], town


def test_a_chip_takes_its_filter_away(client, directory):
    response = client.get("/repertoire/?q=toit&commune=ixelles&famille=housing")
    urls = {chip["label"]: chip["url"] for chip in response.context["chips"]}
    assert len(urls) == 3
    assert client.get(f"/repertoire/{urls['Ixelles']}").context["total"] == 1
    assert "commune" not in urls["Ixelles"]
    assert "famille=housing" in urls["Ixelles"]


def test_dutch_names(client, directory):
    text = client.get("/nl/gids/?vue=complete").content.decode()
    assert "Elsene" in text
    assert "Voedselhulp" in text


def test_an_ended_participation_counts_no_more(client, directory):
    GroupOrganisation.objects.update(end="2025-01-01")
    assert names(client.get("/repertoire/?groupe=tables")) == set()


def test_a_hidden_parent_is_not_named(client, directory):
    from core.models import Audience

    hidden = make_organisation(
        "cachee", "Mère cachée", audience=Audience.objects.for_tokens({"member"})
    )
    Organisation.objects.filter(slug="toit").update(parent=hidden)
    assert "Mère cachée" not in client.get("/repertoire/toit/").content.decode()
    assert client.get("/repertoire/cachee/").status_code == 404


def test_what_is_not_known_is_to_be_completed_by_those_who_can(client, directory, people):
    """Others read once that something is missing, and what to do."""
    keeper = client_of(people[Role.COORDINATOR]).get("/repertoire/ailleurs/").content.decode()
    assert keeper.count("à compléter") == 4
    public = client.get("/repertoire/ailleurs/").content.decode()
    assert "compléter" not in public
    assert public.count("Il manque des informations sur cette fiche.") == 1


@pytest.mark.parametrize("role", [Role.VISITOR, Role.MEMBER, Role.COORDINATOR])
def test_queries_do_not_follow_the_number_of_organisations(directory, people, role):
    from home.demonstration.scale import add_organisations

    paths = [
        *("/", "/repertoire/?vue=simple", "/repertoire/?vue=simple&commune=ixelles"),
        *("/repertoire/?vue=complete", "/repertoire/?vue=complete&commune=ixelles&q=e"),
        *("/repertoire/?vue=complete&page=2", "/repertoire/soupe/", "/nl/gids/"),
        *("/repertoire/imprimer/", "/groupes/tables/"),
    ]
    if role is Role.COORDINATOR:
        paths += [
            *("/repertoire/soupe/modifier/", "/repertoire/soupe/reunir/", "/gestion/?q=essai"),
            *("/repertoire/changements/", "/repertoire/ajouter/ressemblances/?name=essai"),
        ]

    def count() -> dict[str, int]:
        client = client_of(people[role])
        numbers = {}
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(path).status_code == 200
            numbers[path] = len(queries)
        return numbers

    add_organisations(1)  # 155: a full page
    few = count()
    add_organisations(65)
    assert Organisation.objects.count() > 10_000
    assert count() == few
    assert max(number for path, number in few.items() if "gestion" not in path) <= 30, few
    assert max(few.values()) <= 66, few  # Wagtail's own first page among them


@pytest.mark.parametrize(
    ("text", "folded"),
    [("L’Œuvre", "l oeuvre"), ("ÉCOLE-à-côté", "ecole a cote"), ("  A\u200bB ", "ab"), ("", "")],
)
def test_fold(text, folded):
    assert fold(text).replace(" ", "") == folded.replace(" ", "")


def test_a_query_has_limits():
    assert len(query_words("mot " * 5000)) == 1
    assert len(query_words(" ".join(str(n) for n in range(500)))) <= 20
