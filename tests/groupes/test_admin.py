"""The groups in Wagtail's admin, for the coordination."""

from django.template.loader import render_to_string
from django.urls import reverse

from core.models import Audience
from groupes.models import GroupFolder, JoinRequest, Mandate, SharedItem, WorkingGroup
from groupes.selectors.overview import GROUPS_PANEL
from tests.conftest import client_of
from tests.people import Role


def test_the_coordinator_opens_every_list_of_the_groups(people, group):
    row = Audience.objects.for_tokens({"public"})
    item = SharedItem.objects.create(group=group, title="Horaire", audience=row, wanted=row)
    asked = JoinRequest.objects.create(group=group, user=people[Role.MEMBER], message="Bonjour")
    GroupFolder.objects.create(group=group, name_fr="Outils")
    client = client_of(people[Role.COORDINATOR])
    for name in (
        *("workinggroup", "groupmembership", "grouporganisation", "groupcontact", "mandate"),
        *("groupfolder", "joinrequest", "shareditem"),
    ):
        assert client.get(reverse(f"{name}:index")).status_code == 200, name
    for one, name, word in ((item, "shareditem", "Horaire"), (asked, "joinrequest", "Bonjour")):
        text = client.get(reverse(f"{name}:inspect", args=[one.pk])).content.decode()
        assert word in text


def test_what_people_make_on_the_site_is_only_read_in_the_admin(people, group):
    row = Audience.objects.for_tokens({"public"})
    item = SharedItem.objects.create(group=group, title="Horaire", audience=row, wanted=row)
    client = client_of(people[Role.COORDINATOR])
    client.post(reverse("shareditem:edit", args=[item.pk]), {"title": "Pris"})
    client.post(reverse("shareditem:delete", args=[item.pk]))
    assert SharedItem.objects.get().title == "Horaire"


def test_the_coordinator_writes_a_charter_and_its_version_rises(people, group):
    client = client_of(people[Role.COORDINATOR])
    url = reverse("workinggroup:edit", args=[group.pk])
    data = {"site": group.site_id, "kind": group.kind, "name_fr": "Groupe A", "name_nl": ""}
    data |= {"slug": group.slug, "theme": "", "thread": group.thread, "icon": group.icon}
    data |= {"joining": "open", "charter_fr": "Nous partageons.", "charter_nl": ""}
    assert client.post(url, data).status_code == 302
    group = WorkingGroup.objects.get(pk=group.pk)
    assert (group.joining, group.charter, group.charter_version) == ("open", "Nous partageons.", 2)


def test_the_overview_panel_draws_each_group(rf, people, group):
    Mandate.objects.create(group=group, start="2020-01-01", end="2022-01-01")
    JoinRequest.objects.create(group=group, user=people[Role.MEMBER])
    request = rf.get("/gestion/")
    request.user = people[Role.COORDINATOR]
    text = render_to_string(GROUPS_PANEL.template, GROUPS_PANEL.context(request), request)
    assert reverse("workinggroup:edit", args=[group.pk]) in text
    assert reverse("groupes:todo", args=[group.slug]) in text
    assert "terminé" in text
