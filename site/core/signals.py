"""Reactions to Wagtail: a page is made, moved or deleted."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal
from wagtail.models import Page
from wagtail.signals import post_page_move

# A page's audience was decided anew; `page` is one of its languages.
audience_changed = Signal()


def connect() -> None:
    post_save.connect(page_saved, dispatch_uid="core.page_saved")
    post_delete.connect(page_deleted, dispatch_uid="core.page_deleted")
    post_page_move.connect(page_moved, dispatch_uid="core.page_moved")


def page_saved(sender, instance, created: bool, raw: bool = False, **kwargs) -> None:
    if created and not raw and isinstance(instance, Page) and instance.depth > 1:
        from core.services.audience import admit_page

        admit_page(instance)


def page_deleted(sender, instance, **kwargs) -> None:
    if isinstance(instance, Page):
        from core.services.audience import forget_page

        forget_page(instance)


def page_moved(sender, instance, parent_page_before, parent_page_after, **kwargs) -> None:
    # Also sent when a page only changes its place among its siblings.
    if parent_page_before.pk != parent_page_after.pk:
        from core.services.audience import keep_after_move

        keep_after_move(instance)
