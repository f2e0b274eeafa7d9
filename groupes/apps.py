from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupesConfig(AppConfig):
    name = "groupes"
    verbose_name = _("Groupes")

    def ready(self) -> None:
        import datetime as dt

        from accounts.enums import JournalKind
        from accounts.handover import register_functions
        from accounts.journal import register_actions
        from accounts.memberships import register_describer
        from accounts.notifications import register_kind as register_notification
        from accounts.notifications.due import register_due
        from coordination.directory.filters import register_group_filter
        from coordination.directory.groups import register_groups_of
        from core.desk import register_source
        from core.jobs import Periodic, register_periodic
        from core.latest import register_source as register_latest
        from core.memory import forget_on_change
        from core.overview import register_panel
        from core.retention import register_retention
        from core.search import register_finder
        from core.tokens import register_kind
        from core.visibility import register_holder
        from groupes import handover, notifications, permissions, personal, signals
        from groupes.models import WorkingGroup
        from groupes.retention import RETENTIONS
        from groupes.selectors import desk, groups, latest, overview
        from groupes.tasks import tell_ending_mandates

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
        for kind in notifications.KINDS:
            register_notification(kind)
        register_due(notifications.DUE, notifications.due_group_pages)
        register_periodic(Periodic("ending_mandates", tell_ending_mandates, at=dt.time(7)))
        personal.register_all()
        register_actions(JournalKind.ROLES, "groupes.pilot", "groupes.leave")
        register_actions(
            JournalKind.MODERATION,
            *("groupes.accepted", "groupes.refused"),
            *("groupes.item_published", "groupes.item_refused"),
        )
        signals.connect()
        for kind in RETENTIONS:
            register_retention(kind)
