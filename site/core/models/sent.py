"""What people send by a form and a moderator or a coordinator answers."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import TextChoices
from django.utils import timezone


class SentQuerySet(models.QuerySet):
    """Of a model with a `state`, `created_at` and `closed_at` (answered or withdrawn).

    A class below says which states are the first two, and which settings, in days, say how long
    an address may stay unconfirmed and how long what is closed is kept.
    """

    UNCONFIRMED: TextChoices
    WAITING: TextChoices
    CONFIRM_DAYS: str
    KEPT_DAYS: str

    def waiting(self) -> Self:
        return self.filter(state=self.WAITING)

    def unconfirmed_since(self, limit: dt.datetime) -> Self:
        """Those whose address nobody has confirmed since a moment."""
        return self.filter(state=self.UNCONFIRMED, created_at__lt=limit)

    def closed_before(self, limit: dt.datetime) -> Self:
        """Those answered or withdrawn before a moment."""
        return self.filter(closed_at__lt=limit)

    def expired(self) -> Self:
        """Those that exist for nobody any more, even before the nightly job takes them away."""
        now = timezone.now()
        confirm, kept = getattr(settings, self.CONFIRM_DAYS), getattr(settings, self.KEPT_DAYS)
        late = self.unconfirmed_since(now - dt.timedelta(days=confirm))
        return late | self.closed_before(now - dt.timedelta(days=kept))

    def current(self) -> Self:
        return self.exclude(pk__in=self.model.objects.expired().values("pk"))
