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
        from agenda.tasks import move_the_horizon_on
        from coordination.directory.models import Place
        from core.desk import register_source
        from core.jobs import Periodic, register_periodic
        from core.memory import forget_on_change

        forget_on_change(SchoolHoliday, Programme, Place)
        register_periodic(Periodic("agenda_horizon", move_the_horizon_on, at=dt.time(2, 30)))
        register_source(holidays.waiting)
        personal.register_all()
        signals.connect()
