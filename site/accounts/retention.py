"""How long the traces of people's accounts are kept."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import DataExport, Notification
from core.retention import Retention

RETENTIONS = [
    Retention(
        key="accounts.session",
        label=_("Les connexions ouvertes"),
        words=_("jusqu’à la fin de la connexion"),
        expired=lambda limit: Session.objects.filter(expire_date__lt=timezone.now()),
    ),
    Retention(
        key="accounts.device",
        label=_("Les appareils connectés : adresse internet et navigateur"),
        words=_("jusqu’à la fin de la connexion"),
        expired=lambda limit: UserSession.objects.exclude(
            session_key__in=Session.objects.filter(expire_date__gte=timezone.now()).values("pk")
        ),
    ),
    Retention(
        key="accounts.notification",
        label=_("Les avis dans l’espace des membres"),
        days="NOTIFICATION_DAYS",
        since=_("après leur lecture"),
        expired=lambda limit: Notification.objects.filter(read_at__lt=limit),
    ),
    Retention(
        key="accounts.export",
        label=_("Les copies que des personnes demandent de leurs données"),
        words=_("7 jours"),
        expired=lambda limit: DataExport.objects.expired(),
    ),
]
