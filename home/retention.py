"""How long messages to the network are kept."""

from django.utils.translation import gettext_lazy as _

from core.retention import Retention
from home.models import ContactMessage

RETENTIONS = [
    Retention(
        key="home.contact",
        label=_("Les messages du formulaire de contact, avec leur reçu"),
        days="CONTACT_MESSAGE_DAYS",
        since=_("après leur arrivée"),
        expired=lambda limit: ContactMessage.objects.expired(),
    ),
]
