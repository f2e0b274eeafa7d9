"""Coming into a group by a request, its charter, its answer; leaving; the history that stays."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Notification
from accounts.notifications import tell
from coordination.directory.models import Organisation
from core.services.audience import set_page_audience
from groupes import permissions
from groupes.enums import BodyKind, GroupRole, Joining, RequestState
from groupes.models import GroupMembership, GroupOrganisation, JoinRequest
from groupes.services import joining
from tests.conftest import client_of
from tests.groupes.conftest import again, make_person
from tests.people import PAST, Role


def join_url(group) -> str:
    return reverse("groupes:join", args=[group.slug])


@pytest.fixture
def asked(people, group) -> JoinRequest:
    return joining.ask_to_join(
        actor=people[Role.MEMBER], group=group, message="Bonjour", accepts_charter=True
    )


def test_a_member_asks_and_the_pilot_lets_them_in(people, group):
    client = client_of(people[Role.MEMBER])
    page = client.get(join_url(group))
    assert "Nous nous écoutons." in page.content.decode()
    response = client.post(join_url(group), {"message": "J’aide le mardi.", "charter": "on"})
    assert response.status_code == 302
    request = JoinRequest.objects.get()
    assert "attend une réponse" in client.get(join_url(group)).content.decode()

    pilot = client_of(people[Role.PILOT])
    url = reverse("groupes:request", args=[group.slug, request.pk])
    assert "J’aide le mardi." in pilot.get(url).content.decode()
    assert pilot.post(url, {"decision": "accept", "answer": "Bienvenue"}).status_code == 302

    membership = GroupMembership.objects.get(user=people[Role.MEMBER], group=group)
    assert membership.start == timezone.localdate()
    assert membership.charter_version == group.charter_version == 1
    assert membership.charter_accepted_on == timezone.localdate()
    assert client.get(reverse("groupes:space", args=[group.slug])).status_code == 200
    assert "Bienvenue" in client.get(join_url(group)).content.decode()


def test_a_request_without_the_charter_is_refused_and_nothing_typed_is_lost(people, group):
    response = client_of(people[Role.MEMBER]).post(join_url(group), {"message": "Je garde ceci"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Je garde ceci" in text
    assert "Acceptez la charte" in text
    assert not JoinRequest.objects.exists()
    with pytest.raises(ValidationError):
        joining.ask_to_join(actor=people[Role.MEMBER], group=group)


def test_a_representative_brings_the_organisation_along(people, group):
    organisation = Organisation.objects.get(slug="organisme-a")
    request = joining.ask_to_join(
        actor=people[Role.REPRESENTATIVE],
        group=group,
        organisation=organisation,
        accepts_charter=True,
    )
    joining.accept_request(actor=people[Role.PILOT], request=request)
    row = GroupOrganisation.objects.get(group=group)
    assert (row.organisation, row.start) == (organisation, timezone.localdate())


def test_nobody_brings_an_organisation_they_do_not_speak_for(people, group):
    organisation = Organisation.objects.get(slug="organisme-a")
    client = client_of(people[Role.MEMBER])
    client.post(join_url(group), {"charter": "on", "organisation": organisation.pk})
    assert not JoinRequest.objects.filter(organisation=organisation).exists()
    with pytest.raises(ValidationError):
        joining.ask_to_join(
            actor=people[Role.EDITOR],
            group=group,
            organisation=organisation,
            accepts_charter=True,
        )


def test_one_request_waits_at_a_time(people, group, asked):
    with pytest.raises(ValidationError, match="attend déjà"):
        joining.ask_to_join(actor=people[Role.MEMBER], group=group, accepts_charter=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequest.objects.create(group=group, user=people[Role.MEMBER])
    client_of(people[Role.MEMBER]).post(join_url(group), {"charter": "on"})
    assert JoinRequest.objects.count() == 1


def test_a_refusal_says_why(people, group, asked):
    client = client_of(people[Role.PILOT])
    url = reverse("groupes:request", args=[group.slug, asked.pk])
    response = client.post(url, {"decision": "refuse", "answer": "  "})
    assert response.status_code == 422
    with pytest.raises(ValidationError):
        joining.refuse_request(actor=people[Role.PILOT], request=asked, answer=" ")
    client.post(url, {"decision": "refuse", "answer": "Le groupe est complet."})
    text = client_of(people[Role.MEMBER]).get(join_url(group)).content.decode()
    assert "Le groupe est complet." in text
    assert not GroupMembership.objects.filter(user=people[Role.MEMBER]).exists()
    # They may ask again.
    joining.ask_to_join(actor=people[Role.MEMBER], group=group, accepts_charter=True)


def test_a_request_is_answered_once(people, group, asked):
    joining.accept_request(actor=people[Role.PILOT], request=asked)
    with pytest.raises(ValidationError):
        joining.refuse_request(actor=people[Role.COORDINATOR], request=asked, answer="Non")
    assert GroupMembership.objects.filter(user=people[Role.MEMBER]).count() == 1


def test_whoever_asked_takes_it_back(people, group, asked):
    client_of(people[Role.MEMBER]).post(join_url(group), {"withdraw": "1"})
    asked.refresh_from_db()
    assert asked.state == RequestState.WITHDRAWN
    with pytest.raises(PermissionDenied):
        joining.withdraw_request(actor=people[Role.MEMBER], request=asked)
    with pytest.raises(ValidationError):
        joining.accept_request(actor=people[Role.PILOT], request=asked)


def test_an_open_group_lets_in_at_once(people, group):
    group.joining = Joining.OPEN
    group.save()
    client = client_of(people[Role.MEMBER])
    client.post(join_url(group), {"charter": "on"})
    assert GroupMembership.objects.live().filter(user=people[Role.MEMBER], group=group).exists()
    assert JoinRequest.objects.get().state == RequestState.ACCEPTED


def test_nobody_joins_an_appointed_body_by_themselves(people, group):
    group.joining = Joining.APPOINTED
    group.save()
    client = client_of(people[Role.MEMBER])
    assert "désignés" in client.get(join_url(group)).content.decode()
    client.post(join_url(group), {"charter": "on"})
    assert not JoinRequest.objects.exists()
    with pytest.raises(PermissionDenied):
        joining.ask_to_join(actor=people[Role.MEMBER], group=group, accepts_charter=True)


def test_a_visitor_is_asked_to_sign_in_when_the_group_is_public(client, page, people):
    response = client.get(join_url(page.group))
    assert response.status_code == 302
    assert response["Location"].startswith("/compte/connexion/?next=/groupes/groupe-a/")
    set_page_audience(actor=people[Role.COORDINATOR], page=page, tokens={"member"})
    assert client.get(join_url(page.group)).status_code == 404


def test_leaving_ends_everything_at_the_next_request_and_keeps_the_history(people, group):
    client = client_of(people[Role.GROUP_MEMBER])
    space = reverse("groupes:space", args=[group.slug])
    leave = reverse("groupes:leave", args=[group.slug])
    assert client.get(leave).status_code == 200
    assert client.get(space).status_code == 200
    assert client.post(leave).status_code == 302
    assert client.get(space).status_code == 404
    row = GroupMembership.objects.get(user=people[Role.GROUP_MEMBER])
    assert (row.start, row.end) == (PAST, timezone.localdate())
    history = client_of(people[Role.PILOT]).get(space).context["history"]
    assert (PAST, timezone.localdate()) in {(line["start"], line["end"]) for line in history}


def test_the_last_pilot_does_not_leave(network, people, group):
    client = client_of(people[Role.PILOT])
    leave = reverse("groupes:leave", args=[group.slug])
    response = client.post(leave, {"word": "Noor peut reprendre."})
    assert response.status_code == 422
    assert "Transmettez d’abord" in response.content.decode()
    assert "Noor peut reprendre." in response.content.decode()
    assert permissions.is_in_group(again(people[Role.PILOT]), group)
    # The former member's forgotten piloting does not count: they cannot sign in.
    make_person(network, "autre.pilote", group, GroupRole.PILOT)
    assert client.post(leave).status_code == 302


def test_the_last_pilot_leaves_when_the_coordination_is_told(people, group):
    client = client_of(people[Role.PILOT])
    leave = reverse("groupes:leave", args=[group.slug])
    data = {"tell": "on", "word": "Noor peut reprendre."}
    assert client.post(leave, data).status_code == 302
    assert client.post(leave, data).status_code == 404
    assert not permissions.is_in_group(again(people[Role.PILOT]), group)
    rows = list(Notification.objects.filter(kind="groupes.unpiloted"))
    assert {row.user for row in rows} == {people[Role.COORDINATOR], people[Role.ADMINISTRATOR]}
    coordinator = again(people[Role.COORDINATOR])
    mine = [row for row in rows if row.user == coordinator]
    ((_row, words),) = tell(coordinator, mine)
    assert words.detail == "Noor peut reprendre."
    assert tell(again(people[Role.MEMBER]), rows) == []
    GroupMembership.objects.create(
        group=group, user=people[Role.MEMBER], role=GroupRole.PILOT, start=PAST
    )
    assert tell(again(people[Role.COORDINATOR]), mine) == []


def test_a_new_charter_is_shown_to_those_who_accepted_the_old_one(people, group):
    client = client_of(people[Role.GROUP_MEMBER])
    space = reverse("groupes:space", args=[group.slug])
    assert client.get(space).context["charter_is_due"]
    client.post(join_url(group), {"accept": "1"})
    assert not client.get(space).context["charter_is_due"]
    group.charter_nl = "We luisteren."
    group.save()
    assert group.charter_version == 2
    assert client.get(space).context["charter_is_due"]
    group.name_fr = "Un autre nom"
    group.save()
    assert group.charter_version == 2


def test_the_assembly_invites_every_organisation(people, page):
    page.group.kind = BodyKind.ASSEMBLY
    page.group.save()
    response = client_of(None).get(page.get_url())
    assert response.context["organisation_count"] == Organisation.objects.count() == 1
    assert "y sont invités" in response.content.decode()
    found = client_of(None).get("/repertoire/", {"groupe": "groupe-a"})
    assert found.context["total"] == 1
    detail = client_of(None).get("/repertoire/organisme-a/")
    assert [one.group_id for one in detail.context["groups"]] == [page.group_id]


# Who sees, asks, answers: role × state. « b_pilot » pilots another group.
CAN_JOIN = {
    *(Role.MEMBER, Role.REPRESENTATIVE, Role.MODERATOR, Role.EDITOR),
    *(Role.COORDINATOR, Role.ADMINISTRATOR, "b_member", "b_pilot"),
}
CAN_PILOT = {Role.PILOT, Role.COORDINATOR, Role.ADMINISTRATOR}
EVERY_ROLE = [*(role for role in Role if role is not Role.VISITOR), "b_member", "b_pilot"]


def person(role, people, other):
    return people[role] if role in people else other[role.removeprefix("b_")]


def test_who_may_ask_to_join(people, group, other):
    for role, way in product(EVERY_ROLE, Joining):
        group.joining = way
        expected = role in CAN_JOIN and way != Joining.APPOINTED
        user = person(role, people, other)
        assert permissions.can_join_group(user, group) is expected, (role, way)


def test_who_may_answer_and_who_may_withdraw(people, group, other, asked):
    for role, state in product(EVERY_ROLE, RequestState):
        asked.state = state
        user, waits = person(role, people, other), state == RequestState.PENDING
        answers = permissions.can_answer_request(user, asked)
        assert answers is (waits and role in CAN_PILOT), (role, state)
        withdraws = permissions.can_withdraw_request(user, asked)
        assert withdraws is (waits and role == Role.MEMBER), (role, state)


def test_a_stranger_to_the_piloting_cannot_answer(people, group, other, asked):
    url = reverse("groupes:request", args=[group.slug, asked.pk])
    elsewhere = reverse("groupes:request", args=[other["group"].slug, asked.pk])
    for role in (Role.MEMBER, Role.GROUP_MEMBER, "b_pilot", Role.FORMER):
        user = person(role, people, other)
        assert client_of(user).post(url, {"decision": "accept"}).status_code == 404
        assert client_of(user).post(elsewhere, {"decision": "accept"}).status_code == 404
        with pytest.raises(PermissionDenied):
            joining.accept_request(actor=user, request=asked)
    asked.refresh_from_db()
    assert asked.is_pending


def test_hostile_requests_are_refused_on_the_form(people, group):
    client = client_of(people[Role.REPRESENTATIVE])
    for wrong in ({"message": "x" * 1001}, {"organisation": "999999"}, {"organisation": "abc"}):
        data = {"charter": "on", **wrong}
        assert client.post(join_url(group), data).status_code == 422
    assert not JoinRequest.objects.exists()


def test_what_is_typed_is_shown_and_never_run(people, group):
    joining.ask_to_join(
        actor=people[Role.MEMBER],
        group=group,
        message="<script>alert(1)</script>",
        accepts_charter=True,
    )
    request = JoinRequest.objects.get()
    url = reverse("groupes:request", args=[group.slug, request.pk])
    text = client_of(people[Role.PILOT]).get(url).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_the_screens_of_joining_in_both_languages(people, group, asked):
    for code in ("fr", "nl"):
        with override(code):
            join, leave = join_url(group), reverse("groupes:leave", args=[group.slug])
            request = reverse("groupes:request", args=[group.slug, asked.pk])
        for role, url in (
            (Role.MEMBER, join),
            (Role.GROUP_MEMBER, leave),
            (Role.PILOT, request),
        ):
            response = client_of(people[role]).get(url)
            assert response.status_code == 200
            assert f'<html lang="{code}">' in response.content.decode()


def test_memberships_are_never_deleted_in_the_admin(people, group):
    client = client_of(people[Role.COORDINATOR])
    row = GroupMembership.objects.filter(group=group).first()
    assert client.get(reverse("groupmembership:edit", args=[row.pk])).status_code == 200
    client.post(reverse("groupmembership:delete", args=[row.pk]))
    assert GroupMembership.objects.filter(pk=row.pk).exists()
