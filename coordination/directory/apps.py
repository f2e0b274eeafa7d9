from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "coordination.directory"
    label = "directory"
    verbose_name = _("Répertoire")

    def ready(self) -> None:
        from accounts.memberships import register_describer
        from coordination.directory import permissions
        from core.navigation import register_entry
        from core.tokens import register_kind
        from core.visibility import register_holder

        register_holder(permissions.tokens_held)
        register_kind(permissions.ORGANISATION_TOKENS)
        register_describer(permissions.describe_memberships)
        register_entry(_("Trouver de l’aide"), "directory:organisation_list", order=10)
