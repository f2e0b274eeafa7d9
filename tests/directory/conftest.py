import pytest

from coordination.directory.forms.record import as_post
from coordination.directory.models import Organisation
from coordination.directory.services.record import snapshot


@pytest.fixture
def organisation(people) -> Organisation:
    """The organisation whose representative is among `people`."""
    return Organisation.objects.get(slug="organisme-a")


def typed(organisation: Organisation, **changes) -> dict:
    """What a browser sends for a record's form: everything as it is, and these changes."""
    organisation = Organisation.objects.get(pk=organisation.pk)
    data = as_post(snapshot(organisation), organisation.version)
    for name, value in changes.items():
        if isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = value
    return {name: data.getlist(name) for name in data}
