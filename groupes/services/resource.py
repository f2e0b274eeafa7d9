from core.models import Audience, PageAudience
from core.services.audience import refresh_page_audiences
from groupes.models import GroupPage, GroupResourcePage
from groupes.permissions import group_token


def keep_for_group(page: GroupResourcePage) -> None:
    """Give a new resource its group's audience, unless an audience was chosen (a translation has
    its source's, a copy its own)."""
    row = PageAudience.objects.get(translation_key=page.translation_key)
    parent = GroupPage.objects.parent_of(page).select_related("group").first()
    if row.chosen is None and parent is not None:
        row.chosen = Audience.objects.for_tokens({group_token(parent.group)})
        row.save(update_fields=["chosen"])
        refresh_page_audiences()
