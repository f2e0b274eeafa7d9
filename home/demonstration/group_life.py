"""What lives in the groups of the demonstration: shelves, shared items, a request, who is who."""

import datetime

from django.utils import timezone

from accounts.models import User
from groupes.models import (
    GroupContact,
    GroupFolder,
    GroupMembership,
    GroupPage,
    GroupResourcePage,
    JoinRequest,
    SharedItem,
    WorkingGroup,
)
from groupes.services.joining import ask_to_join
from groupes.services.sharing import pin_item, share_item
from home.demonstration.marks import mark
from home.demonstration.source import read


def load_group_life(groups: dict[str, WorkingGroup], people: dict[str, User]) -> None:
    """Fill each group's place. What exists already is left as people have made it."""
    for row in read("groups"):
        group = groups[row["slug"]]
        _accept_charter(group)
        for contact in row["contacts"]:
            GroupContact.objects.filter(
                group=group, function_fr=contact["function_fr"], holder=None
            ).update(holder=people.get(contact["holder"]))
        folders = _load_folders(group, row["folders"])
        for item in row["items"]:
            if not SharedItem.objects.filter(group=group, title=item["title"]).exists():
                _share(group, item, folders, people)
        for asked in row["requests"]:
            user = people[asked["user"]]
            if not JoinRequest.objects.filter(group=group, user=user).exists():
                mark(
                    ask_to_join(
                        actor=user, group=group, message=asked["message"], accepts_charter=True
                    )
                )


def _accept_charter(group: WorkingGroup) -> None:
    """The people of the demonstration have accepted the charter they came in under."""
    GroupMembership.objects.filter(group=group, charter_version=0).update(
        charter_version=group.charter_version, charter_accepted_on=datetime.date(2024, 1, 8)
    )


def _load_folders(group: WorkingGroup, rows: list[dict]) -> dict[str, GroupFolder]:
    folders = {}
    page = GroupPage.objects.filter(group=group, locale__language_code="fr").first()
    for position, row in enumerate(rows):
        folder, created = GroupFolder.objects.get_or_create(
            group=group,
            name_fr=row["name_fr"],
            defaults={"name_nl": row["name_nl"], "position": position},
        )
        folders[row["key"]] = mark(folder)
        if created and page:
            shelved = GroupResourcePage.objects.child_of(page).filter(slug__in=row["resources"])
            for resource in shelved:
                resource.folder = folder
                resource.save_revision().publish()
    return folders


def _share(
    group: WorkingGroup, row: dict, folders: dict[str, GroupFolder], people: dict[str, User]
) -> None:
    author = people[row["author"]]
    item = share_item(
        actor=author,
        group=group,
        title=row["title"],
        text=row["text"],
        scope=row["scope"],
        folder=folders.get(row["folder"]),
    )
    day = timezone.now() - datetime.timedelta(days=row["days_ago"])
    SharedItem.objects.filter(pk=item.pk).update(created_at=day)
    if row["pinned"]:
        pin_item(actor=author, item=item, pinned=True)
    mark(item)
