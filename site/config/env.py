"""Settings read from the environment, each with its name, its default and its meaning.

`docs/fr/administration.md` lists them for the administrator.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]

env = environ.Env()

# Everything the portal writes (database, files, cache) lives in one folder, outside the code.
VAR = Path(env.str("MAILLAGE_VAR", default=str(ROOT / "var")))


def days(name: str, default: int) -> int:
    """How many days something is kept. Raises `ImproperlyConfigured` below one: a nought typed by
    mistake would remove everything the next night."""
    count = env.int(name, default=default)
    if count < 1:
        raise ImproperlyConfigured(f"{name} doit valoir 1 jour ou plus ({count} reçu).")
    return count
