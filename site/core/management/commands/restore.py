from pathlib import Path

from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError

from config.env import env
from core.backup import BackupError, restore_backup


class Command(BaseCommand):
    help = "Remet une sauvegarde dans une base vide et un dossier vide."
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help="l’archive que `backup` a écrite")

    def handle(self, *, file, **options) -> None:
        source = Path(file)
        if not source.is_file():
            raise CommandError(f"« {file} » n’existe pas.")
        try:
            summary = restore_backup(source, key=env.str("BACKUP_KEY", default=""))
        except BackupError as error:
            raise CommandError(str(error)) from error
        cache.clear()
        self.stdout.write(
            f"Sauvegarde du {summary['made']} remise : base et {len(summary['sums']) - 1} "
            "fichiers. Lancez maintenant : manage.py migrate"
        )
