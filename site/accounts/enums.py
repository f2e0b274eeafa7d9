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


class When(TextChoices):
    """When somebody is told by mail; the list on the site says everything at once."""

    NOW = "now", _("tout de suite")
    WEEKLY = "weekly", _("une fois par semaine")
    NEVER = "never", _("jamais par courriel")


class MailState(TextChoices):
    """What became of the mail about one notification. Shown nowhere."""

    NONE = "none"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"


class ExportState(TextChoices):
    """Where a copy of one's data stands."""

    ASKED = "asked", _("en préparation")
    READY = "ready", _("prête")
    FAILED = "failed", _("pas aboutie")


class JournalKind(TextChoices):
    """What an entry of the journal is about."""

    ACCESS = "access", _("Connexions et comptes")
    ROLES = "roles", _("Rôles et fonctions")
    RECORDS = "records", _("Fiches")
    VISIBILITY = "visibility", _("Qui voit quoi")
    MODERATION = "moderation", _("Relectures et décisions")
    PRIVACY = "privacy", _("Données personnelles")
