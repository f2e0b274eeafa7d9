from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from accounts import signals
        from accounts.permissions import tokens_held
        from core.visibility import register_holder

        register_holder(tokens_held)
        signals.connect()
