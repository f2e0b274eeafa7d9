"""« C’est toujours exact »: a page that nobody confirmed for a year, and the one click."""

import datetime

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from core.models import PageCheck
from groupes.models import GroupPage, GroupResourcePage
from groupes.selectors.todo import due_pages
from tests.conftest import client_of
from tests.people import Role


def grow_old(page, days: int = 366) -> None:
    Page.objects.filter(translation_key=page.translation_key).update(
        last_published_at=timezone.now() - datetime.timedelta(days=days)
    )


def due(group) -> list[str]:
    return [one.page.slug for one in due_pages([group.pk])]


def test_a_page_is_due_after_a_year_once_for_both_languages(people, page):
    assert due(page.group) == []
    grow_old(page, 364)
    assert due(page.group) == []
    grow_old(page)
    assert due(page.group) == ["groupe-a"]


def test_resources_are_due_too_and_drafts_are_not(people, page):
    parent = GroupPage.objects.get(pk=page.pk)
    for slug in ("vieille", "brouillon"):
        child = parent.add_child(instance=GroupResourcePage(title=slug, slug=slug))
        child.save_revision().publish()
        grow_old(child)
        if slug == "brouillon":
            child.refresh_from_db()
            child.unpublish()
    assert due(page.group) == ["vieille"]


def test_one_click_confirms_a_page_for_a_year(people, page):
    grow_old(page)
    client = client_of(people[Role.PILOT])
    url = reverse("groupes:todo", args=[page.group.slug])
    assert "C’est toujours exact" in client.get(url).content.decode()
    assert client.post(url, {"page": page.pk}).status_code == 302
    assert due(page.group) == []
    check = PageCheck.objects.get()
    assert (check.translation_key, check.checked_by) == (page.translation_key, people[Role.PILOT])
    PageCheck.objects.update(checked_at=timezone.now() - datetime.timedelta(days=366))
    assert due(page.group) == ["groupe-a"]


def test_nobody_confirms_the_page_of_another_group(people, page, other, network):
    url = reverse("groupes:todo", args=[page.group.slug])
    theirs = reverse("groupes:todo", args=[other["group"].slug])
    for user in (None, people[Role.MEMBER], people[Role.GROUP_MEMBER], other["pilot"]):
        assert client_of(user).post(url, {"page": page.pk}).status_code == 404
    assert client_of(other["pilot"]).post(theirs, {"page": page.pk}).status_code == 404
    pilot = client_of(people[Role.PILOT])
    for wrong in (1, network.home.pk, network.groups.pk, other["page"].pk, "x", "", 10**12, -1):
        assert pilot.post(url, {"page": wrong}).status_code == 404
    assert not PageCheck.objects.exists()
