from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from accounts.mails import GUESSING
from accounts.viewsets import PeopleViewSetGroup


@hooks.register("register_admin_viewset")
def people_viewsets() -> PeopleViewSetGroup:
    return PeopleViewSetGroup()


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    actions.register_action(
        GUESSING, _("Essayer d’ouvrir un compte"), _("Beaucoup d’essais faux pour ce compte")
    )
