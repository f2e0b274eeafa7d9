"""What is new in the groups, for the members' home (core.latest)."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from core.latest import Latest
from groupes.models import GroupPage, GroupResourcePage, SharedItem
from groupes.selectors.groups import known_groups


def latest(user, limit: int) -> list[Latest]:
    """Shared items and resource pages of the groups this person knows."""
    pages = list(known_groups(user).values())
    return [*_items(user, pages, limit), *_resources(user, pages, limit)]


def _items(user, pages: list[GroupPage], limit: int) -> Iterator[Latest]:
    groups = {page.group_id: page.group for page in pages}
    items = SharedItem.objects.visible_to(user).filter(group__in=list(groups))
    for item in items.order_by("-created_at", "-pk")[:limit]:
        item.group = groups[item.group_id]
        yield Latest(
            kind=_("Info partagée"),
            title=item.title,
            url=item.url,
            when=timezone.localdate(item.created_at),
            icon="messages-square",
            detail=item.group.name,
            thread=item.group.thread,
        )


def _resources(user, pages: list[GroupPage], limit: int) -> Iterator[Latest]:
    group_at = {page.path: page.group for page in pages}
    resources = (
        GroupResourcePage.objects.visible_to(user)
        .filter(first_published_at__isnull=False, locale__in={page.locale_id for page in pages})
        .order_by("-first_published_at", "-pk")
    )
    for resource in resources[:limit]:
        group = group_at.get(resource.path[: -resource.steplen])
        if group is not None:
            yield Latest(
                kind=_("Page de groupe"),
                title=resource.title,
                url=resource.get_url(),
                when=timezone.localdate(resource.first_published_at),
                icon="file-text",
                detail=group.name,
                thread=group.thread,
                lang=resource.content_language if resource.is_untranslated else "",
            )
