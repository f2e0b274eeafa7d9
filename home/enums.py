from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactSubject(models.TextChoices):
    """What a message is about."""

    HELP = "help", _("Je cherche de l’aide")
    PROFESSIONAL = "professional", _("Je suis professionnel·le")
    SITE = "site", _("Une remarque sur ce site")
    OTHER = "other", _("Autre chose")


class MailState(models.TextChoices):
    """What became of a mail that a message asks for. Screens say it in sentences."""

    NONE = "none"
    WAITING = "waiting"
    SENDING = "sending"  # a worker has it; when that one died, nobody knows
    SENT = "sent"
    FAILED = "failed"
    LIMITED = "limited"  # that address has had its share
