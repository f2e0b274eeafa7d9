"""How long a session lasts, and where an account is open."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from time_machine import travel

from accounts.devices import name_of
from tests.accounts.letters import last_code
from tests.accounts.test_codes import CONFIRM, LOGIN, ask, is_in
from tests.people import Role

PASSWORD, DEVICES = "mot-de-passe-essai", "/compte/appareils/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Mobile Safari/537.36"
)
NOON = "2026-12-01 12:00+01:00"


def by_password(user, browser: str = FIREFOX, **ticks) -> Client:
    client = Client(HTTP_USER_AGENT=browser)
    client.post(LOGIN, {"login": user.email, "password": PASSWORD, **ticks})
    return client


def by_code(user, **ticks) -> Client:
    client = Client(HTTP_USER_AGENT=FIREFOX)
    ask(client, user.email, **ticks)
    client.post(CONFIRM, {"code": last_code()})
    return client


@pytest.mark.parametrize("way", [by_password, by_code])
@pytest.mark.parametrize("also", [{}, {"remember": "on"}])
def test_on_a_shared_computer_it_ends_with_the_browser_and_after_half_an_hour(people, way, also):
    with travel(NOON, tick=False):
        client = way(people[Role.MEMBER], shared="on", **also)
        assert client.cookies["sessionid"]["max-age"] == ""  # the browser's closing ends it
        assert is_in(client)
    with travel("2026-12-01 12:29+01:00", tick=False):
        assert is_in(client)
    with travel("2026-12-01 12:31+01:00", tick=False):
        response = client.get("/compte/", follow=True)
        assert response.redirect_chain
        assert "votre session est finie" in response.content.decode()
        assert not is_in(client)


@pytest.mark.parametrize("way", [by_password, by_code])
def test_on_one_s_own_device_it_lasts_two_weeks_when_asked(people, way):
    with travel(NOON, tick=False):
        client = way(people[Role.MEMBER], remember="on")
        assert int(client.cookies["sessionid"]["max-age"]) == 14 * 24 * 3600
    with travel("2026-12-14 12:00+01:00", tick=False):
        assert is_in(client)


@pytest.mark.parametrize("way", [by_password, by_code])
def test_without_a_tick_it_ends_with_the_browser(people, way):
    client = way(people[Role.MEMBER])
    assert client.cookies["sessionid"]["max-age"] == ""
    assert is_in(client)


def test_the_choice_does_not_outlive_the_sign_in(people):
    with travel(NOON, tick=False):
        client = by_password(people[Role.MEMBER], shared="on")
        client.post("/compte/deconnexion/")
        client.post(LOGIN, {"login": people[Role.MEMBER].email, "password": PASSWORD})
    with travel("2026-12-01 13:00+01:00", tick=False):
        assert is_in(client)


def test_devices_are_listed_in_words_and_closed_one_by_one(people):
    user = people[Role.MEMBER]
    here, phone, third = by_password(user), by_password(user, PHONE), by_password(user, PHONE)
    other = by_password(people[Role.PILOT])
    page = here.get(DEVICES)
    words = page.content.decode()
    assert "Firefox sur Windows" in words
    assert "Chrome sur Android" in words
    assert words.count("cet appareil") == 1
    devices = page.context["devices"]
    assert [device.is_here for device in devices] == [True, False, False]
    strange = other.get(DEVICES).context["devices"][0].pk
    for bad in (strange, "x", "", "9" * 30):
        here.post(DEVICES, {"device": bad})
    assert is_in(other)
    here.post(DEVICES, {"device": devices[1].pk})
    assert [is_in(one) for one in (here, phone, third)] == [True, True, False]
    here.post(DEVICES, {"others": "1"})
    assert [is_in(one) for one in (here, phone, other)] == [True, False, True]
    mine = here.get(DEVICES).context["devices"][0].pk
    here.post(DEVICES, {"device": mine})
    assert not is_in(here)


def test_a_shared_computer_is_not_listed_once_its_time_is_over(people):
    user = people[Role.MEMBER]
    with travel(NOON, tick=False):
        by_password(user, PHONE, shared="on")
        client = by_password(user)
        assert len(client.get(DEVICES).context["devices"]) == 2
    with travel("2026-12-01 12:31+01:00", tick=False):
        assert len(client.get(DEVICES).context["devices"]) == 1


def test_looking_at_them_changes_nothing(people, django_assert_max_num_queries):
    user = people[Role.MEMBER]
    client = by_password(user)
    for _ in range(3):
        by_password(user, PHONE)
    before = list(Session.objects.values_list("session_key", "session_data").order_by("pk"))
    with django_assert_max_num_queries(20):
        client.get(DEVICES)
    client.head(DEVICES)
    after = list(Session.objects.values_list("session_key", "session_data").order_by("pk"))
    assert before == after


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox sur Windows"),
        (FIREFOX.replace("Firefox", "Chrome/1 Safari/1 Edg"), "Edge sur Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Safari/604.1",
            "Safari sur iPhone",
        ),
        ("", "Un appareil inconnu"),
        ("curl/8", "Un appareil inconnu"),
    ],
)
def test_a_device_in_words(user_agent, words):
    assert name_of(user_agent) == words
