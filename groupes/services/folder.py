from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from groupes import permissions
from groupes.models import GroupFolder, WorkingGroup


@transaction.atomic
def add_folder(*, actor: User, group: WorkingGroup, name_fr: str, name_nl: str = "") -> GroupFolder:
    """A new shelf, after the others. Raises `ValidationError` for a name the group has already."""
    if not permissions.can_pilot_group(actor, group):
        raise PermissionDenied
    position = GroupFolder.objects.filter(group=group).count()
    folder = GroupFolder(group=group, name_fr=name_fr, name_nl=name_nl, position=position)
    folder.full_clean()
    folder.save()
    log(instance=group, action="groupes.folder", user=actor, data={"folder": folder.pk})
    return folder
