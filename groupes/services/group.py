"""What a group needs around it: its files, its pilots' rights, its pages' audience."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from core.models import RoleGroup
from groupes.models import GroupPage, WorkingGroup
from groupes.permissions import pilot_token

PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
FILE_RIGHTS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)


@transaction.atomic
def equip(group: WorkingGroup) -> Group:
    """Give a group its folder of files and the Django group of its pilots; idempotent."""
    root = Collection.get_first_root_node()
    if group.collection is None:
        group.collection = root.add_child(name=group.name_fr)
        group.save(update_fields=["collection"])
    token = pilot_token(group)
    role = RoleGroup.objects.filter(token=token).select_related("group").first()
    if role is None:
        pilots, _created = Group.objects.get_or_create(name=f"Pilotes : {group.slug}")
        role = RoleGroup.objects.create(token=token, group=pilots)
    pilots = role.group
    pilots.permissions.set(
        Permission.objects.filter(
            content_type__app_label__in=["wagtailadmin", "wagtail_localize"],
            codename__in=["access_admin", "submit_translation"],
        )
    )
    for permission in _permissions(FILE_RIGHTS, ["wagtailimages", "wagtaildocs"]):
        GroupCollectionPermission.objects.get_or_create(
            group=pilots, collection=group.collection, permission=permission
        )
    for page in GroupPage.objects.filter(group=group):
        grant_pages(pilots, page)
    return pilots


def disarm(group: WorkingGroup) -> None:
    """Take away the Django group of its pilots, of a group that has just been deleted."""
    roles = RoleGroup.objects.filter(token=pilot_token(group))
    Group.objects.filter(pk__in=list(roles.values_list("group", flat=True))).delete()


def grant_pages(pilots: Group, page: Page) -> None:
    """Let the pilots work on a page of their group and on what lies below it."""
    for permission in _permissions(PAGE_RIGHTS, ["wagtailcore"]):
        GroupPagePermission.objects.get_or_create(group=pilots, page=page, permission=permission)


def _permissions(codenames, app_labels):
    return Permission.objects.filter(codename__in=codenames, content_type__app_label__in=app_labels)
