"""A second factor: who needs one, until when, and what opens it."""

import base64
import datetime as dt
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from time_machine import travel

from accounts.models import User
from accounts.second_factor import needs_second_factor
from tests.accounts.letters import last_code, letters, wrong
from tests.accounts.test_codes import CONFIRM, LOGIN, ask, is_in
from tests.conftest import client_of
from tests.people import Role

PASSWORD = "mot-de-passe-essai"
SECOND, SECURITY = "/compte/connexion/second-facteur/", "/compte/securite/"
APPLICATION = "/compte/securite/application/"
CODES = "/compte/securite/codes-de-secours/"
ADDRESS = "/compte/adresse/"
TRUSTED = {
    *(Role.PILOT, Role.REPRESENTATIVE, Role.EDITOR, Role.MODERATOR),
    *(Role.COORDINATOR, Role.ADMINISTRATOR),
}


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def code_of(secret: str, *, ahead: int = 0) -> str:
    """What an application shows for this secret (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30 + ahead)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def give_application(user) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def sign_in(user, **more) -> Client:
    client = Client()
    client.post(LOGIN, {"login": user.email, "password": PASSWORD, **more})
    return client


def confirm_it_is_me(client, path: str, **data):
    """Open a page that first asks for the password."""
    response = client.get(path, follow=True)
    if "confirmation" in response.redirect_chain[-1][0]:
        client.post(response.redirect_chain[-1][0], {"password": PASSWORD})
    return client.get(path)


def test_the_roles_that_touch_what_is_others_need_one(people, required):
    users = {role: User.objects.get(pk=user.pk) for role, user in people.items() if user}
    assert {role for role, user in users.items() if needs_second_factor(user)} == TRUSTED


def test_nobody_needs_one_where_the_setting_says_so(people):
    assert not needs_second_factor(people[Role.COORDINATOR])


def test_the_days_of_grace_begin_at_the_first_sign_in_and_are_not_given_twice(people, required):
    user = people[Role.PILOT]
    with travel("2026-11-26 10:00+01:00"):
        client = sign_in(user)
        words = "Avant le jeudi 10\xa0décembre 2026"
        for path in ("/compte/", "/mon-espace/", SECURITY):
            assert words in client.get(path).content.decode(), path
        assert client.get("/gestion/").status_code == 200
    with travel("2026-12-05 10:00+01:00"):
        sign_in(user)
        user.refresh_from_db()
        assert user.second_factor_by == dt.date(2026, 12, 10)
    with travel("2026-12-09 23:59+01:00"):
        assert client.get("/mon-espace/").status_code == 200
    with travel("2026-12-10 00:01+01:00"):
        assert client.get("/mon-espace/")["Location"] == SECURITY


def test_after_the_day_every_page_asks_for_it_first(people, required):
    user = people[Role.COORDINATOR]
    User.objects.filter(pk=user.pk).update(second_factor_by=dt.date(2026, 11, 1))
    with travel("2026-11-26 10:00+01:00"):
        client = client_of(user)
        mine = ("/compte/", ADDRESS, "/compte/profil/", "/compte/mes-donnees/")
        for path in (*mine, "/", "/mon-espace/", "/gestion/", "/repertoire/", "/nl/"):
            response = client.get(path)
            assert response.status_code == 302, path
            with override("nl" if path == "/nl/" else "fr"):
                assert response["Location"] == reverse("mfa_index"), path
        assert client.post("/gestion/pages/add/", {}).status_code == 302
        for path in (SECURITY, "/aide/", "/compte/deconnexion/", "/compte/appareils/", "/sante/"):
            assert client.get(path).status_code == 200, path
        assert "Il faut maintenant un second facteur" in client.get(SECURITY).content.decode()
        assert Client().get("/").status_code == 200


def test_the_walls_cost_no_query(people, settings):
    user = people[Role.PILOT]
    User.objects.filter(pk=user.pk).update(second_factor_by=dt.date(2099, 1, 1))
    client, costs = client_of(user), {}
    for required in (False, True, False, True):  # once more, when everything remembered is made
        settings.SECOND_FACTOR_REQUIRED = required
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/repertoire/").status_code == 200
        costs[required] = len(queries)
    assert costs[True] == costs[False]


def test_an_application_is_added_and_asked_for(
    people, required, django_capture_on_commit_callbacks
):
    user = people[Role.PILOT]
    client = sign_in(user)
    assert User.objects.get(pk=user.pk).second_factor_by
    page = confirm_it_is_me(client, APPLICATION).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page).group(1)
    assert 'src="data:image/svg+xml;base64,' in page
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(APPLICATION, {"code": code_of(secret)})["Location"] == CODES
    assert "application de codes" in letters()[-1].subject
    assert User.objects.get(pk=user.pk).second_factor_by is None
    again = Client()
    sent = {"login": user.email, "password": PASSWORD}
    assert again.post(LOGIN, sent)["Location"] == SECOND
    assert not is_in(again)
    again.post(SECOND, {"code": "000000"})
    assert not is_in(again)
    again.post(SECOND, {"code": code_of(secret, ahead=1)})
    assert is_in(again)


def test_a_code_by_mail_asks_for_it_too(people):
    user = people[Role.PILOT]
    secret = give_application(user)
    client = Client()
    ask(client, user.email)
    assert client.post(CONFIRM, {"code": last_code()})["Location"] == SECOND
    assert not is_in(client)
    client.post(SECOND, {"code": code_of(secret)})
    assert is_in(client)


def test_a_code_of_an_application_opens_once(people):
    user = people[Role.PILOT]
    secret = give_application(user)
    with travel("2026-12-01 10:00:05+01:00", tick=False):
        code = code_of(secret)
        first = sign_in(user)
        first.post(SECOND, {"code": code})
        assert is_in(first)
    with travel("2026-12-01 10:00:40+01:00", tick=False):  # still accepted, were it not used
        second = sign_in(user)
        second.post(SECOND, {"code": code})
        assert not is_in(second)


def test_a_code_that_opened_the_account_confirms_nothing_more(people):
    user = people[Role.PILOT]
    secret = give_application(user)
    with travel("2026-12-01 10:00:05+01:00", tick=False):
        code = code_of(secret)
        sign_in(user).post(SECOND, {"code": code})
    with travel("2026-12-01 10:00:40+01:00", tick=False):  # still accepted, were it not used
        client = client_of(user)
        client.post("/compte/confirmation/application/", {"code": code})
        answer = client.get(f"{APPLICATION}retirer/")
        assert answer["Location"].startswith("/compte/confirmation/")


def test_recovery_codes_are_shown_once_by_a_button_and_open_once(people):
    user = people[Role.PILOT]
    client = sign_in(user)
    page = confirm_it_is_me(client, APPLICATION).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page).group(1)
    client.post(APPLICATION, {"code": code_of(secret)})
    for method in (client.get, client.head, client.get):
        assert b'class="codes"' not in method(CODES).content
    page = client.post(CODES).content.decode()
    codes = re.findall(r"<code>(\d{4} \d{4})</code>", page)
    assert len(set(codes)) == 10
    file = re.search(r'href="data:text/plain;charset=utf-8;base64,([^"]+)" download', page)
    assert codes[0].replace(" ", "") in base64.b64decode(file.group(1)).decode()
    assert b'class="codes"' not in client.post(CODES).content
    for expected in (True, False):
        other = sign_in(user)
        other.post(SECOND, {"code": codes[0]})
        assert is_in(other) is expected


def test_the_last_factor_stays_while_one_is_needed(people, required):
    user = people[Role.PILOT]
    secret = give_application(user)
    client = sign_in(user)
    client.post(SECOND, {"code": code_of(secret)})
    page = confirm_it_is_me(client, f"{APPLICATION}retirer/").content.decode()
    assert "Ajoutez-en un autre avant" in page
    client.post(f"{APPLICATION}retirer/")
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_a_member_without_a_role_may_remove_it(people, required):
    user = people[Role.MEMBER]
    secret = give_application(user)
    client = sign_in(user)
    client.post(SECOND, {"code": code_of(secret)})
    confirm_it_is_me(client, f"{APPLICATION}retirer/")
    assert client.post(f"{APPLICATION}retirer/").status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert "retirée" in letters()[-1].subject


def test_removing_by_any_other_way_gives_no_new_days(people, required, rf):
    from accounts.signals import factor_was_removed

    user = User.objects.get(pk=people[Role.PILOT].pk)
    factor_was_removed(user=user)
    assert User.objects.get(pk=user.pk).second_factor_by == dt.date.today()


def test_whoever_has_no_password_confirms_by_a_code(people):
    user = people[Role.MEMBER]
    user.set_unusable_password()
    user.save()
    client = client_of(user)
    response = client.get(APPLICATION)
    assert response["Location"].startswith("/compte/confirmation/code/")
    path = response["Location"]
    assert not letters()  # opening the page sends nothing
    client.get(path)
    client.head(path)
    assert not letters()
    assert client.post(path, {"send": "1"})["Location"] == path
    client.post(path, {"code": "1"})
    assert client.get(APPLICATION).status_code == 302
    assert client.post(path, {"code": last_code()})["Location"] == APPLICATION
    assert client.get(APPLICATION).status_code == 200


def without_password(user) -> tuple[Client, str]:
    """Signed in for a while, and the page that asks who it is by a code."""
    user.set_unusable_password()
    user.save()
    client = client_of(user)
    return client, client.get(APPLICATION)["Location"]


def test_three_wrong_codes_end_the_one_that_was_sent(people):
    client, path = without_password(people[Role.MEMBER])
    client.post(path, {"send": "1"})
    code = last_code()
    for _ in range(3):
        client.post(path, {"code": wrong(code)})
    client.post(path, {"code": code})
    assert client.get(APPLICATION).status_code == 302


def test_a_code_that_confirms_opens_once_and_for_a_quarter_of_an_hour(people):
    with travel("2026-12-01 10:00+01:00", tick=False):
        client, path = without_password(people[Role.MEMBER])
        client.post(path, {"send": "1"})
        first = last_code()
        client.post(path, {"code": first})
        assert client.get(APPLICATION).status_code == 200
    with travel("2026-12-01 10:10+01:00", tick=False):  # one is asked again by now
        client.post(path, {"code": first})
        assert client.get(APPLICATION).status_code == 302
        client.post(path, {"send": "1"})
        second = last_code()
    with travel("2026-12-01 10:26+01:00", tick=False):
        client.post(path, {"code": second})
        assert client.get(APPLICATION).status_code == 302


def test_a_code_that_confirms_is_not_sent_without_end(people):
    client, path = without_password(people[Role.MEMBER])
    for _ in range(5):
        client.post(path, {"send": "1"})
    assert len(letters()) == 3


def test_nobody_chooses_a_first_password_at_a_screen_left_open(people):
    user = people[Role.MEMBER]
    client, _path = without_password(user)
    sent = dict.fromkeys(("password1", "password2"), "un-nouveau-fil-solide")
    for ask_for_it in (client.get, client.post):
        answer = ask_for_it("/compte/mot-de-passe/premier/", sent)
        assert answer["Location"].startswith("/compte/confirmation/code/")
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_a_first_password_is_chosen_and_told(people):
    user = people[Role.MEMBER]
    user.set_unusable_password()
    user.save()
    client = Client()
    ask(client, user.email)
    client.post(CONFIRM, {"code": last_code()})
    chosen = "un-nouveau-fil-solide"
    path = "/compte/mot-de-passe/premier/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"password1": chosen, "password2": chosen}).status_code == 302
    assert "a un mot de passe" in letters()[-1].subject
    assert "127.0.0.1" in letters()[-1].body  # from where it was done
    assert User.objects.get(pk=user.pk).check_password(chosen)
