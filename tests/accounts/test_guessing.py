"""Guesses from many places: slowed, told to the owner once, noted once."""

import threading

import pytest
from allauth.core.internal.ratelimit import Rate, _consume_single_rate
from django.core.cache import cache
from django.test import Client, RequestFactory
from wagtail.models import ModelLogEntry

from accounts.mails import GUESSING
from accounts.models import User
from core.cache import FileCache
from tests.accounts.letters import last_code, letters, wrong
from tests.accounts.test_codes import CONFIRM, LOGIN, ask, is_in
from tests.people import Role

PASSWORD = "mot-de-passe-essai"


@pytest.fixture
def member(people) -> User:
    return people[Role.MEMBER]


def from_elsewhere(number: int) -> Client:
    return Client(REMOTE_ADDR=f"198.51.{number // 250}.{number % 250 + 1}")


def guess(number: int, email: str, *, right: bool = False) -> str:
    client = from_elsewhere(number)
    password = PASSWORD if right else "faux"
    response = client.post(LOGIN, {"login": email, "password": password})
    return "in" if response.status_code == 302 else response.content.decode()


def test_guesses_from_many_addresses_are_refused_for_a_while(member):
    answers = [guess(number, member.email) for number in range(7)]
    assert "Trop d’essais" not in answers[4]
    assert "Trop d’essais" in answers[6]
    assert guess(8, member.email, right=True) != "in"


def test_the_same_is_said_of_an_address_without_an_account(people):
    answers = [guess(number, "personne@essai.example") for number in range(7)]
    assert "Trop d’essais" not in answers[4]
    assert "Trop d’essais" in answers[6]


def test_another_host_name_gives_no_new_tries(member, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for number in range(7):
        client = from_elsewhere(number)
        client.defaults["HTTP_HOST"] = f"hote-{number}.example"
        page = client.post(LOGIN, {"login": member.email, "password": "faux"}).content.decode()
    assert "Trop d’essais" in page


def test_a_whole_day_of_guesses_is_bounded(member, time_machine):
    tried = 0
    for number in range(60):
        time_machine.move_to(f"2026-12-01 {8 + number // 10:02}:{number % 10 * 6:02}+01:00")
        tried += "Trop d’essais" not in guess(number, member.email)
    assert tried == 30


def test_the_owner_is_told_once_and_it_is_noted_once(member, people, time_machine):
    for number in range(30):
        time_machine.move_to(f"2026-12-01 10:{number:02}+01:00")
        guess(number, member.email)
        guess(number + 100, "personne@essai.example")
        assert number >= 10 or not letters()  # one may well err ten times a day
    assert [letter.to for letter in letters()] == [[member.email]]
    assert "essaie d’ouvrir votre compte" in letters()[0].subject
    cache.clear()  # a cache that is emptied tells nobody twice
    for number in range(30):
        time_machine.move_to(f"2026-12-01 11:{number:02}+01:00")
        guess(200 + number, member.email)
    assert len(letters()) == 1
    assert ModelLogEntry.objects.filter(action=GUESSING).count() == 1


def test_wrong_codes_are_counted_per_account_and_the_right_one_still_opens(member, time_machine):
    time_machine.move_to("2026-12-01 07:00+01:00")
    victim = from_elsewhere(1)
    assert ask(victim, member.email).status_code == 302
    mine = last_code()
    for number in range(2, 14):
        time_machine.move_to(f"2026-12-01 07:{number:02}+01:00")
        thief = from_elsewhere(number)
        if ask(thief, member.email).status_code == 302:
            for _ in range(3):
                thief.post(CONFIRM, {"code": wrong(mine)})
    assert "Trop de codes faux" in ask(from_elsewhere(50), member.email).content.decode()
    assert "essaie d’ouvrir votre compte" in letters()[-1].subject
    # The owner's own code, in the browser that asked for it, is as good as before.
    victim.post(CONFIRM, {"code": mine})
    assert is_in(victim)


def test_an_open_session_goes_on_whatever_others_try(member):
    mine = Client()
    mine.force_login(member)
    for number in range(12):
        guess(number, member.email)
    assert is_in(mine)


def test_tries_at_the_same_moment_are_all_counted(tmp_path, monkeypatch):
    """Eight threads on the cache of files, as eight processes: five get through, not eight."""
    shared = FileCache(str(tmp_path), {})
    monkeypatch.setattr("allauth.core.internal.ratelimit.cache", shared)
    rate, passed, start = Rate(5, 300, "key"), [], threading.Barrier(8)

    def attempt() -> None:
        request = RequestFactory().post("/")
        start.wait()
        for _ in range(3):
            if _consume_single_rate(
                request, app="allauth.account", action="login_failed", rate=rate, key="a"
            ):
                passed.append(1)

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 5
