"""The moderators' screens in the admin."""

import datetime as dt

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, WorkflowState

from accounts.models import User
from agenda.enums import ProposalState
from agenda.forms.moderation import SALT
from agenda.models import Decision, Event, TrustedOrganisation
from agenda.selectors.moderation import look_alikes
from agenda.services.proposals import (
    Poster,
    change_event,
    propose_event,
    withdraw_proposal,
)
from coordination.directory.models import Organisation, Place
from core.desk import waiting_for
from groupes.models import WorkingGroup
from tests.agenda.making import make_event, timing
from tests.agenda.posting import accept, new_event, send, version_of
from tests.conftest import client_of
from tests.people import Role
from tests.welcome.conftest import letter_to, link_in
from tests.world import png

pytestmark = pytest.mark.django_db
QUEUE = "/gestion/agenda/a-moderer/"


@pytest.fixture
def organisation(people) -> Organisation:
    return Organisation.objects.get(slug="organisme-a")


@pytest.fixture
def group(people) -> WorkingGroup:
    return WorkingGroup.objects.get(slug="groupe-a")


@pytest.fixture
def proposal(network, people, organisation):
    return send(
        network, people[Role.REPRESENTATIVE], organisers=[organisation], title_nl="Buurtmaal"
    )


@pytest.fixture
def moderator(people):
    return client_of(people[Role.MODERATOR])


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def decide(browser, proposal, decision: str, answer: str = "", **changes):
    data = {
        "decision": decision,
        "answer": answer,
        "revision": proposal.revision_id,
        "opened": signing.dumps(timezone.now().timestamp() - 15, salt=SALT),
        **changes,
    }
    return browser.post(proposal.url, data)


def test_the_queue_says_what_waits_since_when_and_how_long_it_takes(moderator, people, proposal):
    page = text_of(moderator.get(QUEUE))
    assert str(proposal.event) in page
    assert "Organisme A" in page
    decide(moderator, proposal, "accept")
    decision = Decision.objects.get()
    assert 14 <= decision.spent <= 16
    page = text_of(moderator.get(QUEUE))
    assert str(proposal.event) not in page
    assert "Rien n’attend votre relecture" in page


def test_one_screen_publishes_in_one_click(moderator, proposal):
    page = text_of(moderator.get(proposal.url))
    assert "Buurtmaal" in page
    assert "Place d’Exemple 1" in page
    assert decide(moderator, proposal, "accept")["Location"] == QUEUE
    assert Event.objects.get(pk=proposal.event_id).live
    assert ModelLogEntry.objects.filter(action="agenda.accepted").count() == 1


def test_a_refusal_needs_a_word_and_loses_nothing(moderator, proposal):
    refused = decide(moderator, proposal, "refuse")
    assert refused.status_code == 422
    assert "Un refus s’explique" in text_of(refused)
    decide(moderator, proposal, "refuse", "C’est une publicité.")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.REFUSED
    again = decide(moderator, proposal, "accept")
    assert again.status_code == 422
    assert "C’est déjà décidé" in text_of(again)


def test_a_change_is_shown_field_by_field(moderator, people, proposal, organisation):
    accept(people[Role.MODERATOR], proposal)
    change_event(
        actor=people[Role.REPRESENTATIVE],
        version=version_of(proposal, address="Rue Neuve 2"),
        tokens=["public"],
        base=Event.objects.get().latest_revision_id,
    )
    page = text_of(moderator.get(proposal.url))
    assert "<del>Place d’Exemple 1</del>" in page
    assert "<ins>Rue Neuve 2</ins>" in page
    assert "Buurtmaal</ins>" not in page


def test_who_is_to_see_it_is_told_to_whoever_decides(moderator, people, proposal, organisation):
    accept(people[Role.MODERATOR], proposal)
    for _time in range(2):
        for tokens in (["member"], ["public"]):
            change_event(
                actor=people[Role.REPRESENTATIVE],
                version=version_of(proposal),
                tokens=tokens,
                base=Event.objects.get().latest_revision_id,
            )
        # Fewer people at once; more, only when it is accepted.
        assert Event.objects.get().audience.tokens == {"member"}
        page = text_of(moderator.get(proposal.url))
        assert "<del>Membres</del>" in page
        assert "<ins>Tout le monde</ins>" in page
        proposal.refresh_from_db()
        accept(people[Role.MODERATOR], proposal)
        assert Event.objects.get().audience.tokens == {"public"}


def test_what_is_refused_is_over(moderator, people, proposal):
    decide(moderator, proposal, "refuse", "C’est une publicité.")
    assert not WorkflowState.objects.active().exists()
    with pytest.raises(ValidationError):
        withdraw_proposal(actor=people[Role.REPRESENTATIVE], proposal=proposal)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.REFUSED


def test_the_page_and_the_poster_are_seen_before_publication(moderator, network, people):
    poster = Poster(SimpleUploadedFile("affiche.png", png(), "image/png"), is_image=True)
    sent = propose_event(
        actor=people[Role.MEMBER],
        event=new_event(network),
        tokens=["public"],
        once="poster",
        language="fr",
        poster=poster,
    )
    preview = moderator.get(reverse("agenda_moderation_preview", args=[sent.pk]))
    assert str(sent.event) in text_of(preview)
    url = reverse("agenda_moderation_poster", args=[sent.pk])
    answer = moderator.get(url)
    assert answer["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert client_of(people[Role.PILOT]).get(url).status_code == 404


def test_look_alikes_are_shown(network, people, organisation):
    place = Place.objects.create(slug="l", name_fr="Le Canvas")
    first = send(network, people[Role.COORDINATOR], place=place)
    Event.objects.filter(pk=first.event_id).update(title_fr="Repas de quartier d’Exemple")
    other = send(network, people[Role.COORDINATOR])
    moderator = people[Role.MODERATOR]
    same_title = new_event(network)
    same_title.title_fr = "Repas du quartier d’exemple"
    assert look_alikes(same_title, moderator) == [first.event]
    same_place = new_event(network, place=place)
    same_place.title_fr = "Autre chose"
    assert look_alikes(same_place, moderator) == [first.event]
    assert other.event not in look_alikes(same_place, moderator)


def test_what_is_out_of_reach_is_neither_listed_nor_alike(network, people, group):
    hidden = send(network, people[Role.GROUP_MEMBER], group=group, tokens={f"group:{group.pk}"})
    browser = client_of(people[Role.MODERATOR])
    assert str(hidden.event) not in text_of(browser.get(QUEUE))
    assert browser.get(hidden.url).status_code == 404
    assert decide(browser, hidden, "accept").status_code == 404
    same = new_event(network)
    same.title_fr = hidden.event.title_fr
    assert look_alikes(same, people[Role.MODERATOR]) == []
    pilot = client_of(people[Role.PILOT])
    assert str(hidden.event) in text_of(pilot.get(QUEUE))


def test_author_and_moderator_write_to_each_other(
    network, people, moderator, client, django_capture_on_commit_callbacks
):
    proposal = send(network, None, email="ada@essai.example", other_organisers="Le Vivier")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(proposal.follow_url, {"confirm": "1"})
    with django_capture_on_commit_callbacks(execute=True):
        moderator.post(proposal.url, {"write": "1", "text": "À quelle <heure> ?"})
    letter = letter_to("ada@essai.example")
    assert "À quelle <heure> ?" in letter.get_body(("plain",)).get_content().replace("\xa0", " ")
    link = link_in(letter, "/proposition/")
    client.post(link, {"write": "1", "text": "À dix heures."})
    assert "À dix heures." in text_of(moderator.get(proposal.url))


def test_any_published_event_can_be_featured_from_its_page(network, moderator, people):
    event = make_event(network, timing(timezone.localdate()))
    address = reverse("agenda:feature", args=[event.slug])
    assert address in moderator.get(event.url).content.decode()
    until = timezone.localdate() + dt.timedelta(days=3)
    assert moderator.post(address, {"until": until.isoformat()}).url == event.url
    assert Event.objects.get().featured_until == until
    refused = moderator.post(address, {"until": "2001-01-01"})
    assert refused.status_code == 422
    assert "2001-01-01" in refused.content.decode()
    moderator.post(address, {"until": ""})
    assert Event.objects.get().featured_until is None
    assert address not in client_of(people[Role.REPRESENTATIVE]).get(event.url).content.decode()


def test_what_waits_stands_on_the_desk(people, proposal):
    desk = waiting_for(User.objects.get(pk=people[Role.MODERATOR].pk))
    assert [item.url for item in desk] == [proposal.url]
    assert waiting_for(User.objects.get(pk=people[Role.MEMBER].pk)) == []


def test_the_coordination_trusts_an_organisation_in_the_admin(people, organisation):
    browser = client_of(people[Role.COORDINATOR])
    url = reverse("trustedorganisation:add")
    assert browser.get(url).status_code == 200
    browser.post(url, {"organisation": organisation.pk})
    assert TrustedOrganisation.objects.get().organisation == organisation


def test_wagtails_own_lists_show_nothing_of_it(people, proposal):
    browser = client_of(people[Role.COORDINATOR])
    title = str(proposal.event)
    home = text_of(browser.get("/gestion/"))
    assert home.count(title) == 1  # on our desk
    for name in ("workflow", "workflow_tasks"):
        assert browser.get(reverse(f"wagtailadmin_reports:{name}")).status_code == 200
    author = client_of(people[Role.PILOT])
    assert title not in text_of(author.get("/gestion/"))


def test_the_queue_costs_the_same_with_many(
    network, people, organisation, moderator, django_assert_max_num_queries
):
    for _number in range(25):
        send(network, people[Role.REPRESENTATIVE], organisers=[organisation])
    moderator.get(QUEUE)
    with django_assert_max_num_queries(30):
        moderator.get(QUEUE)


def test_odd_answers_get_an_answer(moderator, proposal):
    for changes in (
        {"revision": "x"},
        {"revision": "9" * 40},
        {"opened": "x"},
        {"answer": "mot " * 5000},
        {"answer": "\x00"},
    ):
        status = decide(moderator, proposal, "refuse", **changes).status_code
        assert status in {302, 422}, changes
    assert moderator.post(proposal.url, {"decision": "x"}).status_code == 422
    assert moderator.post(proposal.url, {}).status_code == 200
