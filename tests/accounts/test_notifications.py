"""Being told: who, what of it, when, and how to stop."""

import datetime as dt
import re
import smtplib

import pytest
import time_machine
from django.core import mail, signing
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Site

from accounts import notifications
from accounts.enums import MailState, When
from accounts.models import NetworkMembership, Notification, NotificationChoice, User
from accounts.notifications import (
    Kind,
    choose,
    kind_named,
    kinds_for,
    mark_read,
    notify,
    tell,
    withdraw,
)
from accounts.notifications.due import ask_what_is_due
from accounts.notifications.links import SALT, choices_link, read_link, stop_link
from accounts.notifications.mails import compose_notifications, mail_soon, mail_weekly
from coordination.directory.models import Organisation, OrganisationMembership
from coordination.directory.services.record import save_record, verify
from coordination.directory.services.reports import answer_report, report_error
from core.models import Audience
from core.services.audience import set_page_audience
from groupes.enums import GroupRole, Joining, Scope
from groupes.models import GroupMembership, GroupPage, Mandate, SharedItem, WorkingGroup
from groupes.services import joining, sharing
from groupes.tasks import tell_ending_mandates
from home.models import ContactMessage
from tests.conftest import client_of
from tests.core.test_mail import parsed, texts
from tests.people import PAST, Role, make_organisation

NOON = dt.datetime(2026, 11, 25, 11, 0, tzinfo=dt.UTC)  # a Wednesday


@pytest.fixture
def group(people) -> WorkingGroup:
    return WorkingGroup.objects.get(slug="groupe-a")


@pytest.fixture
def organisation(people) -> Organisation:
    return Organisation.objects.get(slug="organisme-a")


def told_to(user, kind: str = "") -> list[Notification]:
    rows = Notification.objects.filter(user=user)
    return list(rows.filter(kind=kind) if kind else rows)


def words_for(user) -> list[str]:
    """What somebody reads in their list today."""
    fresh = User.objects.get(pk=user.pk)
    rows = list(Notification.objects.filter(user=fresh))
    return [f"{told.title} {told.detail}" for _row, told in tell(fresh, rows)]


def later(**delta):
    return time_machine.travel(timezone.now() + dt.timedelta(**delta), tick=False)


def send(work) -> int:
    """Run one of the mailing jobs as the worker does, once what happened has settled."""
    with later(minutes=3):
        return work.func()


def share(people, group, title="Colis du lundi", scope=Scope.GROUP, by=Role.GROUP_MEMBER):
    return sharing.share_item(
        actor=people[by], group=group, title=title, scope=scope, text="Bref texte."
    )


# --- Who is told ----------------------------------------------------------------------------


def test_a_request_is_told_to_the_pilots_and_settled_by_the_answer(people, group):
    request = joining.ask_to_join(actor=people[Role.MEMBER], group=group)
    assert words_for(people[Role.PILOT]) == [
        "Une demande de participation attend votre réponse un membre du réseau, Groupe A"
    ]
    assert told_to(people[Role.GROUP_MEMBER]) == []
    joining.accept_request(actor=people[Role.PILOT], request=request)
    (row,) = told_to(people[Role.PILOT], "groupes.request")
    assert row.read_at is not None
    assert row.mail == MailState.NONE
    assert words_for(people[Role.MEMBER]) == [
        "Votre demande de participation est acceptée Groupe A"
    ]


def test_whoever_joins_an_open_group_is_told_of_to_its_pilots(people, group):
    WorkingGroup.objects.filter(pk=group.pk).update(joining=Joining.OPEN)
    joining.ask_to_join(actor=people[Role.MEMBER], group=group)
    assert words_for(people[Role.PILOT]) == [
        "Une personne a rejoint le groupe un membre du réseau, Groupe A"
    ]


def test_a_shared_item_is_told_to_the_group_and_never_to_its_author(people, group):
    share(people, group)
    assert words_for(people[Role.PILOT]) == [
        "Une info est partagée dans votre groupe Colis du lundi, Groupe A"
    ]
    assert told_to(people[Role.GROUP_MEMBER]) == []
    assert told_to(people[Role.MEMBER]) == []
    assert told_to(people[Role.COORDINATOR]) == []
    GroupMembership.objects.filter(user=people[Role.GROUP_MEMBER]).update(end=timezone.localdate())
    share(people, group, by=Role.PILOT)
    assert told_to(people[Role.GROUP_MEMBER]) == []


def test_what_is_to_be_public_is_told_to_pilots_and_the_answer_to_its_author(people, group):
    item = share(people, group, scope=Scope.PUBLIC)
    assert [row.kind for row in told_to(people[Role.PILOT])] == ["groupes.to_accept"]
    sharing.accept_item(actor=people[Role.PILOT], item=item)
    assert all(row.read_at for row in told_to(people[Role.PILOT], "groupes.to_accept"))
    assert words_for(people[Role.GROUP_MEMBER]) == [
        "Votre info a reçu une réponse Colis du lundi, Groupe A"
    ]


def test_a_reported_error_is_told_to_representatives_and_oversight(people, organisation):
    report = report_error(actor=people[Role.MEMBER], organisation=organisation, text="Fermé.")
    for role in (Role.REPRESENTATIVE, Role.COORDINATOR, Role.ADMINISTRATOR):
        assert words_for(people[role]) == ["Une erreur est signalée sur la fiche Organisme A"], role
    for role in (Role.MEMBER, Role.PILOT, Role.FORMER, Role.WAITING):
        assert told_to(people[role]) == [], role
    answer_report(
        actor=people[Role.REPRESENTATIVE], report=report, state="corrected", answer="Merci"
    )
    assert words_for(people[Role.MEMBER]) == [
        "L’erreur que vous avez signalée est examinée Organisme A"
    ]
    assert all(row.read_at for row in told_to(people[Role.COORDINATOR]))
    notify("directory.answer", about=report.pk, to=[people[Role.PILOT]])
    assert words_for(people[Role.PILOT]) == []  # the answer is the reporter's


def test_a_change_by_somebody_else_is_told_to_the_representatives(people, organisation):
    save_record(
        actor=people[Role.COORDINATOR], organisation=organisation, values={"phone": "02 123 45 67"}
    )
    assert words_for(people[Role.REPRESENTATIVE]) == [
        "La fiche de votre organisme a changé Organisme A"
    ]
    save_record(
        actor=people[Role.REPRESENTATIVE],
        organisation=organisation,
        values={"phone": "02 123 45 68"},
    )
    assert len(told_to(people[Role.REPRESENTATIVE])) == 1
    assert told_to(people[Role.COORDINATOR]) == []


def test_ten_changes_of_one_thing_are_one_line_until_it_is_read(people, organisation):
    for number in range(10):
        save_record(
            actor=people[Role.COORDINATOR],
            organisation=organisation,
            values={"phone": f"02 123 45 6{number}"},
        )
    representative = people[Role.REPRESENTATIVE]
    assert len(told_to(representative)) == 1
    mark_read(user=representative)
    save_record(
        actor=people[Role.COORDINATOR], organisation=organisation, values={"phone": "02 999 99 99"}
    )
    assert len(told_to(representative)) == 2


def test_a_mandate_that_ends_is_told_once(people, group):
    today = timezone.localdate()
    Mandate.objects.create(
        group=group, start=today - dt.timedelta(days=700), end=today + dt.timedelta(days=100)
    )
    assert tell_ending_mandates.func() == 3  # the pilot, the coordinator, the administrator
    mark_read(user=people[Role.PILOT])
    assert tell_ending_mandates.func() == 0
    assert words_for(people[Role.COORDINATOR]) == ["Un mandat prend fin dans les six mois Groupe A"]


def test_whoever_left_or_waits_is_told_nothing(people, group):
    everybody = list(filter(None, people.values()))
    assert notify("groupes.shared", about=1, to=everybody) == 8
    User.objects.filter(pk=people[Role.MEMBER].pk).update(is_active=False)
    assert notify("groupes.shared", about=2, to=everybody) == 7
    assert told_to(people[Role.FORMER]) == []
    assert told_to(people[Role.WAITING]) == []


# --- Nothing that a person may no longer read ---------------------------------------------------


def test_what_a_person_may_no_longer_read_is_in_no_list_and_no_mail(people, group):
    item = share(people, group)
    GroupMembership.objects.filter(user=people[Role.PILOT]).update(end=timezone.localdate())
    assert words_for(people[Role.PILOT]) == []
    choose(user=people[Role.PILOT], choices={"groupes.shared": When.NOW})
    assert send(mail_soon) == 0
    assert mail.outbox == []
    (row,) = told_to(people[Role.PILOT])
    assert row.about == item.pk
    assert row.mail == MailState.NONE


def test_a_withdrawn_item_is_told_of_to_nobody(people, group):
    item = share(people, group)
    sharing.withdraw_item(actor=people[Role.GROUP_MEMBER], item=item)
    assert words_for(people[Role.PILOT]) == []


def test_a_group_that_closes_takes_its_words_with_it(people, group, network):
    share(people, group, scope=Scope.MEMBERS)
    page = GroupPage.objects.get(group=group, locale__language_code="fr")
    set_page_audience(actor=people[Role.COORDINATOR], page=page, tokens=())
    assert words_for(people[Role.PILOT]) == []


def test_an_archived_record_is_told_of_to_nobody(people, organisation):
    report_error(actor=None, organisation=organisation, text="Fermé.")
    Organisation.objects.filter(pk=organisation.pk).update(archived_at=timezone.now())
    assert words_for(people[Role.REPRESENTATIVE]) == []


def test_a_representative_who_stops_no_longer_reads_reports(people, organisation):
    report_error(actor=None, organisation=organisation, text="Fermé.")
    OrganisationMembership.objects.filter(user=people[Role.REPRESENTATIVE]).update(role="worker")
    assert words_for(people[Role.REPRESENTATIVE]) == []


OVERSIGHT = {Role.COORDINATOR, Role.ADMINISTRATOR}
KEEPERS = OVERSIGHT | {Role.REPRESENTATIVE}
PILOTS = OVERSIGHT | {Role.PILOT}


def readers(people, kind: str, about: int) -> set[Role]:
    """Who would read a notification of this kind, were everybody told."""
    fresh = {role: User.objects.get(pk=user.pk) for role, user in people.items() if user}
    return {role for role, user in fresh.items() if kind_named(kind).tell(user, [about])}


def test_what_is_told_of_a_record_reaches_its_keepers_alone(people, organisation):
    report = report_error(actor=people[Role.MEMBER], organisation=organisation, text="Fermé.")
    assert readers(people, "directory.report", report.pk) == KEEPERS
    for kind in ("directory.change", "directory.due"):
        assert readers(people, kind, organisation.pk) == KEEPERS
    words = {
        role: kind_named("directory.due").tell(
            User.objects.get(pk=people[role].pk), [organisation.pk]
        )
        for role in KEEPERS
    }
    without_password = {role for role in KEEPERS if words[role][organisation.pk].mail_url}
    assert without_password == {Role.REPRESENTATIVE}
    Organisation.objects.filter(pk=organisation.pk).update(verified_at=timezone.now())
    assert readers(people, "directory.due", organisation.pk) == set()
    assert readers(people, "directory.answer", report.pk) == set()
    answer_report(
        actor=people[Role.REPRESENTATIVE], report=report, state="corrected", answer="Merci"
    )
    assert readers(people, "directory.answer", report.pk) == {Role.MEMBER}
    organisation.audience = Audience.objects.for_tokens(set())
    organisation.save()
    assert readers(people, "directory.answer", report.pk) == set()
    assert readers(people, "directory.change", organisation.pk) == OVERSIGHT


def test_what_is_told_of_a_group_reaches_its_people_alone(people, group, network):
    request = joining.ask_to_join(actor=people[Role.MEMBER], group=group)
    assert readers(people, "groupes.request", request.pk) == PILOTS
    assert readers(people, "groupes.answer", request.pk) == set()
    joining.refuse_request(actor=people[Role.PILOT], request=request, answer="Complet.")
    assert readers(people, "groupes.request", request.pk) == set()
    assert readers(people, "groupes.answer", request.pk) == {Role.MEMBER}
    for scope in (Scope.GROUP, Scope.MEMBERS):
        item = share(people, group, scope=scope)
        assert readers(people, "groupes.shared", item.pk) == PILOTS | {Role.GROUP_MEMBER}
        assert readers(people, "groupes.decided", item.pk) == PILOTS | {Role.GROUP_MEMBER}
        assert readers(people, "groupes.to_accept", item.pk) == set()
    public = share(people, group, scope=Scope.PUBLIC)
    assert readers(people, "groupes.to_accept", public.pk) == PILOTS
    assert readers(people, "groupes.decided", public.pk) == set()
    SharedItem.objects.filter(pk=item.pk).update(audience=Audience.objects.for_tokens(set()))
    assert readers(people, "groupes.shared", item.pk) <= OVERSIGHT
    pending = joining.ask_to_join(actor=people[Role.REPRESENTATIVE], group=group)
    today = timezone.localdate()
    mandate = Mandate.objects.create(group=group, start=PAST, end=today + dt.timedelta(days=9))
    assert readers(people, "groupes.mandate", mandate.pk) == PILOTS
    page = GroupPage.objects.get(group=group, locale__language_code="fr")
    old = timezone.now() - dt.timedelta(days=400)
    GroupPage.objects.filter(group=group).update(last_published_at=old)
    assert readers(people, "groupes.due", page.pk) == {Role.PILOT}
    set_page_audience(actor=people[Role.COORDINATOR], page=page, tokens=())
    for kind, about in (
        ("groupes.request", pending.pk),
        ("groupes.answer", request.pk),
        ("groupes.to_accept", public.pk),
        ("groupes.mandate", mandate.pk),
        ("groupes.due", page.pk),
    ):
        assert readers(people, kind, about) <= OVERSIGHT, kind


def test_what_waits_for_the_coordination_reaches_no_one_else(people, group, network):
    joining.leave_group(actor=people[Role.PILOT], group=group, tell=True, word="Bonne suite.")
    assert readers(people, "groupes.unpiloted", group.pk) == OVERSIGHT
    message = ContactMessage.objects.create(site=network.site, subject="help", text="Bonjour.")
    assert readers(people, "home.message", message.pk) == OVERSIGHT
    notify("home.message", about=message.pk, to=[people[Role.COORDINATOR]])
    (row,) = told_to(people[Role.COORDINATOR], "home.message")
    assert row.mail == MailState.NONE  # the network's own address has it
    ContactMessage.objects.update(
        site=Site.objects.create(hostname="ailleurs", root_page=network.site.root_page)
    )
    assert readers(people, "home.message", message.pk) == set()


def test_what_waits_for_a_moderator_reaches_no_one_else(people, group):
    page = GroupPage.objects.get(group=group, locale__language_code="fr")
    page.save_revision(user=people[Role.PILOT])
    state = page.get_workflow().start(page, people[Role.PILOT])
    assert readers(people, "home.review", page.pk) == {Role.MODERATOR, Role.COORDINATOR}
    assert readers(people, "home.reviewed", state.pk) == set()
    state.current_task_state.approve(user=people[Role.MODERATOR])
    assert readers(people, "home.reviewed", state.pk) == {Role.PILOT}
    assert readers(people, "home.review", page.pk) == set()
    assert all(row.read_at for row in Notification.objects.filter(kind="home.review"))
    page.refresh_from_db()
    page.get_workflow().start(page, people[Role.COORDINATOR])
    told = Notification.objects.filter(kind="home.review", read_at=None)
    assert [row.user for row in told] == [people[Role.MODERATOR]]  # never whoever asks


# --- Mails ----------------------------------------------------------------------------------


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


# --- From a mail, without signing in ------------------------------------------------------------


def headers_of(people, organisation) -> dict:
    report_error(actor=None, organisation=organisation, text="Fermé.")
    send(mail_soon)
    (letter,) = [m for m in mail.outbox if m.to == [people[Role.REPRESENTATIVE].email]]
    return parsed(letter)


def test_a_mail_is_stopped_by_one_post_and_by_no_get(client, people, organisation):
    message = headers_of(people, organisation)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = re.fullmatch(r"\s*<http://testserver(/\S+)>", message["List-Unsubscribe"])[1]
    for ask in (client.get, client.head):
        assert ask(url).status_code == 200
    assert not NotificationChoice.objects.exists()
    strict = client_of(None)
    strict.handler.enforce_csrf_checks = True
    response = strict.post(url, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    choice = NotificationChoice.objects.get()
    assert (choice.user, choice.kind, choice.when) == (
        people[Role.REPRESENTATIVE],
        "directory.report",
        When.NEVER,
    )
    report_error(actor=None, organisation=organisation, text="Encore.")
    mail.outbox.clear()
    send(mail_soon)
    assert people[Role.REPRESENTATIVE].email not in [m.to[0] for m in mail.outbox]


def test_the_header_stops_all_that_a_mail_tells_and_each_link_its_own(people, organisation):
    save_record(
        actor=people[Role.COORDINATOR], organisation=organisation, values={"phone": "02 123 45 67"}
    )
    message = headers_of(people, organisation)
    both = {"directory.report", "directory.change"}
    text, _html = texts(message)
    links = {message["List-Unsubscribe"].strip("<> \n"), *re.findall(r"http\S+/stop/\S+", text)}
    stopped = [set(read_link(url.split("/")[-2])[1]) for url in links]
    assert sorted(stopped, key=len)[-1] == both
    assert {frozenset(kinds) for kinds in stopped} == {frozenset({one}) for one in both} | {
        frozenset(both)
    }


def test_the_choices_open_from_a_mail_and_open_nothing_else(client, people):
    url = choices_link(people[Role.PILOT])
    response = client.get(url)
    assert response.status_code == 200
    assert people[Role.PILOT].email not in response.content.decode()
    data = {kind.key: When.NEVER for kind in kinds_for(people[Role.PILOT])}
    assert client.post(url, data).status_code == 302
    assert NotificationChoice.objects.filter(user=people[Role.PILOT]).count() == len(data)
    assert client.get("/mon-espace/avis/").status_code == 302  # still nobody
    assert client.post(url, {"groupes.request": "often"}).status_code == 422


@pytest.mark.parametrize("link", [choices_link, lambda user: stop_link(user, ["groupes.shared"])])
def test_a_link_that_is_no_longer_theirs_does_nothing(client, people, link):
    url = link(people[Role.PILOT])
    forged = url[:-3] + ("aa/" if not url.endswith("aa/") else "bb/")
    assert client.post(forged, {}).status_code == 404
    with later(days=91):
        assert client.post(url, {}).status_code == 404
    User.objects.filter(pk=people[Role.PILOT].pk).update(email="autre@essai.example")
    assert client.post(url, {}).status_code == 404
    User.objects.filter(pk=people[Role.PILOT].pk).update(
        email=people[Role.PILOT].email, is_active=False
    )
    assert client.post(url, {}).status_code == 404
    User.objects.filter(pk=people[Role.PILOT].pk).update(is_active=True)
    NetworkMembership.objects.filter(user=people[Role.PILOT]).update(end=timezone.localdate())
    assert client.post(url, {}).status_code == 404
    assert not NotificationChoice.objects.exists()


def test_no_address_stands_in_a_link(people):
    path = stop_link(people[Role.PILOT], ["groupes.shared"])
    words = signing.loads(path.split("/")[-2], salt=SALT)
    assert "essai" not in str(words)


# --- On the site ----------------------------------------------------------------------------


def test_the_list_shows_what_is_new_and_a_click_reads_it(clients, people, group):
    item = share(people, group)
    client = clients[Role.PILOT]
    assert "des avis à lire" in client.get("/").content.decode()
    page = client.get("/mon-espace/avis/").content.decode()
    assert "Colis du lundi" in page
    (row,) = told_to(people[Role.PILOT])
    url = f"/mon-espace/avis/{row.pk}/"
    assert client.head(url).status_code == 302
    assert client.get(url, headers={"sec-purpose": "prefetch"}).status_code == 302
    assert told_to(people[Role.PILOT])[0].read_at is None
    assert client.get(url)["Location"] == item.url
    assert told_to(people[Role.PILOT])[0].read_at is not None
    assert "des avis à lire" not in client.get("/").content.decode()


def test_nobody_opens_somebody_elses(clients, people, group):
    share(people, group)
    (row,) = told_to(people[Role.PILOT])
    for role in (Role.GROUP_MEMBER, Role.COORDINATOR, Role.ADMINISTRATOR):
        assert clients[role].get(f"/mon-espace/avis/{row.pk}/").status_code == 404
    notify("accounts.handover", about=people[Role.COORDINATOR].pk, to=[people[Role.MEMBER]])
    page = clients[Role.PILOT].get("/mon-espace/avis/").content.decode()
    assert "Colis du lundi" in page
    assert "Des fonctions vous sont transmises" not in page


@pytest.mark.parametrize("role", [Role.FORMER, Role.WAITING])
def test_whoever_is_no_member_is_led_to_the_account_page(clients, role):
    assert clients[role].get("/mon-espace/avis/")["Location"] == "/compte/"


def test_all_is_read_by_one_post(clients, people, group):
    notify("groupes.shared", about=share(people, group).pk, to=[people[Role.MEMBER]])
    clients[Role.PILOT].get("/mon-espace/avis/")
    assert User.objects.get(pk=people[Role.PILOT].pk).has_unread
    assert clients[Role.PILOT].post("/mon-espace/avis/").status_code == 302
    assert not User.objects.get(pk=people[Role.PILOT].pk).has_unread
    assert told_to(people[Role.MEMBER])[0].read_at is None


def test_one_chooses_when_among_what_concerns_them(clients, people):
    page = clients[Role.MEMBER].get("/compte/avis/")
    assert "groupes.request" not in page.context["form"].fields
    assert "groupes.request" in clients[Role.PILOT].get("/compte/avis/").context["form"].fields
    with override("nl"):
        assert clients[Role.PILOT].get("/nl/account/meldingen/").status_code == 200


def test_the_list_costs_the_same_with_many(clients, people, group, django_assert_max_num_queries):
    share(people, group)
    clients[Role.PILOT].get("/mon-espace/avis/")
    for number in range(40):
        share(people, group, title=f"Info {number}")
    with django_assert_max_num_queries(16):
        clients[Role.PILOT].get("/mon-espace/avis/")


def test_withdrawing_is_quiet(people):
    withdraw("groupes.request", about=4_000)
    assert not Notification.objects.exists()


def test_two_seats_are_told_once(people, group, network):
    GroupMembership.objects.create(
        user=people[Role.PILOT], group=group, role=GroupRole.MEMBER, start=PAST
    )
    share(people, group)
    assert len(told_to(people[Role.PILOT])) == 1


def test_an_organisation_that_a_person_may_not_see_is_not_named(people, network):
    hidden = make_organisation("cache", "Organisme caché")
    OrganisationMembership.objects.create(
        user=people[Role.MEMBER], organisation=hidden, role="representative", start=PAST
    )
    report_error(actor=None, organisation=hidden, text="Fermé.")
    OrganisationMembership.objects.filter(organisation=hidden).update(end=timezone.localdate())
    assert words_for(people[Role.MEMBER]) == []


def test_items_of_another_group_are_never_told(people, group, network):
    item = share(people, group, title="Secret")
    notify("groupes.shared", about=item.pk, to=[people[Role.MEMBER]])
    assert words_for(people[Role.MEMBER]) == []
