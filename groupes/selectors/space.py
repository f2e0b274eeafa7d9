"""What the page and the space of a group show of its life."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from coordination.directory.models import Organisation
from core.tokens import describe
from core.visibility import reach_of
from groupes import permissions
from groupes.enums import GroupRole, Joining
from groupes.models import (
    GroupFolder,
    GroupMembership,
    GroupOrganisation,
    GroupPage,
    GroupResourcePage,
    JoinRequest,
    SharedItem,
    WorkingGroup,
)
from groupes.selectors.todo import todo_of

LATEST = 5


def items_of(group: WorkingGroup, user) -> "list[SharedItem]":
    """The items of a group that this person may see, pinned ones first."""
    return (
        SharedItem.objects.visible_to(user)
        .filter(group=group)
        .select_related("group", "author", "audience", "wanted", "document__audience")
        .pinned_first()
    )


def with_words(items: Iterable[SharedItem], user) -> list[dict]:
    """Items with their audience in words, for those who are signed in, and who shared them, for
    members of the network.

    `{"item", "audience", "author"}`; one description per distinct audience. A person is named by
    their function, never by their address.
    """
    is_member = permissions.can_see_joining(user)
    words: dict[int, dict] = {}
    rows = []
    for item in items:
        audience = None
        if user.is_authenticated:
            if item.audience_id not in words:
                words[item.audience_id] = _words(item)
            audience = words[item.audience_id]
        author = function_of(item.author) if is_member else ""
        rows.append({"item": item, "audience": audience, "author": author})
    return rows


def _words(item: SharedItem) -> dict:
    labels = describe(item.audience.tokens)
    return {
        "icon": labels[0]["icon"],
        "label": ", ".join(label["label"] for label in labels),
        "thread": labels[0]["thread"] if len(labels) == 1 else "",
    }


def function_of(user: User | None) -> str:
    """What a person is called inside the network: their function, never their address."""
    if user is None:
        return _("une personne partie depuis")
    return user.function or _("un membre du réseau")


def participation(page: GroupPage, user) -> dict:
    """How somebody stands to a group: `{"state", "url", "label"}`.

    `state` is member, pending, open, request or appointed; `url` leads to the one thing to do.
    """
    group = page.group
    join = reverse("groupes:join", args=[group.slug])
    if permissions.is_in_group(user, group):
        url = reverse("groupes:space", args=[group.slug])
        return {"state": "member", "url": url, "label": _("Ouvrir l’espace du groupe")}
    if group.joining == Joining.APPOINTED:
        return {"state": "appointed", "url": "", "label": ""}
    if user.is_authenticated and not permissions.can_see_joining(user):
        return {"state": str(group.joining), "url": "", "label": ""}
    if (
        user.is_authenticated
        and JoinRequest.objects.pending().filter(group=group, user=user).exists()
    ):
        return {"state": "pending", "url": join, "label": _("Voir ma demande")}
    label = (
        _("Rejoindre le groupe") if group.joining == Joining.OPEN else _("Demander à participer")
    )
    return {"state": str(group.joining), "url": join, "label": label}


def tabs_of(page: GroupPage, user, current: str = "") -> list[dict]:
    """The ways through a group for its people: `{"label", "url", "icon", "current", "count"}`;
    none for the others."""
    group = page.group
    if not permissions.can_see_space(user, group):
        return []
    slug = [group.slug]
    tabs = [
        ("page", _("Présentation"), page.get_url(), "info", 0),
        ("space", _("Espace du groupe"), reverse("groupes:space", args=slug), "lock", 0),
        (
            "share",
            _("Partager une info"),
            reverse("groupes:share", args=slug),
            "messages-square",
            0,
        ),
    ]
    if permissions.can_pilot_group(user, group):
        # Whoever oversees the network has the overview: only pilots pay for the number.
        is_pilot = permissions.pilot_token(group) in reach_of(user).tokens
        count = todo_of([group.pk]).count if is_pilot else 0
        url = reverse("groupes:todo", args=slug)
        tabs.append(("todo", _("À faire"), url, "list-checks", count))
    return [
        {
            "label": label,
            "url": url,
            "icon": icon,
            "count": count,
            "current": name == current,
        }
        for name, label, url, icon, count in tabs
    ]


def folders_of(page: GroupPage, user) -> list[dict]:
    """The shelves of a group with what this person may see on them: `{"name", "pages", "items"}`.
    Pages that are on no shelf come last, under no name; items stay in the stream. A page stands on
    the shelf of its French twin, so that filing it holds in both languages at once."""
    folders = list(GroupFolder.objects.filter(group=page.group))
    pages = list(GroupResourcePage.objects.child_of(page).visible_to(user).order_by("path"))
    items = list(items_of(page.group, user).exclude(folder=None)) if folders else []
    shelf_of = _shelves_of(pages) if folders else {}
    shelves = [
        {
            "name": folder.name,
            "pages": [p for p in pages if shelf_of.get(p.translation_key) == folder.pk],
            "items": [i for i in items if i.folder_id == folder.pk],
        }
        for folder in folders
    ]
    loose = [p for p in pages if shelf_of.get(p.translation_key) is None]
    return [*shelves, {"name": "", "pages": loose, "items": []}] if loose else shelves


def _shelves_of(pages: list[GroupResourcePage]) -> dict:
    """The shelf of each page, by translation key: the French page decides where there is one."""
    rows = (
        GroupResourcePage.objects.filter(translation_key__in=[p.translation_key for p in pages])
        .order_by()
        .values_list("translation_key", "locale__language_code", "folder_id")
    )
    return {key: folder for key, _code, folder in sorted(rows, key=lambda row: row[1] == "fr")}


def people_of(group: WorkingGroup) -> list[dict]:
    """Who is in the group today, pilots first: `{"function", "is_pilot", "start"}`."""
    rows = GroupMembership.objects.live().filter(group=group).select_related("user")
    people = [
        {
            "function": function_of(row.user),
            "is_pilot": row.role == GroupRole.PILOT,
            "start": row.start,
        }
        for row in rows
    ]
    return sorted(people, key=lambda person: (not person["is_pilot"], person["function"]))


def history_of(group: WorkingGroup, user) -> list[dict]:
    """Who was in it and when, latest first: `{"who", "role", "start", "end"}`, organisations that
    this person may see included."""
    rows = [
        {"who": function_of(m.user), "role": m.get_role_display(), "start": m.start, "end": m.end}
        for m in GroupMembership.objects.filter(group=group, start__isnull=False).select_related(
            "user"
        )
    ]
    visible = Organisation.objects.visible_to(user).values("pk")
    taking_part = GroupOrganisation.objects.filter(
        group=group, start__isnull=False, organisation__in=visible
    ).select_related("organisation")
    rows += [
        {"who": o.organisation.name, "role": _("organisme"), "start": o.start, "end": o.end}
        for o in taking_part
    ]
    return sorted(rows, key=lambda row: (row["start"], row["who"]), reverse=True)


def charter_is_due(group: WorkingGroup, user) -> bool:
    """Whether a member has not accepted the charter as it reads today."""
    return (
        group.has_charter
        and GroupMembership.objects.live()
        .filter(group=group, user=user, charter_version__lt=group.charter_version)
        .exists()
    )
