from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupesConfig(AppConfig):
    name = "groupes"
    verbose_name = _("Groupes")

    def ready(self) -> None:
        from accounts.memberships import register_describer
        from coordination.directory.filters import register_group_filter
        from coordination.directory.groups import register_groups_of
        from core.tokens import register_kind
        from core.visibility import register_holder
        from groupes import permissions, signals
        from groupes.selectors import groups as selectors

        register_holder(permissions.tokens_held)
        register_kind(permissions.GROUP_TOKENS)
        register_describer(selectors.describe_memberships)
        register_group_filter(selectors.GROUP_FILTER)
        register_groups_of(selectors.groups_of)
        signals.connect()
