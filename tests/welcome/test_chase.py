"""Invitations that nobody answers: seven, twenty-one, sixty days."""

import datetime as dt
from contextlib import contextmanager

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from accounts.models import NetworkMembership, Notification
from coordination.welcome.chase import CHASE, chase_invitations
from coordination.welcome.links import invitation_path
from coordination.welcome.models import Invitation
from coordination.welcome.services.invitations import invite
from core.jobs import periodic_jobs
from tests.core.test_mail import texts
from tests.people import Role
from tests.welcome.conftest import ACCEPTS, letter_to, link_in

pytestmark = pytest.mark.django_db
ADDRESS = "ada@essai.example"
FIRST = dt.datetime(2026, 3, 2, 15, 0, tzinfo=dt.UTC)  # in the afternoon of a Monday


@contextmanager
def day(number: int):
    """The morning of a day, at the hour of the job."""
    morning = FIRST.replace(hour=5, minute=30) + dt.timedelta(days=number)
    with time_machine.travel(morning, tick=False):
        yield


@pytest.fixture
def invitation(network, people, organisation, on_commit) -> Invitation:
    with time_machine.travel(FIRST, tick=False), on_commit(execute=True):
        found, _new = invite(
            actor=people[Role.REPRESENTATIVE],
            site=network.site,
            address=ADDRESS,
            organisation=organisation,
        )
    mail.outbox.clear()
    return found


def run(number: int) -> dict:
    """What a morning's run leaves: mails since the start, who was told, whether it is there."""
    with day(number):
        chase_invitations.call()
    told = Notification.objects.filter(kind="welcome.unanswered")
    return {
        "mails": len(mail.outbox),
        "told": [row.user.email for row in told.select_related("user")],
        "there": Invitation.objects.exists(),
    }


def test_each_morning_does_what_is_due_and_nothing_twice(people, invitation):
    inviter = people[Role.REPRESENTATIVE].email
    for number in range(1, 65):
        after = run(number)
        assert after == run(number)  # the same morning, once more
        assert after == {
            "mails": 1 if number >= 7 else 0,
            "told": [inviter] if number >= 21 else [],
            "there": number < 60,
        }, number


def test_a_job_that_runs_late_does_each_thing_once(people, invitation):
    assert run(25) == {
        "mails": 1,
        "told": [people[Role.REPRESENTATIVE].email],
        "there": True,
    }
    assert run(26) == run(25)
    assert not run(70)["there"]


def test_what_goes_today_is_not_reminded_any_more(invitation):
    assert run(61) == {"mails": 0, "told": [], "there": False}


def test_the_reminder_carries_a_fresh_link_and_says_it_is_the_only_one(client, invitation):
    with day(7):
        chase_invitations.call()
    message = letter_to(ADDRESS)
    assert message["Subject"].startswith("Rappel")
    assert "le seul rappel" in texts(message)[0]
    link = link_in(message, "/invitation/")
    with day(36):
        assert client.post(link, ACCEPTS).status_code == 302
    with day(40):
        chase_invitations.call()
    assert Invitation.objects.get().state == "accepted"


def test_stopped_anywhere_and_run_again_nothing_is_lost_nor_twice(invitation, monkeypatch):
    """Killed after each write of the day in turn."""
    saves = Invitation.save

    class Killed(BaseException):
        pass

    def save_and_die(self, *args, **kwargs):
        saves(self, *args, **kwargs)
        raise Killed

    monkeypatch.setattr(Invitation, "save", save_and_die)
    with pytest.raises(Killed):
        run(22)
    monkeypatch.undo()
    after = run(22)
    assert (after["mails"], len(after["told"])) == (1, 1)


def test_two_workers_on_one_morning_remind_once(
    network, people, invitation, on_commit, monkeypatch
):
    with time_machine.travel(FIRST, tick=False), on_commit(execute=True):
        invite(actor=people[Role.COORDINATOR], site=network.site, address="b@essai.example")
    mail.outbox.clear()
    saves, runs = Invitation.save, []

    def meanwhile(self, *args, **kwargs):
        saves(self, *args, **kwargs)
        if not runs:
            runs.append("the other worker")
            chase_invitations.call()

    monkeypatch.setattr(Invitation, "save", meanwhile)
    run(7)
    assert sorted(letter.to[0] for letter in mail.outbox) == [ADDRESS, "b@essai.example"]


class FailingBackend(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("down")


def test_a_mail_server_that_is_down_is_tried_again_the_next_morning(invitation, settings):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.welcome.test_chase.FailingBackend"
    assert run(7)["mails"] == 0
    settings.EMAIL_BACKEND = working
    assert run(8)["mails"] == 1
    assert run(9)["mails"] == 1


def test_the_coordination_hears_of_what_a_former_representative_invited(people, invitation):
    NetworkMembership.objects.filter(user=people[Role.REPRESENTATIVE]).update(end=FIRST.date())
    after = run(22)
    assert after["mails"] == 0
    assert Invitation.objects.get().reminded_at is None
    assert set(after["told"]) == {
        people[Role.COORDINATOR].email,
        people[Role.ADMINISTRATOR].email,
    }


def test_an_answer_settles_what_was_to_be_told(client, invitation):
    run(22)
    with day(23):
        client.post(invitation_path(invitation), ACCEPTS)
    assert Notification.objects.get(kind="welcome.unanswered").read_at is not None


def test_it_is_a_daily_job():
    assert CHASE in periodic_jobs()
    assert (CHASE.at, CHASE.every) == (dt.time(6, 30), None)
