"""Secret addresses under which a person reads their own agenda in a calendar program."""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from groupes.models import WorkingGroup

BYTES = 24  # of the secret


def hashed(token: str) -> str:
    """What is kept of a secret address: nobody who reads the database can follow it."""
    return hashlib.sha256(token.encode()).hexdigest()


class CalendarLinkQuerySet(models.QuerySet):
    def with_token(self, token: str) -> "CalendarLinkQuerySet":
        return self.filter(token_hash=hashed(token))


class CalendarLink(models.Model):
    """A calendar program reads the agenda as this person would, with this address for a key: all
    that is theirs, or one of their groups. It is worth what its owner may see today."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="calendar_links",
        verbose_name=_("personne"),
    )
    group = models.ForeignKey(
        WorkingGroup,
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("groupe"),
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_read_on = models.DateField(null=True)

    objects = CalendarLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("adresse d’agenda")
        verbose_name_plural = _("adresses d’agenda")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.group.name if self.group else str(_("Tout mon agenda"))

    @classmethod
    def make(cls, user, group: WorkingGroup | None) -> tuple["CalendarLink", str]:
        """A new address, with its secret: it is known this once."""
        token = secrets.token_urlsafe(BYTES)
        return cls.objects.create(user=user, group=group, token_hash=hashed(token)), token
