from wagtail import hooks

from agenda.viewsets import AgendaViewSetGroup


@hooks.register("register_admin_viewset")
def agenda_viewsets() -> list:
    return [AgendaViewSetGroup()]
