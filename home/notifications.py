"""What people are told about pages that wait for a moderator, and about messages to the network."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, WorkflowState
from wagtail.signals import (
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from accounts.enums import Office, When
from accounts.models import User
from accounts.notifications import Kind, Told, notify, withdraw
from accounts.selectors import holders_of
from core.admin_scope import opens_admin, pages_to_approve, sync_groups
from core.visibility import reach_of
from home.models import ContactMessage
from home.permissions import can_read_messages


def connect() -> None:
    """Listen to Wagtail's moderation; its own mails are not sent (`core.wagtail_admin`)."""
    workflow_submitted.connect(page_submitted, dispatch_uid="home.page_submitted")
    workflow_approved.connect(page_reviewed, dispatch_uid="home.page_approved")
    workflow_rejected.connect(page_reviewed, dispatch_uid="home.page_rejected")
    workflow_cancelled.connect(page_taken_back, dispatch_uid="home.page_taken_back")


def page_submitted(sender, instance: WorkflowState, user, **kwargs) -> None:
    page = instance.content_object
    if isinstance(page, Page):
        told = holders_of(Office.MODERATOR, Office.COORDINATOR, site=page.get_site())
        notify("home.review", about=page.pk, to=told, actor=user)


def page_reviewed(sender, instance: WorkflowState, user, **kwargs) -> None:
    if isinstance(instance.content_object, Page):
        withdraw("home.review", about=int(instance.object_id))
        notify("home.reviewed", about=instance.pk, to=[instance.requested_by], actor=user)


def page_taken_back(sender, instance: WorkflowState, user, **kwargs) -> None:
    if isinstance(instance.content_object, Page):
        withdraw("home.review", about=int(instance.object_id))


def _tell_reviews(user: User, ids: Sequence[int]) -> dict[int, Told]:
    if not opens_admin(user):
        return {}
    sync_groups(user)
    mine = pages_to_approve(user) & set(ids)
    return {
        page.pk: Told(
            title=_("Une page attend votre relecture"),
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            detail=page.draft_title,
            icon="file-text",
        )
        for page in Page.objects.filter(pk__in=mine)
    }


def _tell_reviewed(user: User, ids: Sequence[int]) -> dict[int, Told]:
    if not opens_admin(user):
        return {}
    states = WorkflowState.objects.filter(pk__in=ids, requested_by=user)
    pages = Page.objects.in_bulk({int(state.object_id) for state in states})
    words = {
        WorkflowState.STATUS_APPROVED: (_("Votre page est acceptée et publiée"), "circle-check"),
        WorkflowState.STATUS_NEEDS_CHANGES: (_("Votre page est à revoir"), "pencil"),
    }
    return {
        state.pk: Told(
            title=words[state.status][0],
            url=reverse("wagtailadmin_pages:edit", args=[state.object_id]),
            detail=pages[int(state.object_id)].draft_title,
            icon=words[state.status][1],
        )
        for state in states
        if state.status in words and int(state.object_id) in pages
    }


def _tell_messages(user: User, ids: Sequence[int]) -> dict[int, Told]:
    return {
        message.pk: Told(
            title=_("Message de %(who)s") % {"who": message.who},
            url=message.url,
            detail=f"{message.get_subject_display()}, {message.reference}",
            icon="mail",
        )
        for message in ContactMessage.objects.readable_by(user).filter(pk__in=ids)
    }


def _moderates(user) -> bool:
    offices = (f"{Office.MODERATOR}:", f"{Office.COORDINATOR}:")
    return any(token.startswith(offices) for token in reach_of(user).tokens)


REVIEW = Kind(
    key="home.review",
    label=gettext_lazy("Une page attend ma relecture"),
    why=gettext_lazy("parce que vous relisez les pages du réseau"),
    tell=_tell_reviews,
    concerns=_moderates,
)
REVIEWED = Kind(
    key="home.reviewed",
    label=gettext_lazy("Une réponse à une page que j’ai proposée"),
    why=gettext_lazy("parce que vous avez proposé cette page"),
    tell=_tell_reviewed,
    concerns=opens_admin,
)
# The network's own address already receives each message.
MESSAGE = Kind(
    key="home.message",
    label=gettext_lazy("Un message arrive par le formulaire de contact"),
    why=gettext_lazy("parce que vous répondez aux messages du réseau"),
    tell=_tell_messages,
    default=When.NEVER,
    concerns=can_read_messages,
)
KINDS = (REVIEW, REVIEWED, MESSAGE)
