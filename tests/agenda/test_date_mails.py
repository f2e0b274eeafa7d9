"""Whoever proposed an event without an account is told what becomes of its dates."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from agenda.enums import DateState
from agenda.models import DateMail, EventDate, Proposal
from agenda.services.dates import change_date, restore_date
from agenda.services.proposals import confirm_proposal
from agenda.tasks import send_date_mail
from tests.agenda.making import again
from tests.agenda.posting import NEXT_YEAR, accept, send
from tests.people import Role
from tests.welcome.conftest import letter_to, link_in

pytestmark = pytest.mark.django_db
ADA = "ada@essai.example"
DAY = dt.date(NEXT_YEAR, 3, 4)


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def proposal(network, people) -> Proposal:
    """Of somebody without an account, accepted; nothing waits in their mail."""
    asked = send(network, None, email=ADA, other_organisers="Le Vivier", title_nl="Maaltijd")
    asked = accept(people[Role.MODERATOR], confirm_proposal(proposal=asked))
    Proposal.objects.update(mail="")
    mail.outbox.clear()
    return asked


def text_of(letter) -> str:
    body = letter.get_body(("plain",)).get_content()
    return body.replace("\xa0", " ").replace("\u202f", " ")


def date_of(proposal: Proposal) -> EventDate:
    return EventDate.objects.get(event=proposal.event_id, instead_of=None)


@pytest.fixture
def change(people, proposal, on_commit):
    """Decide for the only date, and give the letter that says so."""

    def decide(**words):
        mail.outbox.clear()
        with on_commit(execute=True):
            change_date(actor=people[Role.COORDINATOR], date=date_of(proposal), **words)
        assert len(mail.outbox) == 1
        return letter_to(ADA)

    return decide


def test_the_letter_says_which_date_and_what_becomes_of_it(proposal, change, people, on_commit):
    letter = change(state=DateState.CANCELLED, note_fr="Salle <fermée>")
    text = text_of(letter)
    assert proposal.reference in letter["Subject"]
    assert proposal.event.title in text
    assert f"4 mars {NEXT_YEAR}" in text
    assert "Annulée" in text
    assert "Salle <fermée>" in text
    assert link_in(letter, "/proposition/").endswith(proposal.follow_url)
    assert "Salle &lt;fermée&gt;" in letter.get_body(("html",)).get_content()
    new_day = DAY + dt.timedelta(days=1)
    text = text_of(change(state=DateState.MOVED, new_day=new_day, new_start_time=dt.time(9)))
    assert f"Reportée au {_weekday(new_day)} 5 mars {NEXT_YEAR}, à 9 h." in text
    assert f"5 mars {NEXT_YEAR}, puis annulée" in text_of(change(state=DateState.CANCELLED))
    with on_commit(execute=True):
        restore_date(actor=people[Role.COORDINATOR], date=date_of(proposal))
    assert "Elle a lieu comme prévu, de 10 h à 12 h." in text_of(letter_to(ADA))
    text = text_of(change(state=DateState.CHANGED, new_start_time=dt.time(11)))
    assert "Autres heures : à 11 h." in text


def _weekday(day: dt.date) -> str:
    return ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")[day.weekday()]


def test_it_comes_in_the_language_of_the_proposal(proposal, change):
    Proposal.objects.update(language="nl")
    text = text_of(change(state=DateState.CANCELLED, note_fr="Fermé", note_nl="Gesloten"))
    assert "Maaltijd" in text
    assert f"4 maart {NEXT_YEAR}" in text
    assert "Gesloten" in text
    assert "Fermé" not in text


def test_it_is_sent_once_and_says_what_holds_when_it_leaves(proposal, people):
    actor = people[Role.COORDINATOR]
    change_date(actor=actor, date=date_of(proposal), state=DateState.CANCELLED)
    first = DateMail.objects.get().pk
    words = {"state": DateState.PLANNED, "note_fr": "Au jardin"}
    change_date(actor=actor, date=date_of(proposal), **words)
    last = DateMail.objects.get().pk
    DateMail.objects.update(mail_claimed_at=timezone.now())
    send_date_mail.call(last)
    assert mail.outbox == []  # another job is sending it
    DateMail.objects.update(mail_claimed_at=timezone.now() - dt.timedelta(hours=1))
    for key in (first, last, last):
        send_date_mail.call(key)
    assert len(mail.outbox) == 1
    assert "Au jardin" in text_of(letter_to(ADA))
    assert not DateMail.objects.exists()


def test_two_dates_that_change_together_and_an_answer_that_waits_are_all_told(proposal, people):
    version = Proposal.objects.get().event
    more = [*version.timings.all()]
    more.append(type(more[0])(first=DAY + dt.timedelta(days=7), start_time=dt.time(10)))
    again(version, timings=more)
    Proposal.objects.update(mail="answer")
    for date in EventDate.objects.filter(event=proposal.event_id):
        change_date(actor=people[Role.COORDINATOR], date=date, state=DateState.CANCELLED)
    assert Proposal.objects.get().mail == "answer"
    for row in DateMail.objects.all():
        send_date_mail.call(row.pk)
    assert len(mail.outbox) == 2


def test_nobody_is_told_what_is_not_for_them(network, people, proposal):
    actor, words = people[Role.COORDINATOR], {"state": DateState.CANCELLED}
    change_date(actor=None, date=date_of(proposal), **words)  # through the private link
    assert not DateMail.objects.exists()
    change_date(actor=actor, date=date_of(proposal), **words)
    waiting = DateMail.objects.get().pk
    Proposal.objects.update(email="")  # forgotten meanwhile
    send_date_mail.call(waiting)
    assert (mail.outbox, DateMail.objects.count()) == ([], 0)
    for forgotten in ({"email": ""}, {"email": ADA, "confirmed_at": None}):
        Proposal.objects.update(**forgotten)
        change_date(actor=actor, date=date_of(proposal), **words)
    assert not DateMail.objects.exists()


def test_what_left_the_agenda_meanwhile_is_told_no_more(proposal, people):
    change_date(actor=people[Role.COORDINATOR], date=date_of(proposal), state=DateState.CANCELLED)
    waiting = DateMail.objects.get().pk
    proposal.event.refresh_from_db()
    proposal.event.unpublish()
    send_date_mail.call(waiting)
    assert (mail.outbox, DateMail.objects.count()) == ([], 0)
