from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from agenda.permissions import can_moderate
from agenda.views import moderation
from agenda.viewsets import AgendaViewSetGroup


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    for name, label in (
        ("propose", _("Proposer un événement")),
        ("change", _("Changer un événement")),
        ("withdraw", _("Retirer un événement proposé")),
        ("accepted", _("Publier un événement proposé")),
        ("refused", _("Refuser un événement proposé")),
        ("changes", _("Demander un changement à un événement")),
        ("feature", _("Mettre un événement à la une")),
        ("report", _("Répondre à un événement signalé")),
        ("change_date", _("Changer une date de l’agenda")),
        ("restore_date", _("Remettre une date comme prévu")),
        ("link", _("Faire une adresse secrète d’agenda")),
        ("link_gone", _("Retirer une adresse secrète d’agenda")),
    ):
        actions.register_action(f"agenda.{name}", label, label)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    one = "agenda/a-moderer/<int:pk>/"
    return [
        path("agenda/a-moderer/", moderation.queue, name="agenda_moderation"),
        path(one, moderation.moderate, name="agenda_moderation_event"),
        path(f"{one}apercu/", moderation.preview, name="agenda_moderation_preview"),
        path(f"{one}affiche/", moderation.poster, name="agenda_moderation_poster"),
    ]


@hooks.register("register_admin_viewset")
def agenda_viewsets() -> list:
    return [AgendaViewSetGroup()]


class ModerationItem(MenuItem):
    """For whoever moderates something."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_moderate(request.user)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return ModerationItem(
        _("Agenda à relire"), reverse("agenda_moderation"), icon_name="date", order=152
    )
