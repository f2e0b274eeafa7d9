from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from accounts.models import User
from core.models import PageCheck
from groupes import permissions
from groupes.models import GroupPage, WorkingGroup


@transaction.atomic
def confirm_page(*, actor: User, group: WorkingGroup, page: Page) -> PageCheck:
    """Note that a page of the group still holds, in all its languages.

    Raises `PermissionDenied` unless the actor pilots the group and the page is the group's.
    """
    below = GroupPage.objects.parent_of(page).filter(group=group)
    own = GroupPage.objects.filter(pk=page.pk, group=group)
    if not (own.exists() or below.exists()) or not permissions.can_pilot_group(actor, group):
        raise PermissionDenied
    check, _created = PageCheck.objects.update_or_create(
        translation_key=page.translation_key,
        defaults={"checked_at": timezone.now(), "checked_by": actor},
    )
    log(instance=page, action="groupes.check", user=actor)
    return check
