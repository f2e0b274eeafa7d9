from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from accounts.permissions import tokens_held
        from accounts.retention import RETENTIONS
        from core.retention import register_retention
        from core.visibility import register_holder

        register_holder(tokens_held)
        for kind in RETENTIONS:
            register_retention(kind)
