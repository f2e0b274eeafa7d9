from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WelcomeConfig(AppConfig):
    name = "coordination.welcome"
    label = "welcome"
    verbose_name = _("Entrer dans le réseau")

    def ready(self) -> None:
        from accounts.notifications import register_kind
        from coordination.directory.team import register_team_link
        from coordination.welcome import chase, notifications, permissions, personal, retention
        from coordination.welcome.selectors import desk, overview
        from core.desk import register_source
        from core.jobs import register_periodic
        from core.navigation import NETWORK, Part, register_part
        from core.overview import register_panel
        from core.retention import register_retention

        for kind in notifications.KINDS:
            register_kind(kind)
        for kept in retention.RETENTIONS:
            register_retention(kept)
        personal.register_all()
        register_source(desk.waiting)
        register_panel(overview.PANEL)
        register_team_link(permissions.team_link)
        register_periodic(chase.CHASE)
        register_part(Part(_("Rejoindre le réseau"), "welcome:join", 150, (NETWORK,)))
