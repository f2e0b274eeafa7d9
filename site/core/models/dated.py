"""Memberships: a role lasts from one day to another."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MembershipQuerySet(models.QuerySet):
    def live(self) -> "MembershipQuerySet":
        """Those that hold today, in Brussels: begun, and not come to their end."""
        today = timezone.localdate()
        return self.filter(Q(end=None) | Q(end__gt=today), start__lte=today)

    def waiting(self) -> "MembershipQuerySet":
        """Those that nobody has accepted yet."""
        return self.filter(start=None)

    def close(self) -> None:
        """End today what holds, or would hold later; what nobody has accepted yet goes away."""
        today = timezone.localdate()
        self.waiting().delete()
        last = Greatest(F("start"), Value(today, output_field=models.DateField()))
        self.filter(Q(end=None) | Q(end__gt=today)).update(end=last)


class Membership(models.Model):
    """A person or an organisation belongs to something from a day on, until a day.

    `start` empty: asked for, not accepted yet. `end` is the first day on which it no longer holds,
    so that ending today ends at once.
    """

    start = models.DateField(
        _("depuis le"),
        null=True,
        blank=True,
        help_text=_("Vide tant que la demande n’est pas acceptée."),
    )
    end = models.DateField(
        _("jusqu’au"),
        null=True,
        blank=True,
        help_text=_("Premier jour où cela ne vaut plus. Vide : sans fin prévue."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(start__isnull=False, end__gte=F("start")),
                name="%(app_label)s_%(class)s_dates",
                violation_error_message=_("La fin ne peut pas précéder le début."),
            )
        ]

    @property
    def is_live(self) -> bool:
        today = timezone.localdate()
        return self.start is not None and self.start <= today and (not self.end or self.end > today)
