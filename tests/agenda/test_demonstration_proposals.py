"""The moderators' queue of the demonstration: a case of each kind, all of them imaginary."""

import datetime as dt

import pytest
from django.core import mail
from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import ModelLogEntry, Revision, TaskState, WorkflowState

from accounts.enums import MailState
from accounts.models import Notification, User
from agenda.enums import ProposalMail, ProposalState
from agenda.models import Decision, Event, EventDate, EventMessage, EventReport, Proposal
from agenda.selectors.moderation import Queue, look_alikes
from core.desk import waiting_for
from core.models import DemonstrationItem
from home.demonstration.loader import load, remove
from home.demonstration.source import read
from tests.conftest import client_of, run_commit_hooks

ROWS = read("proposals")["events"]
QUEUE = "/gestion/agenda/a-moderer/"
SOUP, TALK = "Exemple : atelier soupe", "Exemple : table de conversation"
MEAL, SAME_MEAL = "Exemple : repas de quartier", "Exemple : repas du quartier"


@pytest.fixture(scope="module")
def demonstration(shared_database):
    cache.clear()
    report = load(host="testserver", port=80)
    run_commit_hooks()
    return report


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@maillage-demo.example")


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def page(name: str, path: str) -> str:
    browser = client_of(person(name) if name else None)
    response = browser.get(path)
    assert response.status_code == 200, path
    return plain(response.content.decode())


def dossier(title: str) -> Proposal:
    return next(one for one in Proposal.objects.all() if plain(one.event.title_fr) == title)


def titles(queue: Queue) -> list[str]:
    return [plain(str(row["proposal"].event)) for row in queue.rows]


def test_each_sees_the_queue_of_what_they_moderate_the_oldest_first(demonstration, db):
    assert titles(Queue(person("moderation"), None)) == [TALK, MEAL, SAME_MEAL]
    assert titles(Queue(person("coordination"), None)) == [TALK, SOUP, MEAL, SAME_MEAL]
    assert titles(Queue(person("pilote.aide.alimentaire"), None)) == [SOUP]
    assert titles(Queue(person("pilote.seniors"), None)) == []
    text = page("moderation", QUEUE)
    assert "La Maison d’exemple" in text
    assert "3 jours" in text
    assert "changement d’un événement publié" in text


def test_the_counters_of_the_queue_say_something(demonstration, db):
    counters = Queue(person("moderation"), None).counters
    month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    recent = Decision.objects.filter(at__gte=month)
    assert counters.waiting == 3
    assert counters.decided == recent.count() >= 1
    assert counters.spent >= dt.timedelta(minutes=3)
    assert sorted(Decision.objects.values_list("waited", flat=True)) == [
        days * 24 * 3600 for days in (1, 2, 3)
    ]


def test_one_event_of_each_state_is_there(demonstration, db):
    states = sorted(Proposal.objects.values_list("state", flat=True))
    assert states == ["changes", "refused", *["waiting"] * 4]
    refused = Proposal.objects.get(state=ProposalState.REFUSED)
    sides = refused.event.messages.values_list("side", flat=True)
    assert list(sides) == ["moderators", "author"]
    assert "publicité" in page("moderation", refused.url)
    assert [one.event for one in Queue(person("moderation"), None).reports] == [dossier(TALK).event]
    said = {str(one.title) for one in waiting_for(person("membre"))}
    assert "Votre événement est à revoir" in said


def test_what_looks_alike_is_shown_and_nothing_else(demonstration, db):
    moderator = person("moderation")
    for language in ("fr", "nl"):
        with override(language):
            for proposal in Proposal.objects.waiting():
                found = {one.pk for one in look_alikes(proposal.version, moderator)}
                pair = {dossier(MEAL).event_id, dossier(SAME_MEAL).event_id}
                expected = pair - {proposal.event_id} if proposal.event_id in pair else set()
                assert found == expected, (language, proposal.event)
    assert "Déjà dans l’agenda, peut-être" in page("moderation", dossier(MEAL).url)


def test_the_correction_shows_other_hours_and_a_price(demonstration, db):
    text = page("moderation", dossier(TALK).url)
    assert "<del>tous les mardis de 14 h à 16 h</del>" in text
    assert "<ins>tous les mardis de 13 h 30 à 15 h 30</ins>" in text
    assert "<del>gratuit</del>" in text
    assert "<ins>payant</ins>" in text


def test_the_public_reads_only_the_accepted_one_and_that_it_is_an_example(demonstration, db):
    public = Event.objects.visible_to(None).filter(proposal__isnull=False)
    assert [plain(event.title_fr) for event in public] == [TALK]
    event = public.get()
    assert (event.price, event.timings.get().start_time) == ("free", dt.time(14))
    text = page("", event.url)
    assert TALK in text
    assert "inventé pour la démonstration" in text
    assert "verzonnen" in page("", f"/nl{event.url}".replace("evenement", "activiteit")).lower()
    listed = page("", "/agenda/?q=exemple")
    assert TALK in listed
    assert MEAL not in listed


def test_all_are_imaginary_in_both_languages_and_still_to_come(demonstration, db):
    assert len(ROWS) == Proposal.objects.count() == 6
    for proposal in Proposal.objects.all():
        event = proposal.event
        assert event.title_fr.startswith("Exemple")
        assert event.title_nl.startswith("Voorbeeld")
        assert "inventé" in event.description_fr
        assert not event.organisings.exists()
        assert event.other_organisers == "La Maison d’exemple"
        for name in event.bilingual:
            pair = [getattr(event, f"{name}_{code}") for code in ("fr", "nl")]
            assert all(pair) or not any(pair), (event, name)
        days = (event.timings.get().first - timezone.localdate()).days
        assert 0 < days <= 28, event
    assert any("imaginaires" in line for line in demonstration.lines)


def test_days_are_set_back_and_nothing_asks_for_a_mail(demonstration, db):
    for row in ROWS:
        proposal = Proposal.objects.get(once=f"demonstration-{row['key']}")
        sent = row.get("correction", row)["days_ago"]
        assert (timezone.now() - proposal.sent_at).days == sent
        assert (timezone.now() - proposal.created_at).days == row["days_ago"]
        assert proposal.mail == ProposalMail.NONE
    assert not Notification.objects.filter(
        Q(kind__startswith="agenda."), mail=MailState.WAITING
    ).exists()
    assert not [one for one in mail.outbox if "voisinage@" in str(one.to)]


def of_events():
    return Revision.objects.filter(content_type__model="event")


def everything() -> dict:
    models = (Event, EventDate, Proposal, Decision, EventMessage, EventReport)
    models += (WorkflowState, TaskState, DemonstrationItem, ModelLogEntry, Notification)
    found = {model: set(model.objects.values_list("pk", flat=True)) for model in models}
    found["revisions"] = set(of_events().values_list("pk", flat=True))
    return found | {"states": set(Proposal.objects.values_list("pk", "state", "sent_at"))}


def test_loading_again_changes_nothing(demonstration, db):
    before = everything()
    load(host="testserver", port=80)
    assert everything() == before


def test_what_people_have_done_stays(demonstration, db):
    Event.objects.filter(pk=dossier(MEAL).event_id).update(title_fr="Exemple changé")
    Proposal.objects.filter(event__title_fr="Exemple changé").update(state="withdrawn")
    dossier(TALK).delete()
    load(host="testserver", port=80)
    assert Event.objects.get(title_fr="Exemple changé").proposal.state == "withdrawn"
    assert Proposal.objects.count() == len(ROWS) - 1


def test_taking_it_out_leaves_nothing(demonstration, db):
    remove()
    for model in (Event, Proposal, Decision, EventMessage, EventReport, Notification):
        assert not model.objects.exists(), model
    for model in (WorkflowState, TaskState, DemonstrationItem):
        assert not model.objects.exists(), model
    assert not of_events().exists()
    assert not ModelLogEntry.objects.filter(content_type__model="event").exists()
