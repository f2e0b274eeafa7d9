from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactSubject(models.TextChoices):
    """What a message is about."""

    HELP = "help", _("Je cherche de l’aide")
    PROFESSIONAL = "professional", _("Je suis professionnel·le")
    SITE = "site", _("Une remarque sur ce site")
    OTHER = "other", _("Autre chose")


class MailState(models.TextChoices):
    """What became of a mail that a message asks for."""

    NONE = "none", _("pas demandé")
    WAITING = "waiting", _("à envoyer")
    SENT = "sent", _("parti")
    FAILED = "failed", _("pas parti")
    LIMITED = "limited", _("pas envoyé : trop de courriels à cette adresse")
