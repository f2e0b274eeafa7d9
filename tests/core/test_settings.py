"""Production refuses to start when unsafe, and says each reason."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SAFE = {
    "SECRET_KEY": "0123456789-abcdefghij-KLMNOPQRST-uvwxyz-9876543210",
    "ALLOWED_HOSTS": "portail.exemple.be",
    "PUBLIC_URL": "https://portail.exemple.be",
    "EMAIL_URL": "smtp://localhost:25",
    "MAIL_FROM": "portail@exemple.be",
    "TRUSTED_PROXY_COUNT": "1",
}


def start(**changes) -> subprocess.CompletedProcess:
    environment = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    environment |= SAFE | {"DJANGO_SETTINGS_MODULE": "config.settings.production"}
    for name, value in changes.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.SITE.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_safe_settings_start():
    assert start().returncode == 0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY manque"),
        ({"SECRET_KEY": "trop-court"}, "SECRET_KEY manque ou compte moins"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY manque ou compte moins"),
        ({"DEBUG": "1"}, "DEBUG est actif"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS doit nommer"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS doit nommer"),
        ({"PUBLIC_URL": "http://portail.exemple.be"}, "PUBLIC_URL doit être"),
        ({"PUBLIC_URL": "https://autre.be"}, "PUBLIC_URL doit utiliser un domaine"),
        ({"EMAIL_URL": None}, "EMAIL_URL manque"),
        ({"EMAIL_URL": "filemail:////srv/courriels"}, "EMAIL_URL mène à un dossier"),
        ({"MAIL_FROM": None}, "MAIL_FROM manque"),
        ({"TRUSTED_PROXY_COUNT": None}, "TRUSTED_PROXY_COUNT manque"),
        ({"CACHE_URL": "locmemcache://"}, "CACHE_URL doit être partagé"),
        ({"MAILLAGE_VAR": "var"}, "MAILLAGE_VAR doit être un chemin absolu"),
    ],
)
def test_unsafe_settings_do_not_start(changes, reason):
    result = start(**changes)
    assert result.returncode != 0
    assert reason in result.stderr


def test_all_reasons_come_at_once():
    result = start(SECRET_KEY=None, ALLOWED_HOSTS=None, MAIL_FROM=None)
    assert result.stderr.count("\n- ") >= 3
