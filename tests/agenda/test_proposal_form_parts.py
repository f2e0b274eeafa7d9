"""What stands where on the form of an event: each field once, for everybody."""

from collections import Counter

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from agenda.models import Event
from coordination.directory.models import Organisation
from tests.agenda.making import make_event, timing
from tests.agenda.posting import propose_url, typed, typed_by_member
from tests.conftest import client_of
from tests.people import Role

pytestmark = pytest.mark.django_db
# Whoever has an account and no organisation in whose name to propose.
WITHOUT_ORGANISATION = (Role.WAITING, Role.MEMBER, Role.MODERATOR, Role.PILOT, Role.FORMER)


def assert_once(page) -> None:
    """No two controls of the long form share a name, or an id, but the boxes of one question."""
    soup = BeautifulSoup(page.content, "html.parser")
    form = soup.select_one("form.event-form")
    controls = [
        control["name"]
        for control in form.select("input[name], select[name], textarea[name]")
        if control.get("type") not in ("radio", "checkbox")
    ]
    assert [name for name, number in Counter(controls).items() if number > 1] == []
    ids = Counter(node["id"] for node in soup.select("[id]"))
    assert [name for name, number in ids.items() if number > 1] == []


@pytest.mark.parametrize("role", Role, ids=str)
def test_nothing_is_asked_twice_whoever_proposes(people, role):
    browser = client_of(people[role])
    assert_once(browser.get(propose_url()))
    refused = browser.post(propose_url(), {"send": "1"})
    assert refused.status_code == 422
    assert_once(refused)


@pytest.mark.parametrize("role", [Role.PILOT, Role.REPRESENTATIVE, Role.COORDINATOR], ids=str)
def test_nothing_is_asked_twice_whoever_edits(network, people, role):
    """With an organisation, and without any."""
    ours = Organisation.objects.get(slug="organisme-a")
    group = people[Role.PILOT].group_memberships.get().group
    for organisers in ([ours], []):
        event = make_event(network, timing(), group=group, organisers=organisers)
        page = client_of(people[role]).get(reverse("agenda:event_edit", args=[event.slug]))
        if page.status_code == 200:
            assert_once(page)


@pytest.mark.parametrize("role", WITHOUT_ORGANISATION, ids=str)
def test_whoever_has_no_organisation_says_in_words_who_organises(people, role):
    browser = client_of(people[role])
    page = browser.get(propose_url())
    assert page.context["form"].who.name == "other_organisers"
    data = typed_by_member()
    # A browser sends a name as often as it stands on the page.
    soup = BeautifulSoup(page.content, "html.parser")
    others = soup.select('[name="other_organisers"]')
    data["other_organisers"] = ["Le Vivier", *("" for _other in others[1:])]
    assert browser.post(propose_url(), data).status_code == 302
    assert Event.objects.get().other_organisers == "Le Vivier"


def test_nobody_named_is_asked_where_it_is_asked(people):
    for role in (Role.VISITOR, Role.MEMBER, Role.REPRESENTATIVE):
        browser = client_of(people[role])
        data = typed_by_member(other_organisers="")
        refused = browser.post(propose_url(), data)
        form = refused.context["form"]
        assert form.errors[form.who.name] == ["Dites qui organise."]
        assert form.who.label.replace("\u202f", " ") == "Qui organise ?"


def test_when_is_said_in_words_in_both_languages(client, network):
    page = client.get(propose_url())
    fold = {group["title"]: group["fields"] for group in page.context["form"].details}
    names = [field.name for field in fold["Dans l’agenda"]]
    assert names[:2] == ["when_fr", "dates_to_confirm"]
    assert "when_nl" in [field.name for field in fold["En néerlandais"]]
    words = {"when_fr": "Une sortie par mois", "when_nl": "Elke maand een uitstap"}
    client.post(propose_url(), typed(**words))
    event = Event.objects.get()
    assert (event.when_fr, event.when_nl) == tuple(words.values())
    dutch = client.get("/nl/agenda/voorstellen/").context["form"]
    assert dutch.details[-1]["fields"][0].name == "when_nl"
