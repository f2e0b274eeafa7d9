from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "coordination.directory"
    label = "directory"
    verbose_name = _("Répertoire")

    def ready(self) -> None:
        from accounts.enums import JournalKind
        from accounts.handover import register_functions
        from accounts.journal import register_actions
        from accounts.memberships import register_describer
        from accounts.notifications import register_kind as register_notification
        from accounts.notifications.due import register_due
        from coordination.directory import handover, notifications, overview, permissions, personal
        from coordination.directory.models import (
            Organisation,
            OrganisationMembership,
            Territory,
            Theme,
        )
        from coordination.directory.retention import RETENTIONS
        from core.desk import register_source
        from core.memory import forget_on_change
        from core.navigation import FIND, MENU, Part, register_part
        from core.overview import register_panel
        from core.retention import register_retention
        from core.search import register_finder
        from core.tokens import register_kind
        from core.visibility import register_holder

        forget_on_change(Organisation, Theme, Territory)
        register_holder(permissions.tokens_held)
        register_kind(permissions.ORGANISATION_TOKENS)
        register_describer(permissions.describe_memberships)
        register_part(Part(_("Trouver de l’aide"), "directory:organisation_list", 10, (MENU, FIND)))
        register_part(Part(_("Lieux du quartier"), "directory:place_list", 20, (FIND,)))
        register_part(
            Part(_("Imprimer le répertoire"), "directory:organisation_print", 30, (FIND,))
        )
        register_functions(handover.FUNCTIONS)
        personal.register_all()
        register_actions(
            JournalKind.RECORDS, "directory.merge", "directory.archive", "directory.restore"
        )
        register_actions(JournalKind.ROLES, "wagtail.delete", of=[OrganisationMembership])
        register_source(overview.waiting)
        register_panel(overview.PANEL)
        register_finder(_("Personnes"), overview.find_people)
        register_finder(_("Organismes"), overview.find_organisations)
        register_finder(_("Lieux"), overview.find_places)
        for kind in RETENTIONS:
            register_retention(kind)
        for kind in notifications.KINDS:
            register_notification(kind)
        register_due(notifications.DUE, notifications.due_records)
