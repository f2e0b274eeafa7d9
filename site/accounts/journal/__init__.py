"""The journal: the sensitive actions of the network, in words, out of Wagtail's log.

An app says which of its logged actions belong there, and of which kind. The words are those that
the app registered for the action with Wagtail (`register_log_actions`). Whatever `accounts` logs
belongs there, also when nobody said so.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from accounts.enums import JournalKind
from accounts.models import NetworkMembership
from core.admin_memberships import CHANGED, ENDED, GIVEN
from core.services.beneficiaries import ACTION as KEPT_TEXT

EVERYTHING = "accounts."  # the actions that belong there whatever happens

_actions: dict[str, JournalKind] = {}
_of_models: dict[tuple[str, type[Model]], JournalKind] = {}


def register_actions(kind: JournalKind, *actions: str, of: Iterable[type[Model]] = ()) -> None:
    """Show these logged actions in the journal; with `of`, those on these models alone."""
    for action in actions:
        if not of:
            _actions[action] = kind
        for model in of:
            _of_models[action, model] = kind


def condition(kind: str = "", *, pages: bool) -> Q:
    """The entries of the journal, of one kind or of all; `pages` for the log of pages."""
    mine = [name for name, known in _actions.items() if not kind or known == kind]
    found = Q(action__in=mine)
    if not kind or kind == JournalKind.ACCESS:
        elsewhere = [name for name, known in _actions.items() if known != JournalKind.ACCESS]
        rest = Q(action__startswith=EVERYTHING)
        found |= rest & ~Q(action__in=elsewhere) if kind else rest
    for (action, model), known in _of_models.items():
        if not pages and (not kind or known == kind):
            found |= Q(action=action, content_type=ContentType.objects.get_for_model(model))
    return found


def kind_of(action: str, model: type[Model] | None) -> JournalKind:
    return _actions.get(action) or _of_models.get((action, model), JournalKind.ACCESS)


def register_own() -> None:
    """What `core` and `accounts` log."""
    register_actions(JournalKind.ROLES, GIVEN, CHANGED, ENDED, "accounts.handover")
    register_actions(JournalKind.ROLES, "wagtail.delete", of=[NetworkMembership])
    register_actions(JournalKind.VISIBILITY, "core.audience")
    register_actions(JournalKind.MODERATION, "wagtail.workflow.approve", "wagtail.workflow.reject")
    register_actions(JournalKind.PRIVACY, "accounts.export", "accounts.delete", KEPT_TEXT)
