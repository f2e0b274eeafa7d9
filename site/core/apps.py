from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Socle"

    def ready(self) -> None:
        from core import admin_scope, checks, signals

        admin_scope.install()
        signals.connect()
        checks.register_all()
