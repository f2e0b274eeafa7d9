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
        from agenda.selectors import desk, holidays
        from agenda.selectors.upcoming import dates_of_group, dates_of_organisation
        from agenda.tasks import move_the_horizon_on
        from coordination.directory.models import Organisation, Place
        from core.desk import register_source
        from core.jobs import Periodic, register_periodic
        from core.memory import forget_on_change
        from core.navigation import FIND, MENU, Part, register_part
        from core.retention import register_retention
        from core.tokens import register_kind
        from core.upcoming import register_upcoming
        from groupes.models import GroupPage

        forget_on_change(SchoolHoliday, Programme, Place)
        register_part(Part(_("Agenda"), "agenda:list", 5, (MENU, FIND)))
        register_upcoming(GroupPage, dates_of_group)
        register_upcoming(Organisation, dates_of_organisation)
        register_periodic(Periodic("agenda_horizon", move_the_horizon_on, at=dt.time(2, 30)))
        register_source(holidays.waiting)
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
