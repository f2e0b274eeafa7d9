"""Two people save one record at the very same moment."""

import threading

import pytest
from django.db import connection, connections

from accounts.models import User
from coordination.directory.models import Organisation
from coordination.directory.services.record import EditConflictError, save_record, verify
from tests.people import make_organisation

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*actions) -> None:
    """Run actions at the same time. SQLite's database of the tests belongs to one connection:
    there they follow each other, each with what it had read before."""
    if connection.vendor == "sqlite":
        for action in actions:
            action()
        return
    barrier = threading.Barrier(len(actions))

    def run(action) -> None:
        try:
            barrier.wait()
            action()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.fixture
def record() -> Organisation:
    return make_organisation("organisme-a", "Organisme A")


@pytest.fixture
def two_people() -> list[User]:
    return [User.objects.create_user(f"personne{n}@essai.example", "x") for n in (1, 2)]


def save(results: list, actor: User, record: Organisation, **values):
    def action() -> None:
        try:
            save_record(actor=actor, organisation=record, values=values, base_version=1)
            results.append("saved")
        except EditConflictError as conflict:
            results.append(conflict)

    return action


def test_different_fields_are_both_saved(record, two_people):
    results = []
    at_once(
        save(results, two_people[0], record, summary_fr="Une phrase", phone=""),
        save(results, two_people[1], record, summary_fr="", phone="02 123 45 67"),
    )
    record.refresh_from_db()
    assert results == ["saved", "saved"]
    assert (record.summary_fr, record.phone) == ("Une phrase", "02 123 45 67")
    assert sorted(record.changes.values_list("version", flat=True)) == [2, 3]


def test_of_the_same_words_one_is_saved_and_the_other_shown(record, two_people):
    results = []
    at_once(
        save(results, two_people[0], record, summary_fr="Les mots du premier"),
        save(results, two_people[1], record, summary_fr="Les mots du second"),
    )
    record.refresh_from_db()
    assert results.count("saved") == 1
    conflict = next(result for result in results if result != "saved")
    shown = conflict.conflicts["summary_fr"]
    assert shown.theirs == record.summary_fr
    assert {shown.mine, shown.theirs} == {"Les mots du premier", "Les mots du second"}


def test_still_exact_loses_no_edit(record, two_people):
    results = []
    stale = Organisation.objects.get(pk=record.pk)
    at_once(
        save(results, two_people[0], record, summary_fr="Une phrase"),
        lambda: verify(actor=two_people[1], organisation=stale),
    )
    record.refresh_from_db()
    assert record.summary_fr == "Une phrase"
    assert record.verified_at is not None
