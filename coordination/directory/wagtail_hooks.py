from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from coordination.directory.choosers import ORGANISATION_CONTACTS, ORGANISATIONS
from coordination.directory.enums import ChangeKind
from coordination.directory.viewsets import DirectoryViewSetGroup


@hooks.register("register_admin_viewset")
def directory_viewsets() -> list:
    return [DirectoryViewSetGroup(), ORGANISATIONS, ORGANISATION_CONTACTS]


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    for kind in ChangeKind:
        actions.register_action(f"directory.{kind}", kind.label, kind.label)
    actions.register_action("directory.verify", _("Vérifier une fiche"), _("Fiche vérifiée"))
    actions.register_action(
        "directory.report", _("Répondre à un signalement"), _("Réponse à un signalement")
    )
    actions.register_action(
        "directory.leave", _("Quitter un organisme"), _("Départ d’un organisme")
    )
    actions.register_action(
        "directory.unrepresented",
        _("Laisser un organisme sans représentant"),
        _("Organisme sans représentant"),
    )
