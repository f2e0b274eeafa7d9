"""What keeps robots off public forms leaves alone whoever has signed in."""

import pytest
from django.urls import reverse

from core.forms.robots import new_stamp
from tests.agenda.making import make_event, timing
from tests.conftest import client_of
from tests.people import Role

pytestmark = pytest.mark.django_db
FORMS = ("agenda:propose", "agenda:event_report", "contact", "welcome:ask_person")


@pytest.mark.parametrize("name", FORMS)
def test_each_public_form_knows_who_has_signed_in(network, people, name):
    event = make_event(network, timing())
    url = reverse(name, args=[event.slug] if name == "agenda:event_report" else [])
    for role in (Role.VISITOR, Role.WAITING, Role.MEMBER):
        answer = client_of(people[role]).post(url, {"stamp": new_stamp()})
        assert answer.context["form"].signed_in == (role is not Role.VISITOR)
