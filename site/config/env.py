"""Settings read from the environment, each with its name, its default and its meaning.

`docs/fr/administration.md` lists them for the administrator.
"""

from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parents[2]

env = environ.Env()

# Everything the portal writes (database, files, cache) lives in one folder, outside the code.
VAR = Path(env.str("MAILLAGE_VAR", default=str(ROOT / "var")))
