import datetime as dt

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Socle"

    def ready(self) -> None:
        from core import admin_scope, checks, jobs, jobs_panel, overview, retention, signals, tasks

        admin_scope.install()
        signals.connect()
        checks.register_all()
        jobs.register_periodic(jobs.Periodic("core.forget", tasks.forget, at=dt.time(3, 15)))
        overview.register_panel(jobs_panel.PANEL)
        for kind in retention.RETENTIONS:
            retention.register_retention(kind)
