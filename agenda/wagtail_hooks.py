from django.utils.translation import gettext_lazy
from wagtail import hooks

from agenda.viewsets import AgendaViewSetGroup


@hooks.register("register_admin_viewset")
def agenda_viewsets() -> list:
    return [AgendaViewSetGroup()]


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    for name, label in (
        ("change_date", gettext_lazy("Changer une date de l’agenda")),
        ("restore_date", gettext_lazy("Remettre une date comme prévu")),
        ("link", gettext_lazy("Faire une adresse secrète d’agenda")),
        ("link_gone", gettext_lazy("Retirer une adresse secrète d’agenda")),
    ):
        actions.register_action(f"agenda.{name}", label, label)
