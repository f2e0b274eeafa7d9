"""The group's own room: shelves, people by function, memory; as fast with much as with little."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Page

from core.models import Audience
from core.services.audience import set_page_audience
from groupes.enums import GroupRole
from groupes.models import (
    GroupFolder,
    GroupMembership,
    GroupOrganisation,
    GroupResourcePage,
    SharedItem,
)
from groupes.selectors.overview import find_groups, overview
from tests.conftest import client_of
from tests.groupes.conftest import make_person
from tests.people import PAST, Role, make_group, make_organisation


def space_url(group) -> str:
    return reverse("groupes:space", args=[group.slug])


def add_resource(page, slug: str, **fields) -> GroupResourcePage:
    parent = Page.objects.get(pk=page.pk).specific
    resource = parent.add_child(instance=GroupResourcePage(title=slug, slug=slug, **fields))
    resource.save_revision().publish()
    return resource


def test_only_the_group_and_the_coordination_open_the_space(people, page, other):
    allowed = {Role.GROUP_MEMBER, Role.PILOT, Role.COORDINATOR, Role.ADMINISTRATOR}
    for role, user in people.items():
        status = client_of(user).get(space_url(page.group)).status_code
        assert status == (200 if role in allowed else 404), role
    for name in ("member", "pilot"):
        assert client_of(other[name]).get(space_url(page.group)).status_code == 404


def test_a_group_whose_page_is_hidden_does_not_exist(people, page, other):
    set_page_audience(actor=people[Role.COORDINATOR], page=page, tokens={"group:999"})
    client = client_of(people[Role.PILOT])
    for name in ("join", "leave", "space", "share", "todo"):
        assert client.get(reverse(f"groupes:{name}", args=[page.group.slug])).status_code == 404


def test_people_are_named_by_function_and_never_by_address(people, page):
    person = people[Role.GROUP_MEMBER]
    person.function_fr = "Travail de rue"
    person.save()
    text = client_of(people[Role.PILOT]).get(space_url(page.group)).content.decode()
    assert "Travail de rue" in text
    assert "@essai.example" not in text


def test_shelves_hold_pages_and_items(people, page):
    shelf = GroupFolder.objects.create(group=page.group, name_fr="Outils", name_nl="Hulpmiddelen")
    filed = add_resource(page, "rangee")
    twin = filed.copy_for_translation(Locale.objects.get(language_code="nl"))
    twin.slug = "rangee-nl"
    twin.save_revision().publish()
    GroupResourcePage.objects.filter(pk=filed.pk).update(folder=shelf)
    add_resource(page, "libre")
    nobody = add_resource(page, "secrete", folder=shelf)
    set_page_audience(actor=people[Role.COORDINATOR], page=nobody, tokens=set())
    row = Audience.objects.for_tokens({f"group:{page.group_id}"})
    SharedItem.objects.create(
        group=page.group, title="Infos rangées", folder=shelf, audience=row, wanted=row
    )
    response = client_of(people[Role.GROUP_MEMBER]).get(space_url(page.group))
    shelves = [
        (one["name"], [p.slug for p in one["pages"]], [i.title for i in one["items"]])
        for one in response.context["folders"]
    ]
    assert shelves == [("Outils", ["rangee"], ["Infos rangées"]), ("", ["libre"], [])]
    # The Dutch twin, made before the page was filed, stands on the same shelf.
    with override("nl"):
        url = space_url(page.group)
    response = client_of(people[Role.GROUP_MEMBER]).get(url)
    assert "Hulpmiddelen" in response.content.decode()
    assert [p.slug for p in response.context["folders"][0]["pages"]] == ["rangee-nl"]


def test_a_pilot_adds_a_shelf(people, page, other):
    url = reverse("groupes:folders", args=[page.group.slug])
    pilot = client_of(people[Role.PILOT])
    assert pilot.post(url, {"name_fr": "Archives"}).status_code == 302
    again = pilot.post(url, {"name_fr": "Archives"})
    assert again.status_code == 422
    assert "déjà un dossier de ce nom" in again.content.decode()
    for user in (people[Role.GROUP_MEMBER], other["pilot"], None):
        assert client_of(user).post(url, {"name_fr": "Pris"}).status_code == 404
    assert list(GroupFolder.objects.values_list("name_fr", flat=True)) == ["Archives"]


def test_a_pilot_files_a_page_on_a_shelf_of_the_own_group_only(people, page, other):
    mine = GroupFolder.objects.create(group=page.group, name_fr="À nous")
    theirs = GroupFolder.objects.create(group=other["group"], name_fr="À eux")
    resource = add_resource(page, "notes")
    client = client_of(people[Role.PILOT])
    url = reverse("wagtailadmin_pages:edit", args=[resource.pk])
    text = client.get(url).content.decode()
    assert "À nous" in text
    assert "À eux" not in text
    data = {"title": "notes", "slug": "notes", "intro": "", "body-count": 0}
    data |= {"search_description": "", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    data |= {"action-publish": "1"}
    assert client.post(url, data | {"folder": theirs.pk}).status_code == 200
    assert client.post(url, data | {"folder": mine.pk}).status_code == 302
    resource.refresh_from_db()
    assert resource.folder == mine


def test_a_resource_does_not_take_an_address_of_the_group(people, page):
    client = client_of(people[Role.PILOT])
    url = reverse("wagtailadmin_pages:add", args=["groupes", "groupresourcepage", page.pk])
    for slug in ("espace", "infos", "a-faire", "ruimte", "meedoen", "reunions"):
        data = {"title": "Titre gardé", "slug": slug, "intro": "", "body-count": 0}
        data |= {"search_description": "", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
        response = client.post(url, data)
        assert response.status_code == 200
        assert "Titre gardé" in response.content.decode()
        assert "réservée" in str(response.context["form"].errors)


def queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_much_costs_no_more_queries_than_little(network, people, page):
    group = page.group
    client = client_of(people[Role.PILOT])
    row = Audience.objects.for_tokens({f"group:{group.pk}"})
    shelves = [GroupFolder.objects.create(group=group, name_fr=f"D{n}") for n in range(2)]

    def fill(start: int, stop: int) -> None:
        for number in range(start, stop):
            user = make_person(network, f"p{number}", group, GroupRole.MEMBER)
            SharedItem.objects.create(
                group=group,
                author=user,
                title=f"Info {number}",
                audience=row,
                wanted=row,
                folder=shelves[number % 2],
            )
            organisation = make_organisation(f"o{number}", f"O{number}")
            GroupOrganisation.objects.create(group=group, organisation=organisation, start=PAST)

    fill(0, 3)
    few = {url: queries(client, url) for url in (space_url(group), page.get_url())}
    fill(3, 60)
    many = {url: queries(client, url) for url in few}
    assert few == many


def test_a_visitors_group_page_holds_no_form_and_sets_no_cookie(client, page):
    response = client.get(page.get_url())
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert not response.cookies


def test_the_overview_tells_of_each_group_in_a_fixed_number_of_queries(
    rf, network, people, page, other
):
    request = rf.get("/gestion/")
    request.user = people[Role.COORDINATOR]
    overview(request)  # what this person may reach is read once
    with CaptureQueriesContext(connection) as few:
        rows = {row["group"].slug: row for row in overview(request)["groups"]}
    assert rows["groupe-a"]["members"] == 3  # a former member's membership was forgotten
    assert rows["groupe-b"]["members"] == 2
    assert rows["groupe-b"]["waiting"] == 0
    assert rows["groupe-a"]["last_activity"]
    make_group(network, "groupe-c", "Groupe C")
    GroupMembership.objects.create(
        user=people[Role.MEMBER], group=page.group, role=GroupRole.PILOT, start=PAST
    )
    with CaptureQueriesContext(connection) as more:
        assert len(overview(request)["groups"]) == 3
    assert len(more) == len(few)
    request.user = people[Role.PILOT]
    assert overview(request)["groups"] == []


def test_groups_are_found_by_name_by_the_coordination_alone(people, page):
    page.group.name_fr = "Égalités numériques"
    page.group.save()
    found = find_groups(["egalites", "numer"], people[Role.COORDINATOR])
    assert [one.label for one in found] == ["Égalités numériques"]
    assert find_groups(["egalites"], people[Role.PILOT]) == []
