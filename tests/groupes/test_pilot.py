"""A pilot at work in Wagtail's admin: the group's own pages, and nothing else."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from core.models import PageAudience, RoleGroup
from groupes.models import GroupMembership, GroupPage, GroupResourcePage, WorkingGroup
from groupes.permissions import pilot_token
from tests.conftest import client_of
from tests.people import Role, make_group


@pytest.fixture
def pilot(people):
    return people[Role.PILOT]


@pytest.fixture
def page(pilot) -> GroupPage:
    return GroupPage.objects.get(group__memberships__user=pilot, locale__language_code="fr")


def form_of(page, **changes) -> dict:
    data = {
        "title": page.title,
        "summary": page.summary,
        "slug": page.slug,
        "objectives": "null",
        "state_of_play": "null",
        "practices": "null",
        "solutions": "null",
        "supports": "null",
        "comment_form": "",
        "search_description": "",
    }
    return data | {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0} | changes


def test_a_pilot_edits_and_publishes_the_group_page(pilot, page):
    client = client_of(pilot)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(url).status_code == 200
    response = client.post(
        url, form_of(page, summary="Une phrase neuve.", **{"action-publish": "1"})
    )
    assert response.status_code == 302
    assert "Une phrase neuve." in client_of(None).get(page.get_url()).content.decode()


def test_a_pilot_adds_a_resource_that_is_the_groups(pilot, page):
    client = client_of(pilot)
    url = reverse("wagtailadmin_pages:add", args=["groupes", "groupresourcepage", page.pk])
    assert client.get(url).status_code == 200
    response = client.post(
        url,
        {
            "title": "Notes",
            "slug": "notes",
            "intro": "À nous",
            "body-count": 0,
            "search_description": "",
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            "action-publish": "1",
        },
    )
    assert response.status_code == 302, response.context["form"].errors
    resource = GroupResourcePage.objects.get(slug="notes", locale__language_code="fr")
    assert PageAudience.objects.tokens_of(resource) == {f"group:{page.group_id}"}
    assert client.get(resource.get_url()).status_code == 200
    assert client_of(None).get(resource.get_url()).status_code == 404
    # Its mirror in Dutch is as private, and says in which language it is.
    twin = resource.get_translations().get()
    assert client_of(None).get(twin.get_url()).status_code == 404
    assert 'lang="fr"' in client.get(twin.get_url()).content.decode()


def test_a_pilot_opens_a_resource_after_saying_so_twice(pilot, page):
    resource = page.add_child(instance=GroupResourcePage(title="R", slug="r"))
    resource.save_revision().publish()
    client = client_of(pilot)
    url = reverse("core_page_audience", args=[resource.pk])
    asked = client.post(url, {"audience": ["public"]})
    assert asked.status_code == 422
    assert PageAudience.objects.tokens_of(resource) == {f"group:{page.group_id}"}
    assert client.post(url, {"audience": ["public"], "confirm": "on"}).status_code == 302
    assert PageAudience.objects.tokens_of(resource) == {"public"}


def test_a_pilot_does_not_remove_the_group_page(pilot, page):
    client = client_of(pilot)
    for name in ("delete", "unpublish", "copy"):
        client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), {})
    index = page.get_parent()
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, index.pk]), {})
    page.refresh_from_db()
    assert page.live
    assert page.get_parent() == index


def test_another_group_does_not_exist_for_a_pilot(network, pilot):
    other = make_group(network, "autre", "Autre")
    other_resource = other.add_child(instance=GroupResourcePage(title="S", slug="s"))
    client = client_of(pilot)
    for page in (other, other_resource, network.home):
        edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert edit.status_code in {302, 404}
        assert client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(other, title="Pris")
        ).status_code in {302, 404}
    other.refresh_from_db()
    assert other.title == "Autre"
    assert client.get(reverse("core_page_audience", args=[other.pk])).status_code == 404


def test_a_mandate_that_ends_closes_the_admin_at_the_next_request(pilot, page):
    client = client_of(pilot)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(url).status_code == 200
    GroupMembership.objects.filter(user=pilot).update(end=datetime.date.today())
    assert client.get(url).status_code == 404
    assert client.get("/gestion/").status_code == 404


def test_a_member_of_the_admin_without_a_role_gets_404_and_no_loop(people):
    for role in (Role.MEMBER, Role.GROUP_MEMBER, Role.FORMER, Role.WAITING):
        assert client_of(people[role]).get("/gestion/").status_code == 404


def test_a_group_has_one_page_per_language(network, page):
    from django.core.exceptions import ValidationError

    index = Page.objects.get(pk=network.groups.pk).specific
    with pytest.raises(ValidationError):
        index.add_child(instance=GroupPage(title="B", slug="b", group=page.group, summary="B"))


@pytest.mark.parametrize("slug", ["agenda", "repertoire", "compte", "nl", "gestion"])
def test_no_page_takes_a_promised_address(people, network, slug):
    client = client_of(people[Role.COORDINATOR])
    url = reverse("wagtailadmin_pages:add", args=["home", "standardpage", network.home.pk])
    response = client.post(
        url,
        {
            "title": "Titre gardé",
            "slug": slug,
            "intro": "",
            "body-count": 0,
            "search_description": "",
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        },
    )
    assert response.status_code == 200
    assert "Titre gardé" in response.content.decode()
    assert "réservée" in str(response.context["form"].errors)


def test_a_deleted_group_takes_the_rights_of_its_pilots_along(network):
    fields = {"site": network.site, "slug": "passager", "name_fr": "Passager"}
    group = WorkingGroup.objects.create(**fields)
    token = pilot_token(group)
    pilots = RoleGroup.objects.get(token=token).group
    group.delete()
    assert not RoleGroup.objects.filter(token=token).exists()
    assert not Group.objects.filter(pk=pilots.pk).exists()
    again = WorkingGroup.objects.create(**fields)  # under the same name
    assert RoleGroup.objects.get(token=pilot_token(again)).group.name == pilots.name
