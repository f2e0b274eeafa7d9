"""The benchmarks: a table, and var/bench.json. Each says what it is compared with, in this run.

bench.py    runs everything in tests/benchmarks on a demonstration of its own, then takes it away
"""

import json
import os
import sys
import tempfile
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="maillage-mesures.") as folder:
        os.environ["MAILLAGE_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
        sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        from tests.benchmarks import agenda, pages, sign_in

        rows = []
        for row in chain(pages.results(), sign_in.results(), agenda.results()):
            rows.append(row)
            print(line(row), flush=True)
    target = ROOT / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    missed = [row["name"] for row in rows if not row["holds"]]
    print(f"\n{len(rows)} mesures, {len(missed)} hors de la cible. Détail : var/bench.json")
    return 1 if missed else 0


def line(row: dict) -> str:
    sign = "≤" if row["better"] == "lower" else "≥"
    verdict = "tient" if row["holds"] else "NE TIENT PAS"
    return (
        f"{row['name']:<44}{row['ours']:>8} {row['unit']:<9} {row['peer_name']:<20}{row['peer']:>8}"
        f"   × {row['ratio']:<6.2f}{sign} {row['target']:<5} {verdict}"
    )


if __name__ == "__main__":
    sys.exit(main())
