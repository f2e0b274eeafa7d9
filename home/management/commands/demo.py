import json

from django.core.management.base import BaseCommand, CommandError

from config.env import VAR
from home.demonstration import marks, people
from home.demonstration.loader import load, remove
from home.demonstration.scale import add_organisations

MAX_SCALE = 1000
REPORT = "demonstration-rapport.txt"


class Command(BaseCommand):
    help = "Charge, rafraîchit ou retire le réseau de démonstration (Ixelles, 2023)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--scale", type=int, default=0, help="ajoute N fois sa taille")
        parser.add_argument("--accounts", action="store_true", help="montre les comptes")
        parser.add_argument("--json", action="store_true", help="les comptes en JSON")
        parser.add_argument("--remove", action="store_true", help="retire la démonstration")
        parser.add_argument("--once", action="store_true", help="rien si elle est déjà là")
        parser.add_argument("--host", default="localhost")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, scale, accounts, remove: bool, once, host, port, **options) -> None:
        if scale < 0 or scale > MAX_SCALE:
            raise CommandError(f"--scale va de 1 à {MAX_SCALE}.")
        if remove:
            self.remove()
        elif accounts:
            self.show_accounts(as_json=options["json"])
        elif not (once and marks.is_loaded()):
            self.load(host, port, scale)

    def load(self, host: str, port: int, scale: int) -> None:
        report = load(host=host, port=port)
        VAR.mkdir(parents=True, exist_ok=True)
        (VAR / REPORT).write_text(f"{report}\n", encoding="utf-8")
        self.stdout.write(
            f"Démonstration chargée. {len(report.lines)} remarques d’import dans "
            f"{VAR.name}/{REPORT}."
        )
        if scale:
            self.stdout.write(f"{add_organisations(scale)} organismes d’essai en plus.")

    def remove(self) -> None:
        self.stdout.write(f"{remove()} objets de la démonstration retirés.")

    def show_accounts(self, *, as_json: bool) -> None:
        if not marks.is_loaded():
            raise CommandError("La démonstration n’est pas chargée : aucun compte à montrer.")
        rows = people.accounts()
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            place = row["group"] or row["organisation"] or ""
            self.stdout.write(f"{row['role']:<15}{row['email']:<52}{row['password']}   {place}")
