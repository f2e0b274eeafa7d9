from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "coordination.directory"
    label = "directory"
    verbose_name = _("Répertoire")

    def ready(self) -> None:
        from accounts.handover import register_functions
        from accounts.memberships import register_describer
        from coordination.directory import handover, overview, permissions
        from core.desk import register_source
        from core.navigation import register_entry
        from core.overview import register_panel
        from core.search import register_finder
        from core.tokens import register_kind
        from core.visibility import register_holder

        register_holder(permissions.tokens_held)
        register_kind(permissions.ORGANISATION_TOKENS)
        register_describer(permissions.describe_memberships)
        register_entry(_("Trouver de l’aide"), "directory:organisation_list", order=10)
        register_functions(handover.FUNCTIONS)
        register_source(overview.waiting)
        register_panel(overview.PANEL)
        register_finder(_("Personnes"), overview.find_people)
        register_finder(_("Organismes"), overview.find_organisations)
        register_finder(_("Lieux"), overview.find_places)
