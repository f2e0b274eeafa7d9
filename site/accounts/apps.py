from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from django.db.models.signals import post_delete

        from accounts import kinds
        from accounts.models import DataExport
        from accounts.models.data_export import file_goes
        from accounts.notifications import register_kind
        from accounts.permissions import tokens_held
        from accounts.selectors import own_data
        from core.visibility import register_holder

        register_holder(tokens_held)
        own_data.register_all()
        for kind in kinds.KINDS:
            register_kind(kind)
        post_delete.connect(file_goes, sender=DataExport, dispatch_uid="accounts.file_goes")
