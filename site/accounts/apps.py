from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        import datetime as dt

        from django.db.models.signals import post_delete
        from wagtail.admin.forms.account import NameEmailForm

        from accounts import kinds, signals
        from accounts.checks import ask_what_is_due
        from accounts.enums import JournalKind
        from accounts.journal import register_actions
        from accounts.mails import GUESSING
        from accounts.models import DataExport, NetworkMembership
        from accounts.models.data_export import file_goes
        from accounts.notification_mails import mail_soon, mail_weekly
        from accounts.notifications import register_kind
        from accounts.permissions import tokens_held
        from accounts.retention import RETENTIONS
        from accounts.selectors import own_data
        from core.admin_memberships import CHANGED, ENDED, GIVEN
        from core.jobs import Periodic, register_periodic
        from core.retention import register_retention
        from core.services.beneficiaries import ACTION as KEPT_TEXT
        from core.visibility import register_holder

        register_holder(tokens_held)
        signals.connect()
        own_data.register_all()
        for kind in kinds.KINDS:
            register_kind(kind)
        register_periodic(Periodic("mail_soon", mail_soon, every=dt.timedelta(minutes=1)))
        register_periodic(Periodic("mail_weekly", mail_weekly, at=dt.time(7, 30), weekday=0))
        register_periodic(Periodic("ask_what_is_due", ask_what_is_due, at=dt.time(7)))
        for retention in RETENTIONS:
            register_retention(retention)
        post_delete.connect(file_goes, sender=DataExport, dispatch_uid="accounts.file_goes")
        register_actions(JournalKind.ACCESS, GUESSING)
        register_actions(JournalKind.ROLES, GIVEN, CHANGED, ENDED, "accounts.handover")
        register_actions(JournalKind.ROLES, "wagtail.delete", of=[NetworkMembership])
        register_actions(JournalKind.VISIBILITY, "core.audience")
        register_actions(
            JournalKind.MODERATION, "wagtail.workflow.approve", "wagtail.workflow.reject"
        )
        register_actions(JournalKind.PRIVACY, "accounts.export", "accounts.delete", KEPT_TEXT)
        # Names are optional here; Wagtail's own page of settings would refuse to save without.
        for name in ("first_name", "last_name"):
            NameEmailForm.base_fields[name].required = False
