"""What is submitted reaches the moderators: they see that page, approve it, and no other."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Notification, User
from accounts.notifications import tell
from groupes.models import GroupPage
from tests.conftest import client_of, run_commit_hooks
from tests.people import Role


@pytest.fixture
def submitted(people):
    page = GroupPage.objects.get(locale__language_code="fr")
    page.summary = "Phrase soumise."
    page.save_revision(user=people[Role.PILOT])
    page.get_workflow().start(page, people[Role.PILOT])
    return page


def test_a_moderator_approves_what_is_submitted(people, submitted):
    client = client_of(people[Role.MODERATOR])
    edit = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    assert client.get(edit).status_code == 200
    assert "Phrase soumise." not in client_of(None).get(submitted.get_url()).content.decode()
    state = submitted.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", state.pk])
    client.post(url, {"next": "/gestion/"})
    run_commit_hooks()
    assert "Phrase soumise." in client_of(None).get(submitted.get_url()).content.decode()
    assert client.get(edit).status_code == 404


def test_a_moderator_opens_nothing_else(people, network, submitted):
    client = client_of(people[Role.MODERATOR])
    for page in (network.home, network.groups, network.news):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert client.get(url).status_code == 404
    for name in ("delete", "copy", "unpublish", "move"):
        response = client.post(reverse(f"wagtailadmin_pages:{name}", args=[submitted.pk]))
        assert response.status_code in {302, 403, 404}
    submitted.refresh_from_db()
    assert submitted.live


def words_for(user) -> list[str]:
    fresh = User.objects.get(pk=user.pk)
    return [told.title for _row, told in tell(fresh, Notification.objects.filter(user=fresh))]


def test_moderators_are_told_and_so_is_who_asked(people, submitted):
    for role in (Role.MODERATOR, Role.COORDINATOR):
        assert words_for(people[role]) == ["Une page attend votre relecture"], role
    assert words_for(people[Role.EDITOR]) == []
    state = submitted.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "reject", state.pk])
    client_of(people[Role.MODERATOR]).post(url, {"next": "/gestion/", "comment": "À préciser"})
    assert words_for(people[Role.MODERATOR]) == []
    assert words_for(people[Role.PILOT]) == ["Votre page est à revoir"]
    assert mail.outbox == []  # Wagtail's own mails are not sent
