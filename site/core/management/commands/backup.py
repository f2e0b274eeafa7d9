from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.env import VAR, env
from core.backup import BackupError, write_backup
from core.sealed import MIN_KEY


class Command(BaseCommand):
    help = "Sauve la base et les fichiers dans une archive, et la relit."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--to", help="fichier à écrire ; sinon var/sauvegardes/, avec la date")

    def handle(self, *, to, **options) -> None:
        key = env.str("BACKUP_KEY", default="")
        if key and len(key) < MIN_KEY:
            raise CommandError(f"BACKUP_KEY compte au moins {MIN_KEY} signes.")
        name = f"maillage-{timezone.localtime():%Y-%m-%d-%Hh%M%S}.tar.gz{'.scelle' if key else ''}"
        target = Path(to) if to else VAR / "sauvegardes" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            summary = write_backup(target, key=key)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{target} : {target.stat().st_size / 1_000_000:.1f} Mo, base et "
            f"{len(summary['sums']) - 1} fichiers, relue et exacte."
        )
        if not key:
            self.stdout.write("Elle n’est pas chiffrée (BACKUP_KEY n’est pas donnée).")
