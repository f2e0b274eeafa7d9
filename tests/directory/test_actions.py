"""Every action on a record: who may, on one's own, on another's, on an archived one."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from coordination.directory.models import ErrorReport, Organisation
from coordination.directory.services.lifecycle import archive, merge
from coordination.directory.services.record import save_record
from core.models import Audience
from tests.directory.conftest import typed
from tests.people import Role, make_organisation

pytestmark = pytest.mark.django_db

OVERSIGHT = {Role.COORDINATOR, Role.ADMINISTRATOR}
KEEPERS = OVERSIGHT | {Role.REPRESENTATIVE}
EVERYBODY = set(Role)

# action: (who may on organisation A, who may on another's). The others get 404, a stranger is
# asked to sign in where the table of addresses says so.
ACTIONS = {
    "edit": (KEEPERS, OVERSIGHT),
    "draft": (KEEPERS, OVERSIGHT),
    "verify": (KEEPERS, OVERSIGHT),
    "history": (KEEPERS, OVERSIGHT),
    "team": (KEEPERS, OVERSIGHT),
    "answer": (KEEPERS, OVERSIGHT),
    "report": (EVERYBODY, EVERYBODY),
    "archive": (OVERSIGHT, OVERSIGHT),
    "merge": (OVERSIGHT, OVERSIGHT),
    "revert": (OVERSIGHT, OVERSIGHT),
}
ASKED_TO_SIGN_IN = {"edit", "verify", "history", "team", "answer"}


def act(client, action: str, organisation: Organisation) -> int:
    """Do it, as the screen would; gives the status."""
    slug = organisation.slug
    if action in {"history", "team"}:
        return client.get(reverse(f"directory:organisation_{action}", args=[slug])).status_code
    if action == "answer":
        report = ErrorReport.objects.filter(organisation=organisation).first()
        url = reverse("directory:report_answer", args=[slug, report.pk])
        return client.post(url, {"state": "corrected", "answer": ""}).status_code
    if action == "revert":
        change = organisation.changes.last()
        url = reverse("directory:change_revert", args=[change.pk])
        return client.post(url, {"field": ["note_fr"]}).status_code
    if action == "merge":
        url = reverse("directory:merge_records", args=[slug, "tiers"])
        return client.post(url).status_code
    data = {
        "edit": lambda: typed(organisation, note_fr="Pirate"),
        "draft": lambda: typed(organisation, note_fr="Pirate"),
        "verify": dict,
        "report": lambda: {"text": "Une erreur"},
        "archive": lambda: {"note": "Fermé."},
    }[action]()
    return client.post(reverse(f"directory:organisation_{action}", args=[slug]), data).status_code


@pytest.fixture
def records(people, organisation) -> dict[str, Organisation]:
    made = {"own": organisation, "other": make_organisation("organisme-b", "Organisme B")}
    make_organisation("tiers", "Un tiers")
    for record in made.values():
        save_record(
            actor=people[Role.COORDINATOR], organisation=record, values={"note_fr": "Avant"}
        )
        ErrorReport.objects.create(organisation=record, text="Une erreur")
    return made


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("whose", ["own", "other"])
def test_who_may(clients, records, action, whose):
    allowed = ACTIONS[action][0 if whose == "own" else 1]
    for role in Role:
        cache.clear()  # nobody reports ten errors here
        with transaction.atomic():  # each finds the record as it was
            status = act(clients[role], action, records[whose])
            transaction.set_rollback(True)
        if role in allowed:
            assert status in {200, 302}, role
        elif role is Role.VISITOR and action in ASKED_TO_SIGN_IN:
            assert status == 302
        else:
            assert status == 404, role


@pytest.mark.parametrize("action", sorted(ACTIONS.keys() - {"history", "archive"}))
@pytest.mark.parametrize("state", ["archived", "merged", "hidden"])
def test_no_action_is_left_on_a_record_that_is_gone_or_out_of_reach(
    people, clients, records, action, state
):
    """For its representative; the coordination keeps the history and may put it back."""
    record, actor = records["own"], people[Role.COORDINATOR]
    if state == "archived":
        archive(actor=actor, organisation=record, note="Fermé.")
    elif state == "merged":
        merge(actor=actor, kept=records["other"], dropped=record, values={})
        ErrorReport.objects.create(organisation=record, text="Une erreur")
    else:
        record = records["other"]
        record.audience = Audience.objects.for_tokens(set())
        record.save()
    record.refresh_from_db()
    for role in (Role.REPRESENTATIVE, Role.MEMBER):
        assert act(clients[role], action, record) == 404, role
    if state != "hidden":
        assert act(clients[Role.COORDINATOR], action, record) == 404
