from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupesConfig(AppConfig):
    name = "groupes"
    verbose_name = _("Groupes")

    def ready(self) -> None:
        from accounts.enums import JournalKind
        from accounts.handover import register_functions
        from accounts.journal import register_actions
        from accounts.memberships import register_describer
        from coordination.directory.filters import register_group_filter
        from coordination.directory.groups import register_groups_of
        from core.desk import register_source
        from core.latest import register_source as register_latest
        from core.memory import forget_on_change
        from core.overview import register_panel
        from core.search import register_finder
        from core.tokens import register_kind
        from core.visibility import register_holder
        from groupes import handover, permissions, personal, signals
        from groupes.models import WorkingGroup
        from groupes.selectors import desk, groups, latest, overview

        forget_on_change(WorkingGroup)
        register_holder(permissions.tokens_held)
        register_kind(permissions.GROUP_TOKENS)
        register_describer(groups.describe_memberships)
        register_group_filter(groups.GROUP_FILTER)
        register_groups_of(groups.groups_of)
        register_source(desk.waiting_for)
        register_latest(latest.latest)
        register_panel(overview.GROUPS_PANEL)
        register_finder(_("Groupes"), overview.find_groups)
        register_functions(handover.GROUP_FUNCTIONS)
        personal.register_all()
        register_actions(JournalKind.ROLES, "groupes.pilot", "groupes.leave")
        register_actions(
            JournalKind.MODERATION,
            *("groupes.accepted", "groupes.refused"),
            *("groupes.item_published", "groupes.item_refused"),
        )
        signals.connect()
