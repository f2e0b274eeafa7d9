"""A renamed page is found again, by those who may see it."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from core.services.audience import set_page_audience
from home.models import StandardPage
from tests.conftest import client_of, run_commit_hooks
from tests.people import Role


@pytest.mark.parametrize(
    ("tokens", "role", "status"),
    [
        ({"public"}, Role.VISITOR, 301),
        ({"member"}, Role.VISITOR, 404),
        ({"member"}, Role.FORMER, 404),
        ({"member"}, Role.MEMBER, 301),
    ],
)
def test_a_renamed_page(people, network, tokens, role, status):
    page = network.home.add_child(instance=StandardPage(title="Avant", slug="avant"))
    page.save_revision().publish()
    set_page_audience(actor=people[Role.COORDINATOR], page=page, tokens=tokens)
    page.slug = "titre-secret"
    page.save_revision().publish()
    run_commit_hooks()
    assert Redirect.objects.filter(old_path="/avant").exists()
    response = client_of(people[role]).get("/avant/")
    assert response.status_code == status
    assert ("titre-secret" in str(response.headers)) == (status == 301)
