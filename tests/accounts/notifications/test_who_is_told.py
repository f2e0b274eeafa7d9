"""Who is told of what, and nothing that they may no longer read."""

import datetime as dt

from django.core import mail
from django.utils import timezone
from wagtail.models import Site

from accounts.enums import MailState, When
from accounts.models import Notification, User
from accounts.notifications import (
    choose,
    kind_named,
    mark_read,
    notify,
)
from accounts.notifications.mails import mail_soon
from coordination.directory.models import Organisation, OrganisationMembership
from coordination.directory.services.record import save_record
from coordination.directory.services.reports import answer_report, report_error
from core.models import Audience
from core.services.audience import set_page_audience
from groupes.enums import Joining, Scope
from groupes.models import GroupMembership, GroupPage, Mandate, SharedItem, WorkingGroup
from groupes.services import joining, sharing
from groupes.tasks import tell_ending_mandates
from home.models import ContactMessage
from tests.accounts.notifications.telling import send, share, told_to, words_for
from tests.people import PAST, Role


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
