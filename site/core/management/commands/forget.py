from django.core.management.base import BaseCommand, CommandError

from core.retention import count_expired, forget_expired, retentions


class Command(BaseCommand):
    help = "Efface ce dont la durée de garde est passée, comme chaque nuit, et compte par sorte."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="compte sans rien effacer")

    def handle(self, *, dry_run: bool, **options) -> None:
        if dry_run:
            for retention, count in count_expired():
                self.stdout.write(f"{count:>7}  à effacer   {retention.label}")
            return
        run = forget_expired()
        labels = {retention.key: retention.label for retention in retentions()}
        for key, count in run.counts.items():
            self.stdout.write(f"{count:>7}  effacés     {labels[key]}")
        if run.failed:
            failed = ", ".join(str(labels[key]) for key in run.failed)
            raise CommandError(f"N’ont pas pu être effacés : {failed}.")
