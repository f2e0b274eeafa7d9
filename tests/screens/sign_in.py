"""Signing in, and what opens an account: passwords, codes, passkeys, devices, the address."""

import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.models import User
from home.demonstration.people import PASSWORD
from tests.conftest import client_of
from tests.screens.people import GUARDED, MEMBER, VISITOR, WAITING
from tests.screens.screen import Screen, view
from tests.screens.village import Village


def ask_for_code(client: Client, _village: Village) -> None:
    client.post("/compte/connexion/code/", {"email": f"{MEMBER}@maillage-demo.example"})


def half_way(client: Client, village: Village) -> None:
    """The password was right; the second factor is still to come."""
    email = village.people[GUARDED].email
    client.post("/compte/connexion/", {"login": email, "password": PASSWORD})


def prove(client: Client, village: Village) -> None:
    """Who one is was asked a moment ago."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


def change_address(client: Client, village: Village) -> None:
    prove(client, village)
    client.post("/compte/adresse/", {"email": "autre@essai.example"})


def send_code(client: Client, _village: Village) -> None:
    client.post("/compte/confirmation/code/", {"send": "1"})


def without_password(client: Client, village: Village) -> None:
    User.objects.filter(pk=village.people[WAITING].pk).update(password="!")
    client.force_login(User.objects.get(pk=village.people[WAITING].pk))
    prove(client, village)


def elsewhere_too(client: Client, village: Village) -> None:
    """Open on this computer and on a telephone."""
    user = village.people[MEMBER]
    for browser, agent in ((client, "Firefox Windows"), (client_of(user), "Chrome Android")):
        key = browser.session.session_key
        UserSession.objects.create(user=user, ip="127.0.0.1", user_agent=agent, session_key=key)


SCREENS = [
    Screen("sign-in", VISITOR, view("account_login")),
    Screen(
        "sign-in with errors",
        VISITOR,
        view("account_request_login_code"),
        send={"email": "qui"},
    ),
    Screen(
        "sign-in by password",
        VISITOR,
        view("account_login"),
        send={"email": "qui@essai.example"},
    ),
    Screen(
        "sign-in by password with errors",
        VISITOR,
        view("account_login"),
        send={"login": "qui@essai.example", "password": "faux"},
    ),
    Screen("code asked", VISITOR, view("account_confirm_login_code"), first=ask_for_code),
    Screen(
        "code asked with errors",
        VISITOR,
        view("account_confirm_login_code"),
        send={"code": "1"},
        first=ask_for_code,
    ),
    Screen("second factor", VISITOR, view("mfa_authenticate"), first=half_way),
    Screen(
        "second factor with errors",
        VISITOR,
        view("mfa_authenticate"),
        send={"code": "1"},
        first=half_way,
    ),
    Screen("security", MEMBER, view("mfa_index")),
    Screen("security with factors", GUARDED, view("mfa_index")),
    Screen("application added", MEMBER, view("mfa_activate_totp"), first=prove),
    Screen(
        "application added with errors",
        MEMBER,
        view("mfa_activate_totp"),
        send={"code": "1"},
        first=prove,
    ),
    Screen("application removed", GUARDED, view("mfa_deactivate_totp"), first=prove),
    Screen("passkey added", MEMBER, view("mfa_add_webauthn"), first=prove),
    Screen("passkey renamed", GUARDED, view("mfa_edit_webauthn", "passkey"), first=prove),
    Screen("passkey removed", GUARDED, view("mfa_remove_webauthn", "passkey"), first=prove),
    Screen("recovery codes to show", GUARDED, view("mfa_view_recovery_codes")),
    Screen("recovery codes shown", GUARDED, view("mfa_view_recovery_codes"), send={}, first=prove),
    Screen("recovery codes made", GUARDED, view("mfa_generate_recovery_codes"), first=prove),
    Screen("devices", MEMBER, view("usersessions_list"), first=elsewhere_too),
    Screen("address", MEMBER, view("account_email")),
    Screen(
        "address with errors",
        MEMBER,
        view("account_email"),
        send={"email": "x"},
    ),
    Screen(
        "address to confirm",
        MEMBER,
        view("account_email_verification_sent"),
        first=change_address,
    ),
    Screen("first password", WAITING, view("account_set_password"), first=without_password),
    Screen("it is me, by code", MEMBER, view("account_reauthenticate_by_code")),
    Screen("it is me, code sent", MEMBER, view("account_reauthenticate_by_code"), first=send_code),
    Screen("it is me, by application", GUARDED, view("mfa_reauthenticate")),
    Screen("it is me, by passkey", GUARDED, view("mfa_reauthenticate_webauthn")),
    Screen("sign-out", MEMBER, view("account_logout")),
    Screen("account put to rest", VISITOR, view("account_inactive")),
    Screen("password again", MEMBER, view("account_reauthenticate")),
    Screen("password change", MEMBER, view("account_change_password")),
    Screen(
        "password change with errors",
        MEMBER,
        view("account_change_password"),
        send={"oldpassword": "x", "password1": "a", "password2": "b"},
    ),
    Screen("password forgotten", VISITOR, view("account_reset_password")),
    Screen(
        "password forgotten with errors",
        VISITOR,
        view("account_reset_password"),
        send={"email": "x"},
    ),
    Screen("password letter sent", VISITOR, view("account_reset_password_done")),
    Screen(
        "password chosen anew",
        VISITOR,
        view("account_reset_password_from_key", "uid", "key"),
        follow=True,
    ),
    Screen(
        "password letter too old", VISITOR, view("account_reset_password_from_key", "uid", "1-a")
    ),
    Screen("password chosen", VISITOR, view("account_reset_password_from_key_done")),
]
