"""Reactions to Wagtail: a group is made or goes, its page is shown to fewer people, a resource is
born private."""

from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from wagtail.signals import post_page_move

from core.signals import audience_changed


def connect() -> None:
    from groupes.models import GroupPage, GroupResourcePage, WorkingGroup

    post_save.connect(group_saved, sender=WorkingGroup, dispatch_uid="groupes.group_saved")
    post_delete.connect(group_deleted, sender=WorkingGroup, dispatch_uid="groupes.group_deleted")
    post_save.connect(group_page_made, sender=GroupPage, dispatch_uid="groupes.page_made")
    post_save.connect(resource_made, sender=GroupResourcePage, dispatch_uid="groupes.resource_made")
    audience_changed.connect(pages_narrowed, dispatch_uid="groupes.audience_changed")
    post_page_move.connect(pages_narrowed, dispatch_uid="groupes.page_moved")


def group_saved(sender, instance, created: bool, raw: bool = False, **kwargs) -> None:
    if created and not raw:
        from groupes.services.group import equip

        equip(instance)


def group_deleted(sender, instance, **kwargs) -> None:
    """The rights of its pilots in the admin go with a group; its folder of files stays."""
    from groupes.services.group import disarm

    disarm(instance)


def group_page_made(sender, instance, created: bool, raw: bool = False, **kwargs) -> None:
    if created and not raw:
        from groupes.services.group import equip

        equip(instance.group)


def resource_made(sender, instance, created: bool, raw: bool = False, **kwargs) -> None:
    """What a pilot writes below the group is for the group, until the pilot opens it."""
    if created and not raw:
        from groupes.services.resource import keep_for_group

        keep_for_group(instance)


def pages_narrowed(sender, **kwargs) -> None:
    """A group's own page, or one above it, may be shown to fewer people: what the group shared
    follows."""
    from groupes.models import WorkingGroup
    from groupes.services.sharing import narrow_items

    changed = kwargs.get("page") or kwargs["instance"]
    here = Q(pk=None)
    for twin in changed.get_translations(inclusive=True):
        here |= Q(pages__path__startswith=twin.path)
    for group in WorkingGroup.objects.filter(here).distinct():
        narrow_items(group)
