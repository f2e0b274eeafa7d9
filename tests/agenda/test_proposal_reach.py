"""The form of an event says and fills in nothing that its reader, or everybody, may not know."""

import datetime as dt

import pytest
from django.urls import reverse

from agenda.enums import Access
from agenda.models import Event, EventDraft, Programme
from agenda.services.proposals import change_event
from coordination.directory.models import Organisation, Place
from core.models import Audience
from core.services.audience import set_page_audience
from groupes.models import GroupPage, WorkingGroup
from tests.agenda.making import make_event, timing
from tests.agenda.posting import propose_url, send, typed_by_member
from tests.conftest import client_of
from tests.people import Role, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(people) -> Organisation:
    return Organisation.objects.get(slug="organisme-a")


@pytest.fixture
def member(people):
    return client_of(people[Role.REPRESENTATIVE])


def for_tokens(*tokens: str) -> Audience:
    return Audience.objects.for_tokens(tokens)


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_what_members_alone_may_read_of_an_organisation_is_not_filled_in(member, organisation):
    Organisation.objects.filter(pk=organisation.pk).update(
        audience=for_tokens("member"), phone="02 111 11 11", address="Rue cachée 1"
    )
    answer = member.get(reverse("agenda:fill"), {"organisme": organisation.pk})
    assert answer.json()["fields"] == {}
    member.post(propose_url(), typed_by_member(organisation=organisation, where=""))
    event = Event.objects.get()
    assert (event.contact_phone, event.address) == ("", "")


def test_what_some_may_read_of_a_place_is_not_filled_in(member, network, organisation):
    """It would go, unseen, into an event that may be for everybody."""
    place = Place.objects.create(slug="l", name_fr="Le Canvas")
    words = {"place": place, "access": [Access.STEP_FREE]}
    own = for_tokens(f"org:{organisation.pk}")
    public = make_event(network, timing(), access_note_fr="Par la cour", **words)
    make_event(network, timing(), access_note_fr="Le code est 1234", audience=own, **words)
    asked = member.get(reverse("agenda:fill"), {"lieu": "le canvas"}).json()["fields"]
    assert asked == {"is_step_free": True, "access_note_fr": "Par la cour"}
    member.post(propose_url(), typed_by_member(organisation=organisation, where="Le Canvas"))
    event = Event.objects.exclude(pk=public.pk).get(place=place, audience__key="public")
    assert event.access_note_fr == "Par la cour"


def test_no_list_of_the_form_names_what_is_out_of_reach(member, network, organisation):
    hidden, days = for_tokens(), {"first": dt.date(2026, 3, 2), "last": dt.date(2026, 3, 2)}
    words = {"site": network.site, "audience": hidden, **days}
    Programme.objects.create(slug="p", name_fr="Xprogramme", **words)
    Place.objects.create(slug="l", name_fr="Xlieu", audience=hidden)
    make_event(network, timing(), title_fr="Xfête", organisers=[organisation], audience=hidden)
    Programme.objects.create(
        slug="q", name_fr="Automne", **words | {"audience": for_tokens("member")}
    )
    Place.objects.create(slug="m", name_fr="Le Canvas")
    make_event(network, timing(), title_fr="Fête d’avant", organisers=[organisation])
    page = text_of(member.get(propose_url()))
    for name in ("Automne", "Le Canvas", "Fête d’avant"):
        assert name in page, name
    for name in ("Xprogramme", "Xlieu", "Xfête"):
        assert name not in page, name


def test_an_organisation_out_of_reach_is_neither_offered_nor_named(member, organisation):
    make_organisation("la-serre", "La Serre", audience=for_tokens())
    for typed in ("la serre", "Serre"):
        data = typed_by_member(organisation=organisation, co_organisers=typed)
        refused = text_of(member.post(propose_url(), data))
        assert f"Aucune fiche ne porte le nom « {typed} »" in refused
        assert "La Serre" not in refused
    assert not Event.objects.exists()


def test_an_audience_wider_than_the_group_is_refused_in_words(people):
    group = WorkingGroup.objects.get(slug="groupe-a")
    page = GroupPage.objects.filter(group=group).first()
    set_page_audience(actor=people[Role.COORDINATOR], page=page, tokens={"member"})
    pilot, data = client_of(people[Role.PILOT]), typed_by_member(group=str(group.pk))
    refused = pilot.post(propose_url(), data)
    assert refused.status_code == 422
    assert "Le groupe lui-même n’est pas ouvert à autant de monde." in text_of(refused)
    assert pilot.post(propose_url(), data | {"audience": ["member"]}).status_code == 302
    assert Event.objects.get().audience.tokens == {"member"}


def test_the_form_says_who_sees_it_today_and_not_what_was_asked_once(network, people):
    """Or the next correction would open again what was closed meanwhile."""
    pilot, group = people[Role.PILOT], WorkingGroup.objects.get(slug="groupe-a")
    event = send(network, pilot, group=group, tokens={"member"}).event
    base = Event.objects.get().latest_revision_id
    version = Event.objects.get().get_latest_revision_as_object()
    change_event(actor=pilot, version=version, tokens=["public"], base=base)
    assert Event.objects.get().audience.tokens == {"public"}
    page = GroupPage.objects.filter(group=group).first()
    set_page_audience(actor=people[Role.COORDINATOR], page=page, tokens={"member"})
    edit = client_of(pilot).get(reverse("agenda:event_edit", args=[event.slug]))
    assert edit.context["form"]["audience"].value() == ["member"]


def test_one_keeps_a_draft_of_what_one_may_edit_alone(member, network, people, organisation):
    own = make_event(network, timing(), organisers=[organisation])
    other = make_event(network, timing())
    url = reverse("agenda:draft")
    assert member.post(url, {"event": other.slug, "title_fr": "Fête"}).status_code == 404
    assert member.post(url, {"event": own.slug, "title_fr": "Fête"}).status_code == 200
    assert [draft.event for draft in EventDraft.objects.all()] == [own]
