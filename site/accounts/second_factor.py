"""Who needs a second factor, and until when they may do without.

The day stands on the account (`User.second_factor_by`): None for whoever has a second factor or
needs none. It is written at sign-in and when a factor is added or removed, so that no page asks
the database for it.
"""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from core.visibility import reach_of

# Offices and functions that publish, moderate, or see what is personal of others.
TRUSTED = {"pilot", "representative", "editor", "moderator", "coordinator", "administrator"}
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def needs_second_factor(user) -> bool:
    """Whether somebody with what this person holds today must have a second factor."""
    held = {token.partition(":")[0] for token in reach_of(user).tokens}
    return settings.SECOND_FACTOR_REQUIRED and not held.isdisjoint(TRUSTED)


def factors_of(user):
    """What this person has beside mail and password, recovery codes left out."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS)


def second_factor_day(user) -> dt.date | None:
    """The day from which pages ask this person for a second factor; None when none is missing."""
    if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated:
        return None
    return user.second_factor_by


def is_due(user) -> bool:
    """Whether a second factor is needed now, before anything else."""
    day = second_factor_day(user)
    return day is not None and day <= timezone.localdate() and needs_second_factor(user)


def can_remove_factor(user, factor: Authenticator) -> bool:
    """The last factor of whoever needs one stays; another is added first."""
    others = factors_of(user).exclude(pk=factor.pk)
    return factor.type not in FACTORS or others.exists() or not needs_second_factor(user)


def renew_day(user, *, grace: bool) -> None:
    """Write the day anew for what this person has and needs now. `grace` leaves the days of
    `SECOND_FACTOR_GRACE_DAYS` to whoever begins; without it the day is today."""
    day = None
    if needs_second_factor(user) and not factors_of(user).exists():
        today = timezone.localdate()
        day = today + dt.timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS if grace else 0)
        day = min(day, user.second_factor_by or day)
    if day != user.second_factor_by:
        User.objects.filter(pk=user.pk).update(second_factor_by=day)
        user.second_factor_by = day
