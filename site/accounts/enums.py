from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Office(TextChoices):
    """What a member of the network is entrusted with, beyond being a member."""

    NONE = "none", _("membre")
    EDITOR = "editor", _("rédaction")
    MODERATOR = "moderator", _("modération")
    COORDINATOR = "coordinator", _("coordination")
    ADMINISTRATOR = "administrator", _("administration")


# Offices that see all of their network.
OVERSEEING = {Office.COORDINATOR, Office.ADMINISTRATOR}
