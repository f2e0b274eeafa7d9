import signal

from django.core.management.base import BaseCommand, CommandError
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend

from core.jobs import BACKEND
from core.worker import Worker


class Command(BaseCommand):
    help = (
        "Fait les tâches en attente et celles de chaque jour, jusqu’à Ctrl-C ou SIGTERM ; "
        "finit alors celle qui court."
    )

    def handle(self, **options) -> None:
        if not isinstance(task_backends[BACKEND], DatabaseBackend):
            raise CommandError("Avec ces réglages, les tâches se font tout de suite.")
        worker = Worker()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, worker.stop)
        worker.run()
