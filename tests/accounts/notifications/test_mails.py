"""The mails that tell: at once, once a week, once a month, never twice."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from accounts import notifications
from accounts.enums import MailState, When
from accounts.models import NetworkMembership, Notification, User
from accounts.notifications import (
    Kind,
    choose,
    mark_read,
    notify,
)
from accounts.notifications.due import ask_what_is_due
from accounts.notifications.mails import compose_notifications, mail_soon, mail_weekly
from coordination.directory.models import OrganisationMembership
from coordination.directory.services.record import save_record, verify
from coordination.directory.services.reports import report_error
from groupes.models import GroupMembership, GroupPage
from tests.accounts.notifications.telling import later, send, share, told_to, words_for
from tests.core.test_mail import parsed, texts
from tests.people import PAST, Role


def test_a_burst_comes_in_one_mail_once_it_has_settled(people, organisation):
    report_error(actor=None, organisation=organisation, text="Fermé.")
    save_record(
        actor=people[Role.COORDINATOR], organisation=organisation, values={"phone": "02 123 45 67"}
    )
    assert mail_soon.func() == 0  # it has only just happened
    assert send(mail_soon) == 3
    (letter,) = [m for m in mail.outbox if m.to == [people[Role.REPRESENTATIVE].email]]
    text, html = texts(parsed(letter))
    for words in (text, html):
        assert "Une erreur est signalée sur la fiche" in words
        assert "La fiche de votre organisme a changé" in words
        assert "parce que vous pouvez corriger cette fiche" in words
    assert letter.subject == "2 avis pour vous"
    assert send(mail_soon) == 0
    assert len(mail.outbox) == 3


def test_one_notification_says_in_the_subject_what_it_is(people, organisation):
    report_error(actor=None, organisation=organisation, text="Fermé.")
    send(mail_soon)
    subjects = {m.subject.replace("\xa0", " ") for m in mail.outbox}
    assert subjects == {"Une erreur est signalée sur la fiche : Organisme A"}


def test_the_mail_is_in_the_readers_language(people, organisation):
    User.objects.filter(pk=people[Role.REPRESENTATIVE].pk).update(language="nl")
    report_error(actor=None, organisation=organisation, text="Fermé.")
    send(mail_soon)
    (letter,) = [m for m in mail.outbox if m.to == [people[Role.REPRESENTATIVE].email]]
    message = parsed(letter)
    text, html = texts(message)
    assert '<html lang="nl"' in html
    assert "/nl/gids/organisme-a/" in text
    assert "Une erreur" not in text + html


def test_what_was_read_on_the_site_is_not_mailed(people, organisation):
    report_error(actor=None, organisation=organisation, text="Fermé.")
    for role in (Role.REPRESENTATIVE, Role.COORDINATOR, Role.ADMINISTRATOR):
        mark_read(user=people[role])
    assert send(mail_soon) == 0


def test_weekly_waits_for_its_mail_and_never_comes_at_all(people, group):
    share(people, group)
    assert send(mail_soon) == 0  # by default once a week
    assert send(mail_weekly) == 1
    assert mail.outbox[0].subject.startswith("Une info est partagée dans votre groupe")
    choose(user=people[Role.PILOT], choices={"groupes.shared": When.NEVER})
    share(people, group, title="Autre")
    assert send(mail_weekly) == 0
    assert len(words_for(people[Role.PILOT])) == 2
    choose(user=people[Role.PILOT], choices={"groupes.shared": When.NOW})
    assert send(mail_soon) == 0  # what came meanwhile is on the site alone
    share(people, group, title="Encore")
    for when in (When.NEVER, When.NOW):  # what waited is not sent either
        choose(user=people[Role.PILOT], choices={"groupes.shared": when})
    assert send(mail_soon) == 0


def test_what_a_mail_told_is_in_no_later_one(people, group):
    for title in ("Colis du lundi", "Soupe du mardi"):
        share(people, group, title=title)
        assert send(mail_weekly) == 1
    text, _html = texts(parsed(mail.outbox[-1]))
    assert "Soupe du mardi" in text
    assert "Colis du lundi" not in text


def test_two_workers_send_one_mail(people, organisation, monkeypatch):
    report_error(actor=None, organisation=organisation, text="Fermé.")
    works, runs = EmailBackend.send_messages, []

    def meanwhile(self, messages):
        if not runs:
            runs.append("the other worker")
            mail_soon.func()
        return works(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", meanwhile)
    send(mail_soon)
    told = [letter.to[0] for letter in mail.outbox]
    assert len(told) == len(set(told)) == 3


@pytest.mark.parametrize("gone", ["left", "closed"])
def test_whoever_went_meanwhile_gets_no_mail(people, gone):
    notify("accounts.handover", about=people[Role.PILOT].pk, to=[people[Role.MEMBER]])
    if gone == "left":
        NetworkMembership.objects.filter(user=people[Role.MEMBER]).update(end=timezone.localdate())
    else:
        User.objects.filter(pk=people[Role.MEMBER].pk).update(is_active=False)
    assert send(mail_soon) == 0
    assert told_to(people[Role.MEMBER])[0].mail == MailState.NONE


def test_a_mail_server_that_fails_loses_nothing(people, organisation, monkeypatch):
    report_error(actor=None, organisation=organisation, text="Fermé.")
    works = EmailBackend.send_messages

    def fails(self, messages):
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(EmailBackend, "send_messages", fails)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(mail_soon)
    assert not Notification.objects.filter(mail=MailState.SENT).exists()
    monkeypatch.setattr(EmailBackend, "send_messages", works)
    assert send(mail_soon) == 3


def test_an_address_that_is_refused_does_not_hold_back_the_others(
    people, organisation, monkeypatch
):
    report_error(actor=None, organisation=organisation, text="Fermé.")
    works = EmailBackend.send_messages
    refused = people[Role.REPRESENTATIVE].email

    def picky(self, messages):
        if messages[0].to == [refused]:
            raise smtplib.SMTPRecipientsRefused({refused: (550, b"unknown")})
        return works(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", picky)
    assert send(mail_soon) == 2
    assert send(mail_soon) == 0


def test_a_mail_that_cannot_be_written_does_not_hold_back_the_others(
    people, organisation, monkeypatch
):
    def breaks(user, ids):
        raise RuntimeError

    kind = Kind(key="essai.broken", label="Essai", why="parce que", tell=breaks)
    monkeypatch.setitem(notifications._kinds, kind.key, kind)
    notify(kind.key, about=1, to=[people[Role.REPRESENTATIVE]])
    report_error(actor=None, organisation=organisation, text="Fermé.")
    assert send(mail_soon) == 2
    assert send(mail_soon) == 0


def test_a_run_mails_so_many_people_and_the_next_one_goes_on(people, organisation, monkeypatch):
    monkeypatch.setattr("accounts.notifications.mails.MAX_PEOPLE", 2)
    report_error(actor=None, organisation=organisation, text="Fermé.")
    assert [send(mail_soon) for _time in range(3)] == [2, 1, 0]


def test_what_a_dead_worker_claimed_is_sent_an_hour_later(people, organisation):
    report_error(actor=None, organisation=organisation, text="Fermé.")
    Notification.objects.update(mail=MailState.SENDING, mail_at=timezone.now())
    assert send(mail_soon) == 0
    with later(minutes=61):
        assert mail_soon.func() == 3


def test_a_hundred_people_cost_a_bounded_number_of_queries_when_nothing_is_due(
    people, group, django_assert_max_num_queries
):
    for number in range(100):
        user = User.objects.create_user(f"membre-{number}@essai.example")
        NetworkMembership.objects.create(user=user, site=group.site, start=PAST)
        GroupMembership.objects.create(user=user, group=group, start=PAST)
    share(people, group)
    with later(minutes=3), django_assert_max_num_queries(4):
        assert mail_soon.func() == 0


def test_a_long_list_is_cut_and_says_how_many_more(people, group):
    for number in range(35):
        share(people, group, title=f"Info {number}")
    pilot = User.objects.get(pk=people[Role.PILOT].pk)
    letter = compose_notifications(pilot, told_to(pilot), When.WEEKLY)
    text, _html = texts(parsed(letter))
    assert "et 5 autres" in text
    assert letter.subject.replace("\xa0", " ") == "Votre semaine : 35 avis"


# --- Once a month ---------------------------------------------------------------------------


def test_what_is_due_is_asked_once_a_month_in_one_mail(people, organisation, group):
    old = timezone.now() - dt.timedelta(days=400)
    GroupPage.objects.filter(group=group).update(last_published_at=old)
    seat = GroupMembership.objects.get(user=people[Role.PILOT])
    OrganisationMembership.objects.create(
        user=seat.user, organisation=organisation, role="representative", start=PAST
    )
    assert ask_what_is_due.func() == 2  # the representative, and the pilot who is one too
    assert send(mail_soon) == 2
    (letter,) = [m for m in mail.outbox if m.to == [people[Role.PILOT].email]]
    text, _html = texts(parsed(letter))
    assert "La fiche est-elle toujours exacte" in text
    assert "Une page n’a pas été relue depuis un an" in text
    with later(days=20):
        assert ask_what_is_due.func() == 0
    with later(days=29):
        assert ask_what_is_due.func() == 2
    assert send(mail_soon) == 0  # asked in four weeks, not before
    with later(days=29, minutes=5):
        assert mail_soon.func() == 2


def test_what_was_confirmed_meanwhile_is_not_asked(people, organisation):
    ask_what_is_due.func()
    verify(actor=people[Role.REPRESENTATIVE], organisation=organisation)
    assert send(mail_soon) == 0
