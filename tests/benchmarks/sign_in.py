"""Whether the time of an answer says that an address has an account: it must not.

The passwords are hashed as in production, and mails leave through the queue of jobs.
"""

import random
import statistics
import time
from collections.abc import Iterator

from django.conf import settings
from django.test import Client, override_settings

KNOWN, UNKNOWN = "membre@maillage-demo.example", "personne@maillage-demo.example"
TRIES = 200  # of each address
MOST = 20.0  # milliseconds between the two medians
WAYS = [
    ("mot de passe faux", "/compte/connexion/", {"password": "un-mot-de-passe-faux"}, "login"),
    ("code demandé", "/compte/connexion/code/", {}, "email"),
    ("mot de passe oublié", "/compte/mot-de-passe/oublie/", {}, "email"),
]


def results() -> Iterator[dict]:
    """One row for each way of asking about an address. The demonstration is loaded."""
    assert "MD5" not in settings.PASSWORD_HASHERS[0]
    assert "Immediate" not in settings.TASKS["jobs"]["BACKEND"]
    # Counted as always, never refused.
    limits = {"login": "100000/m/ip", "login_failed": "100000/m/ip,100000/5m/key"}
    limits |= {"request_login_code": "100000/m/ip,100000/m/key", "guesses": "100000/d/key"}
    limits |= {"reset_password": "100000/m/ip,100000/m/key"}
    with override_settings(ACCOUNT_RATE_LIMITS=limits):
        for name, path, words, field in WAYS:
            yield row(name, *medians(path, words, field))


def medians(path: str, words: dict, field: str) -> tuple[float, float]:
    """Milliseconds for an address with an account and for one without, in a random order."""
    times: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    for number in range(-3, TRIES):
        for email in random.sample([KNOWN, UNKNOWN], 2):  # what recurs on the machine is shared out
            client = Client()
            start = time.perf_counter()
            response = client.post(path, {**words, field: email})
            taken = (time.perf_counter() - start) * 1000
            assert response.status_code in {200, 302}, f"{path}: {response.status_code}"
            if number >= 0:
                times[email].append(taken)
    return statistics.median(times[KNOWN]), statistics.median(times[UNKNOWN])


def row(name: str, known: float, unknown: float) -> dict:
    between = abs(known - unknown)
    return {
        "name": f"adresse connue ou non, {name}",
        "ours": round(between, 2),
        "peer": MOST,
        "peer_name": f"{round(known)} et {round(unknown)} ms",
        "ratio": round(between / MOST, 2),
        "target": 1.0,
        "better": "lower",
        "unit": "ms",
        "holds": between <= MOST,
    }
