"""The journal: sensitive actions in words, for those who oversee the network."""

import ast
import csv
import datetime as dt
import io
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.log_actions import log, registry
from wagtail.models import ModelLogEntry

from accounts.handover import hand_over
from accounts.journal import EVERYTHING, condition
from accounts.models import NetworkMembership, User
from core.services.audience import set_page_audience
from groupes.models import GroupMembership, WorkingGroup
from tests.conftest import read
from tests.people import Role

pytestmark = pytest.mark.django_db
URL = "/gestion/journal/"
ROOT = Path(settings.SITE).parent


def shown(client, **query) -> list[tuple[str, str, str]]:
    """What the journal says, about what, by whom."""
    response = client.get(URL, query)
    assert response.status_code == 200
    return [(line.what, line.about, line.who) for line in response.context["lines"]]


def plain(text: str) -> str:
    """Without the no-break spaces of French."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


def test_every_action_that_the_code_logs_has_words():
    """Wagtail refuses to log an unknown action, and says it with the wrong words when they are
    missing: read from the source."""
    patterns = set()
    for folder in ("site", "coordination", "groupes", "home"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "log":
                    action = next((k.value for k in node.keywords if k.arg == "action"), None)
                    if isinstance(action, ast.Constant):
                        patterns.add((action.value, True))
                    elif isinstance(action, ast.JoinedStr):
                        patterns.add((action.values[0].value, False))
    known = {name for name, _label in registry.get_choices()}
    assert len(patterns) > 15
    for name, whole in patterns:
        assert (name in known) if whole else any(k.startswith(name) for k in known), name
        if whole and name.startswith("accounts."):
            assert EVERYTHING == "accounts."


def test_giving_changing_and_ending_a_role_is_said_in_words(people, clients, network):
    admin = clients[Role.ADMINISTRATOR]
    add = reverse("networkmembership:add")
    sent = {"user": people[Role.MEMBER].pk, "site": network.site.pk, "office": "moderator"}
    assert admin.post(add, {**sent, "start": "2026-03-04"}).status_code == 302
    seat = NetworkMembership.objects.get(office="moderator", user=people[Role.MEMBER])
    edit = reverse("networkmembership:edit", args=[seat.pk])
    admin.post(edit, {**sent, "office": "editor", "start": "2026-03-04"})
    today = timezone.localdate()
    admin.post(edit, {**sent, "office": "editor", "start": "2026-03-04", "end": today.isoformat()})
    said = [plain(what) for what, *_rest in shown(clients[Role.COORDINATOR], sorte="roles")]
    assert said[2] == "Rôle donné : modération, depuis le 4 mars 2026"
    assert said[1] == "Rôle changé : rédaction, depuis le 4 mars 2026"
    assert said[0].startswith("Rôle retiré : rédaction, depuis le 4 mars 2026, jusqu’au ")
    assert [row[2] for row in shown(clients[Role.COORDINATOR])][:3] == [
        str(people[Role.ADMINISTRATOR])
    ] * 3
    entry = ModelLogEntry.objects.get(action="core.role_given")
    with override("nl"):
        assert str(entry.message) != said[2]


def test_roles_in_organisations_and_groups_too(people, clients):
    group = WorkingGroup.objects.get(slug="groupe-a")
    sent = {
        "user": people[Role.MEMBER].pk,
        "group": group.pk,
        "role": "pilot",
        "start": "2026-01-02",
    }
    assert clients[Role.COORDINATOR].post(reverse("groupmembership:add"), sent).status_code == 302
    from coordination.directory.models import Organisation

    sent = {"user": people[Role.MEMBER].pk, "organisation": Organisation.objects.get().pk}
    sent |= {"role": "representative", "start": "2026-01-02"}
    assert (
        clients[Role.COORDINATOR].post(reverse("organisationmembership:add"), sent).status_code
        == 302
    )
    said = [plain(what) for what, *_rest in shown(clients[Role.COORDINATOR])]
    assert said == [
        "Rôle donné : représente l’organisme, depuis le 2 janvier 2026",
        "Rôle donné : pilote, depuis le 2 janvier 2026",
    ]


def test_closing_an_account_is_not_just_a_change(people, clients):
    path = reverse("user:edit", args=[people[Role.MEMBER].pk])
    sent = {"email": people[Role.MEMBER].email, "language": "fr"}
    clients[Role.COORDINATOR].post(path, sent)
    clients[Role.COORDINATOR].post(path, {**sent, "is_active": "on", "function_fr": "Accueil"})
    clients[Role.COORDINATOR].post(path, {**sent, "is_active": "on", "function_fr": "Autre"})
    said = [plain(what) for what, *_rest in shown(clients[Role.COORDINATOR], sorte="access")]
    assert said == ["Compte changé : fonction en français", "Compte rouvert", "Compte fermé"]


def test_a_handover_names_who_took_over_and_a_wider_audience_says_from_what_to_what(
    people, clients, network
):
    pilot, mate = people[Role.PILOT], people[Role.GROUP_MEMBER]
    seat = GroupMembership.objects.get(user=pilot)
    hand_over(
        actor=User.objects.get(pk=pilot.pk),
        leaving=pilot,
        successor=mate,
        keys=[f"group:pilot:{seat.pk}"],
    )
    set_page_audience(
        actor=User.objects.get(pk=people[Role.COORDINATOR].pk), page=network.news, tokens={"member"}
    )
    said = [plain(what) for what, *_rest in shown(clients[Role.COORDINATOR])]
    assert said[0] == "Public changé : de « Tout le monde » à « Membres »"
    assert f"Fonctions transmises à {mate} : 1" in said


def test_ordinary_work_is_not_there(people, clients, network):
    log(instance=network.news, action="wagtail.edit", user=people[Role.EDITOR])
    log(instance=WorkingGroup.objects.get(), action="groupes.share", user=people[Role.PILOT])
    assert shown(clients[Role.COORDINATOR]) == []


@pytest.fixture
def four(people, network) -> None:
    """Four actions on four days, by two people."""
    for day, action, role in (
        (1, "accounts.export", Role.MEMBER),
        (2, "accounts.close", Role.COORDINATOR),
        (3, "accounts.export", Role.PILOT),
        (4, "accounts.delete", Role.MEMBER),
    ):
        with time_machine.travel(dt.datetime(2026, 3, day, 22, 30, tzinfo=dt.UTC)):
            log(instance=people[role], action=action, user=people[role])
    User.objects.filter(pk=people[Role.MEMBER].pk).update(function_fr="Épicerie")
    User.objects.get(pk=people[Role.MEMBER].pk).save()


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({}, 4),
        ({"qui": "epicerie"}, 2),
        ({"qui": "personne"}, 0),
        ({"sorte": "privacy"}, 3),
        ({"sorte": "access"}, 1),
        ({"sorte": "nimporte"}, 4),
        ({"du": "2026-03-02", "au": "2026-03-03"}, 2),  # 22:30 UTC is still that day here
        ({"du": "hier"}, 4),
        ({"sur": "pilot@essai"}, 1),
        ({"sur": "rien du tout"}, 0),
        ({"p": "99"}, 4),
    ],
)
def test_filters(clients, four, query, number):
    assert len(shown(clients[Role.COORDINATOR], **query)) == number


def test_the_newest_first_fifty_at_a_time_in_a_bounded_number_of_queries(
    people, clients, django_assert_max_num_queries
):
    for _number in range(120):
        log(instance=people[Role.MEMBER], action="accounts.export", user=people[Role.MEMBER])
    client = clients[Role.COORDINATOR]
    first = client.get(URL).context["lines"]
    assert len(first) == 50
    assert [line.at for line in first] == sorted((line.at for line in first), reverse=True)
    assert len(client.get(URL, {"p": 3}).context["lines"]) == 20
    with django_assert_max_num_queries(40):
        client.get(URL)


def test_a_spreadsheet_runs_nothing(people, clients):
    User.objects.filter(pk=people[Role.MEMBER].pk).update(function_fr="=HYPERLINK(A1)")
    member = User.objects.get(pk=people[Role.MEMBER].pk)
    log(instance=member, action="accounts.export", user=member)
    response = clients[Role.COORDINATOR].get("/gestion/journal.csv")
    text = read(response).decode()
    assert text.startswith("\ufeff")
    [heads, row] = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
    assert heads[0] == "Quand"
    assert row[1] == row[3] == "'=HYPERLINK(A1)"


@pytest.mark.parametrize("path", [URL, "/gestion/journal.csv"])
def test_nobody_else_reads_it(clients, path):
    for role in (Role.PILOT, Role.EDITOR, Role.MODERATOR, Role.MEMBER, Role.FORMER):
        assert clients[role].get(path).status_code == 404
    assert clients[Role.ADMINISTRATOR].get(path).status_code == 200


def test_the_menu_shows_it_to_those_who_may(clients):
    home = reverse("wagtailadmin_home")
    assert "/gestion/journal/" in clients[Role.COORDINATOR].get(home).content.decode()
    assert "/gestion/journal/" not in clients[Role.PILOT].get(home).content.decode()


def test_kinds_share_nothing_and_leave_nothing_out(people):
    from accounts.enums import JournalKind

    for action in ("accounts.export", "accounts.close", "core.role_given", "accounts.handover"):
        log(instance=people[Role.MEMBER], action=action, user=people[Role.MEMBER])
    every = ModelLogEntry.objects.filter(condition(pages=False)).count()
    assert every == 4
    each = [
        ModelLogEntry.objects.filter(condition(kind, pages=False)).count() for kind in JournalKind
    ]
    assert sum(each) == every
