from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        import datetime as dt

        from django.db.models.signals import post_delete
        from wagtail.admin.forms.account import NameEmailForm

        from accounts import journal, own_data, signals
        from accounts.models import DataExport
        from accounts.models.data_export import file_goes
        from accounts.notifications import register_kind
        from accounts.notifications.due import ask_what_is_due
        from accounts.notifications.mails import mail_soon, mail_weekly
        from accounts.notifications.own import EXPORT, HANDOVER
        from accounts.permissions import tokens_held
        from accounts.retention import RETENTIONS
        from core.jobs import Periodic, register_periodic
        from core.retention import register_retention
        from core.visibility import register_holder

        register_holder(tokens_held)
        signals.connect()
        register_kind(HANDOVER)
        register_kind(EXPORT)
        register_periodic(Periodic("mail_soon", mail_soon, every=dt.timedelta(minutes=1)))
        register_periodic(Periodic("mail_weekly", mail_weekly, at=dt.time(7, 30), weekday=0))
        register_periodic(Periodic("ask_what_is_due", ask_what_is_due, at=dt.time(7)))
        for kind in RETENTIONS:
            register_retention(kind)
        own_data.register_all()
        journal.register_own()
        post_delete.connect(file_goes, sender=DataExport, dispatch_uid="accounts.file_goes")
        # Names are optional here; Wagtail's own page of settings would refuse to save without.
        for name in ("first_name", "last_name"):
            NameEmailForm.base_fields[name].required = False
