"""What every app says in the same words."""

import datetime as dt

from django.utils.translation import gettext as _

NBSP = "\u00a0"


def say_time(time: dt.time) -> str:
    """« 13 h 30 », « 9 h »; « 13.30 uur » in Dutch."""
    if time.minute:
        said = _("%(hour)d h %(minute)s") % {"hour": time.hour, "minute": f"{time.minute:02}"}
    else:
        said = _("%(hour)d h") % {"hour": time.hour}
    return said.replace(" ", NBSP)
