"""What the views of a group share: finding it for this person, and drawing its screens."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.models import User
from core.forms.examined import ExaminedMixin
from core.visibility import page_filter
from groupes import permissions
from groupes.models import GroupPage, SharedItem, WorkingGroup
from groupes.selectors.groups import visible_group_pages
from groupes.selectors.space import tabs_of


def group_page_for(request: HttpRequest, slug: str) -> GroupPage:
    """The page of a group that exists for this person; 404 otherwise."""
    return get_object_or_404(visible_group_pages(request.user), group__slug=slug)


def page_if(request: HttpRequest, slug: str, allowed: Callable) -> GroupPage:
    """The page of a group in which this person is `allowed(user, group)`; 404 otherwise."""
    page = group_page_for(request, slug)
    if not allowed(request.user, page.group):
        raise Http404
    return page


def item_if(
    request: HttpRequest, slug: str, pk: int, allowed: Callable = permissions.can_see_item
) -> tuple[GroupPage, SharedItem]:
    """A shared item with its group's page, when this person is `allowed(user, item)`."""
    page = group_page_for(request, slug)
    items = SharedItem.objects.select_related(
        "author", "audience", "wanted", "folder", "document__audience", "group"
    )
    item = get_object_or_404(items, group=page.group_id, pk=pk)
    if not allowed(request.user, item):
        raise Http404
    return page, item


def attempt(
    form: ExaminedMixin, action: Callable, *, actor: User, about: WorkingGroup, **arguments
) -> bool:
    """Run a service; what it refuses is said on the form, what was kept knowingly is noted on the
    group. What changed meanwhile so that it is no longer this person's to do answers 404."""
    try:
        with transaction.atomic():
            action(actor=actor, **arguments)
            form.note_kept(actor, about)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        known = hasattr(error, "error_dict") and error.error_dict.keys() <= form.fields.keys()
        form.add_error(None, error if known else ValidationError(error.messages))
        return False
    return True


def screen(
    request: HttpRequest,
    template: str,
    page: GroupPage,
    *,
    current: str = "",
    status: int = 200,
    **context,
) -> HttpResponse:
    """A screen of a group, under its name and the ways through it."""
    ancestors = (
        page.get_ancestors()
        .filter(page_filter(request.user), depth__gt=1, live=True)
        .order_by("path")
    )
    context |= {
        "group_page": page,
        "group": page.group,
        "tabs": tabs_of(page, request.user, current),
        "crumbs": [
            *({"label": one.title, "url": one.get_url(request)} for one in ancestors),
            {"label": page.title, "url": page.get_url(request)},
        ],
    }
    return render(request, f"groupes/{template}.html", context, status=status)
