import datetime as dt

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "tests.core.work"

    def ready(self) -> None:
        from core.jobs import Periodic, register_periodic
        from tests.core.work.tasks import tick

        register_periodic(Periodic("tests.tick", tick, every=dt.timedelta(hours=1)))
