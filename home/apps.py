from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from core.desk import register_source
        from core.latest import register_source as register_latest
        from core.navigation import SITE, Part, register_part
        from home import personal
        from home.selectors.contact import waiting
        from home.selectors.latest import latest

        register_source(waiting)
        register_latest(latest)
        personal.register_all()
        register_part(Part(_("Aide"), "help_index", 190, (SITE,)))
        register_part(Part(_("Nous joindre"), "contact", 200, (SITE,)))
