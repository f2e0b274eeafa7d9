from django.http import Http404, HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.journal.words import ACTIONS
from accounts.models import User
from accounts.permissions import can_read_journal
from accounts.views.journal import journal, journal_csv
from accounts.viewsets import PeopleViewSetGroup


@hooks.register("register_admin_viewset")
def people_viewsets() -> PeopleViewSetGroup:
    return PeopleViewSetGroup()


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [
        path("journal/", journal, name="accounts_journal"),
        path("journal.csv", journal_csv, name="accounts_journal_csv"),
    ]


class JournalMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_read_journal(request.user)


@hooks.register("register_admin_menu_item")
def journal_menu_item() -> MenuItem:
    return JournalMenuItem(
        _("Journal"), reverse("accounts_journal"), name="journal", icon_name="history", order=153
    )


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    for action, formatter in ACTIONS.items():
        actions.register_action(action)(formatter)


@hooks.register("before_bulk_action")
def no_accounts_in_bulk(request: HttpRequest, action_type: str, objects, action) -> None:
    """Wagtail's bulk actions delete accounts with all their history: ours do not exist there."""
    if action.model is User:
        raise Http404
