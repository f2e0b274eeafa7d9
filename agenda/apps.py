from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    name = "agenda"
    verbose_name = _("Agenda")

    def ready(self) -> None:
        import datetime as dt

        from accounts.enums import JournalKind
        from accounts.journal import register_actions
        from accounts.notifications import register_kind as register_notification
        from agenda import notifications, permissions, personal, signals
        from agenda.models import Programme, SchoolHoliday
        from agenda.retention import RETENTIONS
        from agenda.selectors import desk
        from agenda.tasks import move_the_horizon_on
        from core.desk import register_source
        from core.jobs import Periodic, register_periodic
        from core.memory import forget_on_change
        from core.retention import register_retention
        from core.tokens import register_kind

        forget_on_change(SchoolHoliday, Programme)
        register_periodic(Periodic("agenda_horizon", move_the_horizon_on, at=dt.time(2, 30)))
        register_kind(permissions.EVENT_TOKENS)
        register_source(desk.waiting)
        for kind in notifications.KINDS:
            register_notification(kind)
        for kind in RETENTIONS:
            register_retention(kind)
        register_actions(
            JournalKind.MODERATION,
            *("agenda.accepted", "agenda.refused", "agenda.changes", "agenda.feature"),
        )
        personal.register_all()
        signals.connect()
