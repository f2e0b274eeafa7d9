from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        import datetime as dt

        from accounts import signals
        from accounts.checks import ask_what_is_due
        from accounts.kinds import HANDOVER
        from accounts.notification_mails import mail_soon, mail_weekly
        from accounts.notifications import register_kind
        from accounts.permissions import tokens_held
        from accounts.retention import RETENTIONS
        from core.jobs import Periodic, register_periodic
        from core.retention import register_retention
        from core.visibility import register_holder

        register_holder(tokens_held)
        signals.connect()
        register_kind(HANDOVER)
        register_periodic(Periodic("mail_soon", mail_soon, every=dt.timedelta(minutes=1)))
        register_periodic(Periodic("mail_weekly", mail_weekly, at=dt.time(7, 30), weekday=0))
        register_periodic(Periodic("ask_what_is_due", ask_what_is_due, at=dt.time(7)))
        for kind in RETENTIONS:
            register_retention(kind)
