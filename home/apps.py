from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from accounts.notifications import register_kind as register_notification
        from core.desk import register_source
        from core.latest import register_source as register_latest
        from core.navigation import SITE, Part, register_part
        from core.retention import register_retention
        from home import notifications, personal
        from home.retention import RETENTIONS
        from home.selectors.contact import waiting
        from home.selectors.latest import latest

        register_source(waiting)
        register_latest(latest)
        personal.register_all()
        register_part(Part(_("Aide"), "help_index", 190, (SITE,)))
        register_part(Part(_("Nous joindre"), "contact", 200, (SITE,)))
        for kind in RETENTIONS:
            register_retention(kind)
        for kind in notifications.KINDS:
            register_notification(kind)
        notifications.connect()
