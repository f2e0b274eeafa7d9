from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    name = "agenda"
    verbose_name = _("Agenda")

    def ready(self) -> None:
        import datetime as dt

        from agenda import personal, signals
        from agenda.models import Programme, SchoolHoliday
        from agenda.selectors import holidays
        from agenda.selectors.upcoming import dates_of_group, dates_of_organisation
        from agenda.tasks import move_the_horizon_on
        from coordination.directory.models import Organisation, Place
        from core.desk import register_source
        from core.jobs import Periodic, register_periodic
        from core.memory import forget_on_change
        from core.navigation import FIND, MENU, Part, register_part
        from core.upcoming import register_upcoming
        from groupes.models import GroupPage

        forget_on_change(SchoolHoliday, Programme, Place)
        register_part(Part(_("Agenda"), "agenda:list", 5, (MENU, FIND)))
        register_upcoming(GroupPage, dates_of_group)
        register_upcoming(Organisation, dates_of_organisation)
        register_periodic(Periodic("agenda_horizon", move_the_horizon_on, at=dt.time(2, 30)))
        register_source(holidays.waiting)
        personal.register_all()
        signals.connect()
