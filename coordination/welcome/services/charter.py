"""The charter of a network: published, never changed afterwards."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Site

from accounts.models import User
from coordination.welcome.models import Charter
from coordination.welcome.permissions import can_oversee


@transaction.atomic
def publish_charter(*, actor: User, site: Site, text_fr: str, text_nl: str = "") -> Charter:
    """Publish a version; the same words as today's are today's version.

    Raises `PermissionDenied` for whoever does not oversee the network.
    """
    if not can_oversee(actor, site):
        raise PermissionDenied
    Site.objects.select_for_update().get(pk=site.pk)  # one number after the other
    current = Charter.objects.current(site)
    if current and (current.text_fr, current.text_nl) == (text_fr, text_nl):
        return current
    charter = Charter(
        site=site,
        number=current.number + 1 if current else 1,
        text_fr=text_fr,
        text_nl=text_nl,
        published_by=actor,
    )
    charter.full_clean()
    charter.save()
    log(instance=charter, action="welcome.charter", user=actor, data={"number": charter.number})
    return charter
