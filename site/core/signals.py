"""Reactions to Wagtail: a page is made, moved or deleted; what is remembered of it is forgotten."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal
from wagtail.models import Locale, Page, Site
from wagtail.signals import post_page_move

from core import memory

# A page's audience was decided anew; `page` is one of its languages.
audience_changed = Signal()


def connect() -> None:
    from core import translations
    from core.models import (
        FooterEntry,
        MainEntry,
        Menus,
        NetworkSettings,
        PortalImage,
        PortalRendition,
        UrgentNotice,
    )

    post_save.connect(page_saved, dispatch_uid="core.page_saved")
    post_delete.connect(page_deleted, dispatch_uid="core.page_deleted")
    post_page_move.connect(page_moved, dispatch_uid="core.page_moved")
    memory.connect()
    memory.forget_on_change(Locale, Site, *translations.WATCHED)
    memory.forget_on_change(NetworkSettings, Menus, MainEntry, FooterEntry, UrgentNotice)
    memory.forget_on_change(PortalImage, PortalRendition)


def page_saved(sender, instance, created: bool, raw: bool = False, **kwargs) -> None:
    if isinstance(instance, Page):
        memory.forget()
    if created and not raw and isinstance(instance, Page) and instance.depth > 1:
        from core.services.audience import admit_page

        admit_page(instance)


def page_deleted(sender, instance, **kwargs) -> None:
    if isinstance(instance, Page):
        from core.services.audience import forget_page

        memory.forget()
        forget_page(instance)


def page_moved(sender, instance, parent_page_before, parent_page_after, **kwargs) -> None:
    memory.forget()
    # Also sent when a page only changes its place among its siblings.
    if parent_page_before.pk != parent_page_after.pk:
        from core.services.audience import keep_after_move

        keep_after_move(instance)
