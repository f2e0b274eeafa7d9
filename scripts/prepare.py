"""Database and demonstration for run.sh, in one process so that a second start is quick.

prepare.py HOST PORT FILE    migrate when needed, load the demonstration when it is not there, and
                             write the accounts it has to FILE (nothing when it has none)
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(host: str, port: str, accounts: str) -> None:
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    import django

    django.setup()
    from django.core.management import CommandError, call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    call_command("demo", once=True, host=host, port=int(port))
    with Path(accounts).open("w", encoding="utf-8") as output:
        try:
            call_command("demo", accounts=True, stdout=output)
        except CommandError:
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
