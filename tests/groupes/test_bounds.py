"""What pages cost does not follow the number of groups."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groupes.models import JoinRequest, Mandate, WorkingGroup
from tests.conftest import client_of
from tests.people import Role, make_group

pytestmark = pytest.mark.django_db

PATHS = ["/", "/groupes/", "/repertoire/?vue=complete", "/repertoire/organisme-a/", "/compte/"]


def fill(network, people, first: int, last: int) -> None:
    """Groups with a mandate that ends soon and somebody who asks to join."""
    for number in range(first, last):
        group = make_group(network, f"groupe-{number}", f"Groupe {number}").group
        Mandate.objects.create(group=group, start="2024-01-01", end="2027-01-01")
        JoinRequest.objects.create(group=group, user=people[Role.MEMBER])


@pytest.mark.parametrize("role", [Role.VISITOR, Role.PILOT, Role.COORDINATOR])
def test_queries_are_the_same_with_forty_groups(network, people, role):
    paths = (
        [*PATHS, reverse("wagtailadmin_home")] if role in {Role.PILOT, Role.COORDINATOR} else PATHS
    )

    def count() -> dict[str, int]:
        client = client_of(people[role])
        numbers = {}
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            numbers[path] = len(queries)
        return numbers

    fill(network, people, 0, 3)
    few = count()
    fill(network, people, 3, 40)
    assert WorkingGroup.objects.count() > 40 - 1
    assert count() == few
