from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from django.db.models.signals import post_delete
        from wagtail.admin.forms.account import NameEmailForm

        from accounts import kinds
        from accounts.enums import JournalKind
        from accounts.journal import register_actions
        from accounts.models import DataExport, NetworkMembership
        from accounts.models.data_export import file_goes
        from accounts.notifications import register_kind
        from accounts.permissions import tokens_held
        from accounts.selectors import own_data
        from core.admin_memberships import CHANGED, ENDED, GIVEN
        from core.visibility import register_holder

        register_holder(tokens_held)
        own_data.register_all()
        for kind in kinds.KINDS:
            register_kind(kind)
        post_delete.connect(file_goes, sender=DataExport, dispatch_uid="accounts.file_goes")
        register_actions(JournalKind.ROLES, GIVEN, CHANGED, ENDED, "accounts.handover")
        register_actions(JournalKind.ROLES, "wagtail.delete", of=[NetworkMembership])
        register_actions(JournalKind.VISIBILITY, "core.audience")
        register_actions(
            JournalKind.MODERATION, "wagtail.workflow.approve", "wagtail.workflow.reject"
        )
        register_actions(JournalKind.PRIVACY, "accounts.export", "accounts.delete")
        # Names are optional here; Wagtail's own page of settings would refuse to save without.
        for name in ("first_name", "last_name"):
            NameEmailForm.base_fields[name].required = False
