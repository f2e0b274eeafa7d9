"""People by what they are entrusted with."""

from django.db.models import QuerySet

from accounts.enums import OVERSEEING, Office
from accounts.models import NetworkMembership, User


def holders_of(*offices: Office, site=None) -> QuerySet[User]:
    """Those who hold one of these offices today, in one network or in any."""
    held = NetworkMembership.objects.live().filter(office__in=offices)
    if site is not None:
        held = held.filter(site=site)
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def overseers(site=None) -> QuerySet[User]:
    """Coordinators and administrators of one network, or of any."""
    return holders_of(*OVERSEEING, site=site)
