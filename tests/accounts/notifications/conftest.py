"""Whom notifications tell, and of what."""

import pytest

from coordination.directory.models import Organisation
from groupes.models import WorkingGroup


@pytest.fixture
def group(people) -> WorkingGroup:
    return WorkingGroup.objects.get(slug="groupe-a")


@pytest.fixture
def organisation(people) -> Organisation:
    return Organisation.objects.get(slug="organisme-a")
